import { endsOf } from '../graph/links/ends.ts';
import type { ProbeLink } from '../graph/links/pod-links.ts';
import { describe } from '../model/describe.ts';
import { PROBE_NAMES } from '../questions/processes/probe-names.ts';
import { spokenByProcess } from '../questions/processes/process-speech.ts';
import { insertField } from '../text/insert-field.ts';
import { defineRule, type Fix, type Rule } from './rule.ts';

const probeSchemeMismatch: Rule = defineRule({
  id: 'probe-scheme-mismatch',
  severity: 'warning',
  summary: 'A probe speaks HTTP to a port that is known to speak HTTPS, or the reverse.',

  *check(graph) {
    for (const link of graph.probes) {
      const { workload, container, probe, number } = link;
      // A hook takes any answer for a success, and falls back from HTTPS to HTTP (S-076).
      if (probe.handler !== 'httpGet' || probe.type === 'postStart' || probe.type === 'preStop') continue;
      if (container.role === 'init') continue;
      const asked = probe.scheme?.value ?? 'HTTP';
      const spoken = spokenByProcess(link);
      if ((asked !== 'HTTP' && asked !== 'HTTPS') || (spoken !== 'HTTP' && spoken !== 'HTTPS')) continue;
      if (asked === spoken) continue;
      const isConfigured = link.listener?.speaks !== undefined;
      const why = isConfigured ? undefined : link.process?.fact?.source[0];
      const spokenAt = (isConfigured ? link.listener?.at : undefined) ?? container.image?.at;
      yield {
        message: `${PROBE_NAMES[probe.type]} of container \`${container.name}\` in ${describe(workload)} speaks ${asked} to port ${number}, where the process speaks ${spoken}`,
        resources: [workload],
        field: `${endsOf(link).from.field.replace(/port$/, 'scheme')}`,
        link,
        // A fact about an image is told of how it usually runs.
        ...(isConfigured ? { stopsTraffic: true as const } : {}),
        labels: [
          {
            at: (probe.scheme ?? probe.port).at,
            message: probe.scheme ? `speaks ${asked}` : 'without a scheme this is HTTP',
          },
          ...(spokenAt ? [{ at: spokenAt, message: `speaks ${spoken} on ${number}` }] : []),
        ],
        notes: [
          asked === 'HTTP'
            ? 'a server with TLS answers a request in plain HTTP with 400, or closes the connection, so the probe fails'
            : 'the handshake fails with `server gave HTTP response to HTTPS client`; a probe never falls back',
          ...(why === undefined ? [] : [`source: ${why}`]),
        ],
        fixes: [speak(link, spoken)],
      };
    }
  },
});

const speak = ({ probe: { scheme, port, at } }: ProbeLink, spoken: string): Fix => ({
  title: `speak ${spoken}`,
  applicability: 'unsafe',
  edits: [scheme ? { at: scheme.at, text: spoken } : insertField(at, 'scheme', spoken, port)],
});

export default probeSchemeMismatch;
