import { endsOf } from '../graph/links/ends.ts';
import type { ProbeLink } from '../graph/links/pod-links.ts';
import { describe } from '../model/describe.ts';
import type { Probe } from '../model/model.ts';
import { fittingPort } from '../questions/processes/fitting-port.ts';
import { howToOpen } from '../questions/processes/how-to-open.ts';
import { loopbackListenerOf } from '../questions/processes/loopback-listener.ts';
import { moveListener } from '../questions/processes/move-listener.ts';
import { PROBE_NAMES } from '../questions/processes/probe-names.ts';
import { processEndOf } from '../questions/processes/process-end.ts';
import { missedFromMemory, onlyLikely } from '../questions/processes/remembered-process.ts';
import { repoint } from '../questions/services/repoint.ts';
import { defineRule, type Fix, type Label, type Rule } from './rule.ts';

const unboundProbePort: Rule = defineRule({
  id: 'unbound-probe-port',
  severity: 'error',
  summary: 'A probe or lifecycle hook dials a port that the process is known not to listen on.',

  *check(graph) {
    for (const link of graph.probes) {
      const { workload, container, probe, number } = link;
      // What is open on loopback only is the concern of loopback-only-listener.
      if (number === undefined || container.role === 'init' || loopbackListenerOf(graph, link)) continue;
      const isProved = link.state === 'broken';
      const missed = isProved
        ? link
        : probe.host
          ? undefined
          : missedFromMemory(graph, workload, number, 'TCP', container);
      if (!missed) continue;
      const end = processEndOf(graph, { ...missed, workload }, 'TCP');
      const port = fittingPort(end, [link], number);
      const ends = port === undefined ? [] : [repoint([link], port), moveListener(end, port, number)];
      yield {
        severity: isProved ? 'error' : 'warning',
        message: `${PROBE_NAMES[probe.type]} of container \`${container.name}\` in ${describe(workload)} dials ${shown(link)}, but the process ${end.phrase}`,
        resources: [workload],
        field: endsOf(link).from.field,
        link,
        labels: [
          { at: probe.port.at, message: `nothing listens on ${number}` },
          ...declaration(link),
          { at: end.at, message: end.phrase },
        ],
        notes: [...end.grounds, ...(isProved ? [] : [onlyLikely(missed)]), CONSEQUENCES[probe.type]],
        help: howToOpen(end, number),
        fixes: ends.flatMap((one): Fix[] => (one ? [{ applicability: 'unsafe', ...one }] : [])),
      };
    }
  },
});

/** What becomes of the Pod when the connection is refused each time. */
const CONSEQUENCES: Readonly<Record<Probe['type'], string>> = {
  readiness: 'the Pod never becomes Ready, so no Service sends it traffic',
  liveness: 'the container is restarted again and again, however well it works',
  startup: 'the container is killed before it counts as started, again and again',
  postStart: 'the hook fails, and the container is killed and started again and again',
  preStop: 'the hook fails, and the container is stopped without it',
};

const shown = ({ probe, number }: ProbeLink): string =>
  typeof probe.port.value === 'string' ? `\`${probe.port.value}\`, port ${number}` : `port ${number}`;

const declaration = ({ probe, declared }: ProbeLink): Label[] =>
  typeof probe.port.value === 'string' && declared?.number
    ? [{ at: declared.number.at, message: `the number that \`${probe.port.value}\` stands for` }]
    : [];

export default unboundProbePort;
