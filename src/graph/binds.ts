import type { Workload } from '../model/model.ts';
import type { BindLink, TargetPortLink } from './link.ts';
import { reachOf } from './pod-process.ts';
import type { PortGraph } from './port-graph.ts';
import { FAR_APART } from './target-ports.ts';

/** Each Pod port that a Service sends traffic to, followed to the process; one link however many Services send there. */
export function resolveBinds(
  targetPorts: readonly TargetPortLink[],
  processOf: PortGraph['processOf'],
): BindLink[] {
  const senders = new Map<Workload, Map<string, [TargetPortLink, ...TargetPortLink[]]>>();
  for (const link of targetPorts) {
    if (link.number === undefined || link.state === 'broken') continue;
    let ports = senders.get(link.workload);
    if (!ports) senders.set(link.workload, (ports = new Map()));
    const key = `${link.number}/${link.protocol}`;
    const links = ports.get(key);
    if (links) links.push(link);
    else ports.set(key, [link]);
  }
  return [...senders.values()].flatMap((ports) => [...ports.values()].map((from) => bind(from, processOf)));
}

function bind(
  from: readonly [TargetPortLink, ...TargetPortLink[]],
  processOf: PortGraph['processOf'],
): BindLink {
  const { workload, protocol, declared, container: declaring, number } = from[0];
  const staying = workload.template.containers.filter(({ role }) => role !== 'init');
  const container = declaring ?? (staying.length === 1 ? staying[0] : undefined);
  const { state, evidence, reason, process, listener } = reachOf(
    workload,
    number!,
    protocol,
    container,
    processOf,
  );
  const distant = state === 'broken' && from.every((link) => link.distant);
  return {
    kind: 'bind',
    workload,
    number: number!,
    protocol,
    container,
    declared,
    from,
    process,
    listener,
    evidence,
    state: distant ? 'unproved' : state,
    reason: distant ? FAR_APART : reason,
  };
}
