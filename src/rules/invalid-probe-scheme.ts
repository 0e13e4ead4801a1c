import { endsOf } from '../graph/links/ends.ts';
import { describe } from '../model/describe.ts';
import { isPlaceholder } from '../model/ports.ts';
import { PROBE_NAMES } from '../questions/processes/probe-names.ts';
import { spell } from '../text/spell.ts';
import { defineRule, type Rule } from './rule.ts';

const SCHEMES = ['HTTP', 'HTTPS'];

const invalidProbeScheme: Rule = defineRule({
  id: 'invalid-probe-scheme',
  severity: 'error',
  summary: 'A probe or lifecycle hook has a scheme other than `HTTP` and `HTTPS`, in capitals.',
  ofAdmission: true,

  *check(graph) {
    for (const link of graph.probes) {
      const { workload, container, probe } = link;
      const { scheme } = probe;
      // An empty one counts as left out (S-072).
      if (probe.handler !== 'httpGet' || !scheme?.value || isPlaceholder(scheme)) continue;
      if (SCHEMES.includes(scheme.value)) continue;
      const meant = SCHEMES.find((known) => known === scheme.value.toUpperCase());
      yield {
        message: `${PROBE_NAMES[probe.type]} of container \`${container.name}\` in ${describe(workload)} has the scheme \`${scheme.value}\``,
        resources: [workload],
        field: endsOf(link).from.field.replace(/port$/, 'scheme'),
        labels: [{ at: scheme.at, message: meant ? 'not in capitals' : 'neither HTTP nor HTTPS' }],
        notes: [
          `the API server refuses it: Unsupported value: ${JSON.stringify(scheme.value)}: supported values: "HTTP", "HTTPS"`,
        ],
        help: meant
          ? []
          : ['write `HTTP` or `HTTPS`, or `tcpSocket` in the place of `httpGet` for any other protocol'],
        fixes: meant
          ? [{ title: `write it \`${meant}\``, applicability: 'safe', edits: [spell(scheme.at, meant)] }]
          : [],
      };
    }
  },
});

export default invalidProbeScheme;
