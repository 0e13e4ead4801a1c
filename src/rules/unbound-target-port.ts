import { keyOf } from '../graph/links/end.ts';
import type { BindLink } from '../graph/links/pod-links.ts';
import type { TargetPortLink } from '../graph/links/service-links.ts';
import { describe } from '../model/describe.ts';
import { isHeadless } from '../model/headless.ts';
import type { Workload } from '../model/model.ts';
import { portNumber } from '../model/ports.ts';
import { carriedHostPort } from '../questions/processes/carried-host-port.ts';
import { fittingPort } from '../questions/processes/fitting-port.ts';
import { howToOpen } from '../questions/processes/how-to-open.ts';
import { isSettingsFault } from '../questions/processes/misplaced-setting.ts';
import { moveListener } from '../questions/processes/move-listener.ts';
import { processEndOf } from '../questions/processes/process-end.ts';
import { missedFromMemory, onlyLikely } from '../questions/processes/remembered-process.ts';
import { isImplicitTargetPort } from '../questions/services/implicit-target-port.ts';
import { forwardService } from '../questions/services/port-forward.ts';
import { repoint } from '../questions/services/repoint.ts';
import { sendersOf, sentFrom } from '../questions/services/senders.ts';
import { defineRule, type Fix, type Label, type Rule } from './rule.ts';

const unboundTargetPort: Rule = defineRule({
  id: 'unbound-target-port',
  severity: 'error',
  summary: 'A Service sends traffic to a port that the process is known not to listen on.',

  *check(graph) {
    for (const link of graph.binds) {
      // A setting that keeps the process elsewhere, loopback, the number of a compose file: rules of their own.
      if (link.state === 'whole' || isSettingsFault(graph, link) || carriedHostPort(graph, link)) continue;
      const [sender, ...others] = sendersOf(link).filter(({ service }) => !isHeadless(service));
      // Nobody wrote this number as a targetPort: the concern of implicit-target-port.
      if (!sender || isImplicitTargetPort(sender.servicePort)) continue;

      const { service, servicePort } = sender;
      const { workload, number, protocol, container } = link;
      const isProved = link.state === 'broken';
      const missed = isProved
        ? link
        : sender.distant
          ? undefined
          : missedFromMemory(graph, workload, number, protocol, container);
      if (!missed) continue;
      const end = processEndOf(graph, { ...missed, workload }, protocol);
      const port = fittingPort(end, link.from, number);
      const ends = port === undefined ? [] : [repoint(link.from, port), moveListener(end, port, number)];
      yield {
        severity: isProved ? 'error' : 'warning',
        message: `${describe(service)} forwards port ${servicePort.port?.value ?? '?'} to ${shown(sender, link)}, but ${describe(workload)} ${end.phrase}`,
        resources: [...new Set([service, workload, ...others.map((other) => other.service)])],
        field: `spec.ports[${keyOf(servicePort)}].targetPort`,
        link,
        labels: [
          {
            at: sentFrom(sender),
            message: `nothing listens on ${number}/${protocol}`,
          },
          ...declaration(sender),
          ...others.flatMap(alsoSent),
          { at: end.at, message: end.phrase },
        ],
        notes: [
          ...end.grounds,
          ...(isProved ? [] : [onlyLikely(missed)]),
          'nothing checks that a process listens where a Service sends traffic: the endpoints look healthy and clients see refused connections',
        ],
        help: [...howToOpen(end, number), ...trialOf(sender, workload)],
        fixes: ends.flatMap((one): Fix[] => (one ? [{ applicability: 'unsafe', ...one }] : [])),
      };
    }
  },
});

/** The command that shows it, where kubectl leads to the very port. */
function trialOf({ service, servicePort, number }: TargetPortLink, workload: Workload): string[] {
  const asked = portNumber(servicePort.port);
  const forward = asked === undefined ? undefined : forwardService(service, asked, workload);
  if (forward?.local === undefined || forward.pod !== number) return [];
  return [
    `see it yourself: \`kubectl -n ${service.namespace} port-forward svc/${service.name} :${asked}\` dials ${number} inside a Pod`,
  ];
}

const shown = ({ servicePort }: TargetPortLink, { number, protocol }: BindLink): string => {
  const pod = protocol === 'TCP' ? `${number}` : `${number}/${protocol}`;
  const wanted = servicePort.targetPort?.value;
  return typeof wanted === 'string' ? `\`${wanted}\`, port ${pod}` : pod;
};

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
