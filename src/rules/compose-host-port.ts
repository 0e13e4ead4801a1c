import { keyOf } from '../graph/links/end.ts';
import { describe } from '../model/describe.ts';
import { isHeadless } from '../model/headless.ts';
import { carriedHostPort } from '../questions/processes/carried-host-port.ts';
import { isSettingsFault } from '../questions/processes/misplaced-setting.ts';
import { processEndOf } from '../questions/processes/process-end.ts';
import type { isImplicitTargetPort } from '../questions/services/implicit-target-port.ts';
import { repoint } from '../questions/services/repoint.ts';
import { sendersOf, sentFrom } from '../questions/services/senders.ts';
import { insertField } from '../text/insert-field.ts';
import { defineRule, type Fix, type Rule } from './rule.ts';

const composeHostPort: Rule = defineRule({
  id: 'compose-host-port',
  severity: 'error',
  summary:
    'A Service forwards to the number that a compose file gives the machine, not to that of the container.',

  *check(graph) {
    for (const link of graph.binds) {
      const mapping = carriedHostPort(graph, link);
      if (!mapping || isSettingsFault(graph, link)) continue;
      const [sender] = sendersOf(link).filter(({ service }) => !isHeadless(service));
      if (!sender) continue;
      const { service, servicePort } = sender;
      const { workload, number, protocol, declared } = link;
      const { host, container, at } = mapping;
      const isProved = link.state === 'broken';
      const end = isProved ? processEndOf(graph, link, protocol) : undefined;
      const inside = end ? `${describe(workload)} ${end.phrase}` : `in the container it is ${container}`;
      yield {
        severity: isProved ? 'error' : 'warning',
        message: `${describe(service)} forwards to ${number}, which is the machine's side of \`${host}:${container}\` in a compose file; ${inside}`,
        resources: [service, workload],
        field: `spec.ports[${keyOf(servicePort)}].targetPort`,
        link,
        labels: [
          { at: sentFrom(sender), message: `${host} is the port on the machine` },
          { at, message: `${host} on the machine, ${container} in the container` },
          ...(declared?.number ? [{ at: declared.number.at, message: 'opens nothing' }] : []),
          ...(end ? [{ at: end.at, message: end.phrase }] : []),
        ],
        notes: [
          ...(end?.grounds ?? []),
          ...(isProved
            ? []
            : ['the compose file names the same image; nothing else of the input says where it listens']),
          'compose maps a port of the machine to a port of the container; Kubernetes has no machine in between, and a targetPort is the number that the process listens on',
        ],
        fixes: fixesOf(container, link.from, servicePort),
      };
    }
  },
});

type Sender = Parameters<typeof repoint>[0][number];
type ServicePort = Parameters<typeof isImplicitTargetPort>[0];

function fixesOf(port: number, from: readonly Sender[], servicePort: ServicePort): Fix[] {
  const fix = repoint(from, port);
  if (fix) return [{ applicability: 'unsafe', ...fix }];
  if (!servicePort.port) return [];
  const edit = insertField(servicePort.at, 'targetPort', String(port), servicePort.port);
  return [{ title: `set targetPort to \`${port}\``, applicability: 'unsafe', edits: [edit] }];
}

export default composeHostPort;
