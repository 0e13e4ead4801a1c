import type { PortGraph } from '../graph/links/port-graph.ts';
import { reachOf } from '../graph/processes/pod-process.ts';
import { knativePortsOf } from '../graph/routes/knative/knative-ports.ts';
import { describe } from '../model/describe.ts';
import type { Workload } from '../model/model.ts';
import { portNumber } from '../model/ports.ts';
import { protocolOf } from '../model/protocol.ts';
import { processEndOf } from '../questions/processes/process-end.ts';
import { defineRule, type Rule } from './rule.ts';

const misdeclaredContainerPort: Rule = defineRule({
  id: 'misdeclared-container-port',
  severity: 'info',
  summary:
    'A container declares a port that its process does not listen on, and nothing sends traffic there.',

  *check(graph) {
    const dialled = dialledPorts(graph);
    for (const workload of graph.model.workloads) {
      for (const container of workload.template.containers) {
        if (container.role === 'init') continue;
        for (const containerPort of container.ports) {
          const number = portNumber(containerPort.number);
          // Where something sends traffic or probes, it is more than a wrong word: unbound-target-port and its like.
          if (number === undefined || dialled.get(workload)?.has(number)) continue;
          const protocol = protocolOf(containerPort.protocol);
          const { state, process, listener } = reachOf(
            workload,
            number,
            protocol,
            container,
            graph.processOf,
          );
          const isLoopback = listener?.port === number && listener.protocol === protocol;
          if (state !== 'broken' || isLoopback) continue;

          const end = processEndOf(graph, { workload, process, listener }, protocol);
          const isForwarded = portNumber(containerPort.hostPort) !== undefined;
          const [real, ...more] = end.open;
          const isDeclared = container.ports.some((other) => portNumber(other.number) === real);
          const link = graph.binds.find(
            (bind) => bind.workload === workload && bind.declared === containerPort,
          );
          yield {
            ...(link?.state === 'broken' ? { severity: 'error', link } : {}),
            message: `container \`${container.name}\` of ${describe(workload)} declares port ${number}/${protocol}, but ${end.phrase}`,
            resources: [workload],
            field: `containers[${container.name}].ports[${containerPort.name?.value ?? `${number}/${protocol}`}]`,
            labels: [
              { at: containerPort.number!.at, message: 'nothing listens here' },
              { at: end.at, message: end.phrase },
            ],
            notes: [
              ...end.grounds,
              isForwarded
                ? 'the hostPort leads to this number, where connections are refused'
                : 'containerPort opens no port and closes none; a Service or probe that refers to it by name would send traffic to this number',
            ],
            fixes:
              real === undefined || more.length > 0 || isDeclared
                ? []
                : [
                    {
                      title: `declare ${real}`,
                      applicability: 'unsafe',
                      edits: [{ at: containerPort.number!.at, text: String(real) }],
                    },
                  ],
          };
        }
      }
    }
  },
});

/** The numbers of each Pod that a Service or probe sends something to. */
function dialledPorts({ model, targetPorts, probes }: PortGraph): Map<Workload, Set<number>> {
  const dialled = new Map<Workload, Set<number>>();
  for (const { workload, number } of [...targetPorts, ...probes, ...knativePortsOf(model)]) {
    if (number === undefined) continue;
    const numbers = dialled.get(workload);
    if (numbers) numbers.add(number);
    else dialled.set(workload, new Set([number]));
  }
  return dialled;
}

export default misdeclaredContainerPort;
