import { keyOf } from '../graph/end.ts';
import { ignoredVariableOf } from '../graph/ignored-variable.ts';
import { isImplicitTargetPort } from '../graph/implicit-target-port.ts';
import type { BindLink, TargetPortLink } from '../graph/link.ts';
import { processEndOf } from '../graph/process-end.ts';
import { repoint } from '../graph/repoint.ts';
import { sendersOf } from '../graph/senders.ts';
import { describe } from '../model/describe.ts';
import { defineRule, type Label, type Rule } from './rule.ts';

const unboundTargetPort: Rule = defineRule({
  id: 'unbound-target-port',
  severity: 'error',
  summary: 'A Service sends traffic to a port that the process is known not to listen on.',

  *check(graph) {
    for (const link of graph.binds) {
      // A variable that the image does not read is the concern of ignored-port-variable.
      if (link.state !== 'broken' || ignoredVariableOf(graph, link)) continue;
      const [sender, ...others] = sendersOf(link);
      // Nobody wrote this number as a targetPort: the concern of implicit-target-port, unless it is the right one.
      if (!sender || (isImplicitTargetPort(sender.servicePort) && !isLoopback(link))) continue;

      const { service, servicePort } = sender;
      const { workload, protocol } = link;
      const end = processEndOf(graph, link, protocol);
      const fix = end.open[0] === undefined ? undefined : repoint(link.from, end.open[0]);
      yield {
        message: `${describe(service)} forwards port ${servicePort.port?.value ?? '?'} to ${shown(sender, link)}, but ${describe(workload)} ${end.phrase}`,
        resources: [...new Set([service, workload, ...others.map((other) => other.service)])],
        field: `spec.ports[${keyOf(servicePort)}].targetPort`,
        link,
        labels: [
          { at: (servicePort.targetPort ?? servicePort.port ?? servicePort).at, message: wrong(link) },
          ...declaration(sender),
          ...others.flatMap(alsoSent),
          { at: end.at, message: end.phrase },
        ],
        notes: [
          ...end.grounds,
          'nothing checks that a process listens where a Service sends traffic: the endpoints look healthy and clients see refused connections',
        ],
        fixes: fix ? [{ applicability: 'unsafe', ...fix }] : [],
      };
    }
  },
});

const shown = ({ servicePort }: TargetPortLink, { number, protocol }: BindLink): string => {
  const pod = protocol === 'TCP' ? `${number}` : `${number}/${protocol}`;
  const wanted = servicePort.targetPort?.value;
  return typeof wanted === 'string' ? `\`${wanted}\`, port ${pod}` : pod;
};

const isLoopback = ({ number, protocol, listener }: BindLink): boolean =>
  listener?.port === number && listener.protocol === protocol;

const wrong = (link: BindLink): string =>
  isLoopback(link)
    ? `${link.number} is open only on 127.0.0.1`
    : `nothing listens on ${link.number}/${link.protocol}`;

/** Where a name leads, its number is what is wrong. */
const declaration = ({ servicePort, declared }: TargetPortLink): Label[] =>
  typeof servicePort.targetPort?.value === 'string' && declared?.number
    ? [{ at: declared.number.at, message: `the number that \`${servicePort.targetPort.value}\` stands for` }]
    : [];

const alsoSent = ({ servicePort }: TargetPortLink): Label[] =>
  isImplicitTargetPort(servicePort)
    ? []
    : [{ at: servicePort.targetPort!.at, message: 'traffic is sent there from here too' }];

export default unboundTargetPort;
