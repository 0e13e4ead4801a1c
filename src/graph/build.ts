import type { Container, Workload } from '../model/model.ts';
import { observedIn } from '../model/observed.ts';
import type { Model } from '../model/resource-set.ts';
import type { Environment, ObjectLookup } from '../process/environment/environment.ts';
import type { ContainerProcess, ProcessOf } from '../process/listeners/container-process.ts';
import { withObservations } from '../process/observed/observed-processes.ts';
import { groupBy } from '../text/group-by.ts';
import type { Pieces } from '../text/pieces.ts';
import { settleApart } from './apart.ts';
import { chainsOf } from './chains/chains.ts';
import { resolveClients } from './clients/resolve.ts';
import { settleDuplicates } from './duplicates.ts';
import { settleHeadless } from './headless.ts';
import type { Link } from './links/link.ts';
import type { PortGraph } from './links/port-graph.ts';
import type { TargetPortLink } from './links/service-links.ts';
import { DEFAULT_SETTINGS, type Settings } from './links/settings.ts';
import { throughSidecars } from './mesh/sidecars.ts';
import { resolveMonitors } from './monitors/resolve.ts';
import { resolveHostPorts, resolveNodePorts } from './nodes/hosts.ts';
import { seeBackends } from './observed/backends.ts';
import { settleObserved } from './observed/settle.ts';
import { resolvePolicies } from './policies/resolve.ts';
import { resolveBinds } from './processes/binds.ts';
import { resolveConfigs } from './processes/configs.ts';
import { type InferredProcess, infer, type KeptProcesses } from './processes/kept-processes.ts';
import { reachOf } from './processes/pod-process.ts';
import { resolveProbes } from './processes/probes.ts';
import { settleRefused } from './refused.ts';
import { knativePortsOf } from './routes/knative/knative-ports.ts';
import { resolveRoutes } from './routes/resolve.ts';
import { resolveSelectors } from './services/selectors.ts';
import { resolveEndpointPorts, resolveTargetPorts } from './services/target-ports.ts';
import { settleUnsettled } from './unsettled.ts';
import { resolveWebhooks } from './webhooks/resolve.ts';

/**
 * Follows every reference of one set, outside in.
 *
 * @param kept what the last graph of the same set knew of processes; this one leaves there what it finds
 */
export function* buildInPieces(
  model: Model,
  settings: Settings = DEFAULT_SETTINGS,
  kept?: KeptProcesses,
): Pieces<PortGraph> {
  const objectsOf = ({ namespace }: Workload): ObjectLookup => ({
    configMap: (name) => model.configMap(namespace, name),
    secret: (name) => model.secret(namespace, name),
    services: (name) => model.servicesNamed(namespace, name),
  });
  // Built again when a rule asks, unless there will be another run: for every container they weigh more than all links.
  const inferredOf = (workload: Workload, container: Container): InferredProcess =>
    kept
      ? kept.of(container, workload, objectsOf(workload), settings)
      : infer(container, workload, objectsOf(workload), settings);
  const environmentOf = (workload: Workload, container: Container): Environment =>
    inferredOf(workload, container).environment;
  const inferred: ProcessOf = (workload, container) => inferredOf(workload, container).process;
  kept?.begin(settings);
  yield;
  const observed = observedIn(model, settings.observations);
  const processes = new Map<Container, ContainerProcess>();
  const process = memo(
    processes,
    observed.isEmpty ? inferred : withObservations(inferred, observed.aboutWorkload),
  );
  const [settleTwice, settleChanged] = [settleDuplicates(model), settleUnsettled(model)];
  const [settleLessons, settleMissing] = [settleApart(model), settleRefused(model)];
  const settled = <L extends Link>(links: readonly L[]): readonly L[] =>
    settleMissing(settleChanged(settleTwice(settleLessons(links))));

  yield;
  const routes = resolveRoutes(model, settings);
  yield;
  const matched = settled(resolveSelectors(model));
  yield;
  const isUnserved = ({ workload, number, protocol, container }: TargetPortLink): boolean =>
    number !== undefined && reachOf(workload, number, protocol, container, process).state === 'broken';
  const see = settleObserved(observed, matched, isUnserved, process);
  const settle = <L extends Link>(links: readonly L[]): readonly L[] => see(settled(links));
  const selectors = see(matched);
  yield;
  const backends = settled(routes.backends);
  const monitors = settle(resolveMonitors(model, selectors, process));
  yield;
  const headless = settleHeadless(model, backends, monitors);
  const targetPorts = headless.targetPorts(settle(resolveTargetPorts(selectors)));
  yield;
  const hostPorts = settle(resolveHostPorts(model));
  const knativePorts = knativePortsOf(model);
  const bound = resolveBinds(targetPorts, hostPorts, knativePorts, process, model);
  yield;
  const binds = headless.binds(settle(throughSidecars(model, bound, process)));
  yield;
  const probes = settle(resolveProbes(model, binds, process));
  yield;
  const policies = settle(resolvePolicies(model, targetPorts, process));
  yield;
  const clients = settle(resolveClients(model, targetPorts));
  yield;
  const configs = settle(resolveConfigs(model));
  yield;
  const links = {
    services: model.services,
    parents: settle(routes.parents),
    backends: seeBackends(observed, backends, { selectors, targetPorts, isUnserved }),
    selectors,
    targetPorts,
    endpointPorts: settle(resolveEndpointPorts(model)),
    binds,
    probes,
    hostPorts,
    nodePorts: settle(resolveNodePorts(model, settings)),
    policies,
    clients,
    monitors,
    webhooks: settle(resolveWebhooks(model)),
    configs,
  };
  yield;
  const chains = chainsOf({ ...links, knativePorts, budget: model.budget });
  yield;
  const selected = groupBy(selectors, ({ service }) => service);
  const targets = groupBy(targetPorts, ({ service }) => service);
  return {
    model,
    settings,
    ...links,
    chains,
    workloadsOf: (service) => (selected.get(service) ?? []).flatMap(({ workload }) => workload ?? []),
    targetPortsOf: (service) => targets.get(service) ?? [],
    processOf: process,
    faults: () => [...processes.values()].flatMap(({ faults }) => faults ?? []),
    environmentOf,
  };
}

/** Kept per container, which belongs to one workload. */
function memo<T>(
  known: Map<Container, T>,
  compute: (workload: Workload, container: Container) => T,
): (workload: Workload, container: Container) => T {
  return (workload, container) => {
    const there = known.get(container);
    if (there !== undefined) return there;
    const value = compute(workload, container);
    known.set(container, value);
    return value;
  };
}
