import type { Container, Probe, Workload } from '../../model/model.ts';
import { isPlaceholder, isQuotedNumber, portNumber } from '../../model/ports.ts';
import type { Model } from '../../model/resource-set.ts';
import { groupBy } from '../../text/group-by.ts';
import { unproved } from '../links/lacks/lacking.ts';
import type { BindLink, ProbeLink } from '../links/pod-links.ts';
import type { PortGraph } from '../links/port-graph.ts';
import { broken, type Settled } from '../links/proofs/proving.ts';
import { reachOf } from './pod-process.ts';

/** Every probe and lifecycle hook that names a port, followed to the Pod port and to the process behind it. */
export function resolveProbes(
  model: Model,
  binds: readonly BindLink[],
  processOf: PortGraph['processOf'],
): ProbeLink[] {
  const dialled = groupBy(binds, ({ workload }) => workload);
  return model.workloads.flatMap((workload) => {
    const numbers = new Set((dialled.get(workload) ?? []).map(({ number }) => number));
    return workload.template.containers.flatMap((container) =>
      container.probes.map((probe) => resolve(workload, container, probe, numbers, processOf)),
    );
  });
}

/** A name is looked up in the probe's own container only, whatever the protocol (S-069); a number stands for itself (S-071). */
function resolve(
  workload: Workload,
  container: Container,
  probe: Probe,
  dialled: ReadonlySet<number>,
  processOf: PortGraph['processOf'],
): ProbeLink {
  const link = {
    kind: 'probe',
    workload,
    container,
    probe,
    evidence: 'declared',
    process: undefined,
    listener: undefined,
  } as const;
  if (isPlaceholder(probe.port)) {
    return {
      number: undefined,
      declared: undefined,
      fault: undefined,
      ...unproved('filled-in'),
      ...link,
    };
  }
  const wanted = probe.port.value;
  const declared = container.ports.find((port) =>
    typeof wanted === 'string' ? port.name?.value === wanted : port.number?.value === wanted,
  );
  const number = typeof wanted === 'string' ? portNumber(declared?.number) : portNumber(probe.port);
  if (number === undefined || (typeof wanted === 'string' && probe.handler === 'grpc')) {
    const verdict = whyUnresolved(container, probe);
    return { number: undefined, declared, fault: 'unresolved', ...verdict, ...link };
  }
  if (probe.host) {
    const lack = unproved('dialled-from-node', { host: probe.host.value });
    return { number, declared, fault: undefined, ...lack, ...link };
  }
  const reach = reachOf(workload, number, 'TCP', container, processOf, dialled);
  const { state, proof, lacks, evidence, grounds, process, listener } = reach;
  const fault = state === 'broken' ? 'unbound' : undefined;
  return {
    kind: 'probe',
    workload,
    container,
    probe,
    number,
    declared,
    fault,
    process,
    listener,
    evidence,
    grounds,
    state,
    proof,
    lacks,
  } as ProbeLink;
}

function whyUnresolved(container: Container, { port, handler }: Probe): Settled {
  if (typeof port.value !== 'string') return broken('no-probe-number');
  if (handler === 'grpc') return broken('name-in-grpc');
  if (isQuotedNumber(port)) return broken('quoted-number');
  return broken('no-container-port-of-name', { container: container.name, name: port.value });
}
