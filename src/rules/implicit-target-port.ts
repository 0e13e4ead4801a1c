import { keyOf } from '../graph/links/end.ts';
import type { BindLink } from '../graph/links/pod-links.ts';
import type { PortGraph } from '../graph/links/port-graph.ts';
import type { TargetPortLink } from '../graph/links/service-links.ts';
import { bindFinder } from '../graph/processes/bind-of.ts';
import { declaredPorts } from '../graph/services/declared-ports.ts';
import { describe } from '../model/describe.ts';
import { isHeadless } from '../model/headless.ts';
import type { ContainerPort } from '../model/model.ts';
import { isPortName, portNumber } from '../model/ports.ts';
import { protocolOf } from '../model/protocol.ts';
import { carriedHostPort } from '../questions/processes/carried-host-port.ts';
import { isSettingsFault } from '../questions/processes/misplaced-setting.ts';
import { processEndOf } from '../questions/processes/process-end.ts';
import { isImplicitTargetPort } from '../questions/services/implicit-target-port.ts';
import { insertField } from '../text/insert-field.ts';
import { defineRule, type Fix, type Report, type Rule } from './rule.ts';

const implicitTargetPort: Rule = defineRule({
  id: 'implicit-target-port',
  severity: 'info',
  summary: "A Service leaves targetPort out, so that its own number is sent to, which is not the Pod's port.",

  *check(graph) {
    const bindOf = bindFinder(graph);
    const declared = new Set(graph.targetPorts.flatMap((link) => (link.declared ? [link.servicePort] : [])));
    for (const link of graph.targetPorts) {
      const bind = bindOf(link);
      if (!bind || !isImplicitTargetPort(link.servicePort) || !link.servicePort.port || link.distant)
        continue;
      // A headless Service forwards nothing: the concern of headless-port-mapping.
      if (isHeadless(link.service) || carriedHostPort(graph, bind)) continue;
      if (bind.state === 'broken') {
        if (isSettingsFault(graph, bind)) continue;
        yield elsewhere(graph, link, bind);
      } else if (bind.state === 'unproved') {
        // Where only another workload declares it, the question is why this one is selected at all.
        if (!declared.has(link.servicePort)) yield* undeclared(link);
      }
    }
  },
});

const WHY = "a targetPort that is left out is set to the Service's own port when the Service is created";

/** The process is known to listen on other ports. */
function elsewhere(
  graph: PortGraph,
  { service, servicePort, protocol }: TargetPortLink,
  bind: BindLink,
): Report {
  const { workload, number } = bind;
  const process = processEndOf(graph, bind, protocol);
  const [port, ...more] = process.open;
  return {
    severity: 'error',
    message: `${describe(service)} leaves targetPort out, so it forwards to ${number}; ${describe(workload)} ${process.phrase}`,
    resources: [service, workload],
    field: `spec.ports[${keyOf(servicePort)}].targetPort`,
    link: bind,
    labels: [
      { at: servicePort.port!.at, message: 'the targetPort too, as none is given' },
      { at: process.at, message: process.phrase },
    ],
    notes: [WHY, ...process.grounds],
    fixes: port !== undefined && more.length === 0 ? [targetPortFix(servicePort, String(port))] : [],
  };
}

/** Nobody knows the process, and the Pod declares other ports. */
function* undeclared(link: TargetPortLink): Generator<Report> {
  const { service, servicePort, workload, number, protocol } = link;
  const declared = declaredPorts(workload).filter(
    (one) => portNumber(one.number) !== undefined && protocolOf(one.protocol) === protocol,
  );
  const [only, ...more] = declared;
  if (!only) return;
  yield {
    message: `${describe(service)} leaves targetPort out, so it forwards to ${number}, which ${describe(workload)} does not declare`,
    resources: [service, workload],
    field: `spec.ports[${keyOf(servicePort)}].targetPort`,
    link,
    labels: [
      { at: servicePort.port!.at, message: 'the targetPort too, as none is given' },
      ...declared.slice(0, 4).map((one) => ({ at: one.number!.at, message: 'declared instead' })),
    ],
    notes: [WHY],
    fixes: more.length > 0 ? [] : [targetPortFix(servicePort, nameOrNumber(only))],
  };
}

const nameOrNumber = ({ name, number }: ContainerPort): string =>
  name && isPortName(name.value) ? name.value : String(number!.value);

function targetPortFix({ at, port, targetPort }: TargetPortLink['servicePort'], wanted: string): Fix {
  const isFlow = at.source.text[at.start] === '{';
  const text = isFlow && !/^\d+$/.test(wanted) ? JSON.stringify(wanted) : wanted;
  const edit = targetPort ? { at: targetPort.at, text } : insertField(at, 'targetPort', text, port);
  return { title: `set targetPort to \`${wanted}\``, applicability: 'unsafe', edits: [edit] };
}

export default implicitTargetPort;
