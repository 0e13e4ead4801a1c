import { endsOf } from '../graph/links/ends.ts';
import { describe } from '../model/describe.ts';
import type { ContainerPort } from '../model/model.ts';
import { protocolOf } from '../model/protocol.ts';
import { defineRule, type Rule } from './rule.ts';

const hostPort: Rule = defineRule({
  id: 'host-port',
  severity: 'warning',
  summary: 'A container takes a port of the node it runs on, where a Service would do.',

  *check(graph) {
    for (const link of graph.hostPorts) {
      const { workload, container, containerPort } = link;
      const { hostNetwork } = workload.template;
      // With hostNetwork a hostPort opens nothing: it tells the scheduler which ports the process takes (S-066).
      if (link.fault || hostNetwork) continue;
      const number = containerPort.hostPort!.value;
      const isOpened = container.role === 'container';
      const replicas = workload.replicas?.value;
      yield {
        severity: workload.kind === 'DaemonSet' && isOpened ? 'info' : 'warning',
        message: isOpened
          ? `container \`${container.name}\` of ${describe(workload)} takes port ${number} of each node that it runs on`
          : `init container \`${container.name}\` of ${describe(workload)} asks for hostPort ${number}, which is never opened`,
        resources: [workload],
        field: endsOf(link).from.field,
        labels: [
          { at: containerPort.hostPort!.at, message: isOpened ? 'taken on the node' : 'never opened' },
          ...(containerPort.number
            ? [{ at: containerPort.number.at, message: 'a Service can send here' }]
            : []),
        ],
        notes: [
          isOpened
            ? 'a hostPort binds the Pod to nodes where the port is free, is reached only at the address of that node, and depends on the network plug-in'
            : 'the kubelet opens no hostPort of an init container, a sidecar included, and the scheduler keeps the port of a sidecar free all the same',
          ...(typeof replicas === 'number' && replicas > 1
            ? [
                `two Pods with one hostPort cannot share a node, so ${replicas} replicas need ${replicas} nodes`,
              ]
            : []),
        ],
        help: [serviceFor(containerPort)],
      };
    }
  },
});

function serviceFor({ name, number, protocol }: ContainerPort): string {
  const target = name?.value ?? number?.value ?? '?';
  const more = protocolOf(protocol) === 'TCP' ? '' : `, protocol: ${protocolOf(protocol)}`;
  return `remove hostPort, and serve clients outside by a Service of type NodePort or LoadBalancer with \`ports: [{ port: ${number?.value ?? '?'}, targetPort: ${target}${more} }]\``;
}

export default hostPort;
