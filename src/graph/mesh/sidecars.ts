import { isSidecar, type Sidecar, type SidecarListener } from '../../model/istio.ts';
import type { Workload } from '../../model/model.ts';
import { isPlaceholder, portNumber } from '../../model/ports.ts';
import type { Model } from '../../model/resource-set.ts';
import { selects } from '../../model/selector.ts';
import type { ContainerProcess, KnownListener } from '../../process/listeners/container-process.ts';
import { unproved } from '../links/lacks/lacking.ts';
import type { BindLink } from '../links/pod-links.ts';
import type { PortGraph } from '../links/port-graph.ts';
import { whole } from '../links/proofs/proving.ts';
import { workloadIndex } from '../services/workload-index.ts';
import { keepsProxyOut } from './mesh.ts';

/**
 * A Sidecar of Istio may hand a Pod's port to another port, or to a process that listens on loopback alone: then that
 * is where the process must be. Nothing is called broken for it, as the proxy itself is seldom in the input.
 * https://istio.io/latest/docs/reference/config/networking/sidecar/#IstioIngressListener
 */
export function throughSidecars(
  model: Model,
  binds: readonly BindLink[],
  processOf: PortGraph['processOf'],
): readonly BindLink[] {
  const sidecars = model.ofKind('Sidecar').filter(isSidecar);
  if (sidecars.length === 0) return binds;
  const sidecarOf = sidecarFinder(model, sidecars);
  return binds.map((link) => {
    const { workload, number, protocol } = link;
    if (protocol !== 'TCP' || keepsProxyOut(workload)) return link;
    const sidecar = sidecarOf(workload);
    const taken = sidecar?.ingress.find(({ port }) => portNumber(port) === number);
    return sidecar && taken?.endpoint ? handedOn(link, sidecar, taken.endpoint, processOf) : link;
  });
}

/** One that selects the Pods goes before the one for all of the namespace. */
function sidecarFinder(
  model: Model,
  sidecars: readonly Sidecar[],
): (workload: Workload) => Sidecar | undefined {
  const find = workloadIndex(model, sidecars);
  const own = new Map<Workload, Sidecar>();
  const usual = new Map<string, Sidecar>();
  for (const sidecar of sidecars.toReversed()) {
    if (sidecar.selector.size === 0) usual.set(sidecar.namespace, sidecar);
    const chosen = find(sidecar).filter((workload) => selects(sidecar.selector, workload));
    for (const workload of model.budget.first(chosen, sidecar)) own.set(workload, sidecar);
  }
  return (workload) => own.get(workload) ?? usual.get(workload.namespace);
}

const LOOPBACK = /^(?:127\.0\.0\.1|\[::1\]):(\d+)$/;
const OWN_ADDRESS = /^(?:0\.0\.0\.0|\[::\]):(\d+)$/;

function handedOn(
  link: BindLink,
  { name }: Sidecar,
  endpoint: NonNullable<SidecarListener['endpoint']>,
  processOf: PortGraph['processOf'],
): BindLink {
  const { value } = endpoint;
  const inside = LOOPBACK.exec(value);
  const [, digits] = inside ?? OWN_ADDRESS.exec(value) ?? [];
  const number = Number(digits);
  // From the Pod's address to the same port there: as if there were no Sidecar.
  if (!inside && number === link.number) return link;
  const unanswered = inside ? 'hostname' : 'loopback';
  const there = listenersOf(link.workload, processOf).find(
    ({ listener }) => listener.port === number && listener.protocol === 'TCP' && listener.bind !== unanswered,
  );
  const handed = { sidecar: name, number: link.number, to: value };
  if (!there) {
    const what = isPlaceholder(endpoint) ? 'handed-on-filled-in' : 'handed-on';
    return { ...link, ...unproved(what, handed), listener: undefined };
  }
  const { process, listener } = there;
  return {
    ...link,
    ...whole('listens-behind-proxy', { listener, handed }),
    evidence: 'inferred',
    process,
    listener,
  };
}

const listenersOf = (
  workload: Workload,
  processOf: PortGraph['processOf'],
): { readonly process: ContainerProcess; readonly listener: KnownListener }[] =>
  workload.template.containers
    .filter(({ role }) => role !== 'init')
    .map((container) => processOf(workload, container))
    .flatMap((process) => process.listeners.map((listener) => ({ process, listener })));
