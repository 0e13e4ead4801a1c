import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { BackendLink } from '../../graph/links/route-links.ts';
import { type HealthCheck, isHealthCheck } from '../../model/health-check.ts';
import type { Labels, Resource, Service, ServicePort } from '../../model/model.ts';
import { isPlaceholder, portNumber } from '../../model/ports.ts';
import type { Route } from '../../model/route.ts';
import { groupBy } from '../../text/group-by.ts';
import { Located } from '../../text/source.ts';

/** A port at which a load balancer checks the health of its targets, and that these do not have. */
export interface LostHealthCheck {
  readonly owner: Resource;
  /** An annotation, or the field of another object. */
  readonly annotation: string;
  readonly port: Located<string>;
  readonly service: Service;
  /** What is asked: Pods at their own ports, or nodes at theirs. */
  readonly targets: 'pods' | 'nodes';
  /** What was taken for it: a number or name of this port. */
  readonly near: ServicePort | undefined;
}

type Targets = LostHealthCheck['targets'];

const ALB = 'alb.ingress.kubernetes.io/';
const LB = 'service.beta.kubernetes.io/aws-load-balancer-';
const AZURE_PROBE = /^service\.beta\.kubernetes\.io\/port_\d{1,5}_health-probe_port$/;
const HETZNER = 'load-balancer.hetzner.cloud/health-check-port';

/**
 * Of each Service behind such an annotation, as far as it is plain what its targets have: a number is asked for as it is
 * (`buildTargetGroupHealthCheckPort` of aws-load-balancer-controller), a name is that of a Service port.
 */
export function* lostHealthChecks(graph: PortGraph): Generator<LostHealthCheck> {
  for (const service of graph.model.services) {
    for (const asked of askedBy(service)) {
      const lost = lostIn(graph, service, asked);
      if (lost) yield { owner: service, service, ...lost };
    }
  }
  yield* askedByGke(graph);
  let behind: ReadonlyMap<Route, readonly BackendLink[]> | undefined;
  for (const ingress of graph.model.ingresses) {
    const port = ingress.annotations.get(`${ALB}healthcheck-port`);
    if (!port) continue;
    behind ??= groupBy(graph.backends, ({ route }) => route);
    for (const service of new Set((behind.get(ingress) ?? []).flatMap((link) => link.service ?? []))) {
      const targets = targetsOf(service.annotations, ALB) ?? targetsOf(ingress.annotations, ALB);
      const lost = lostIn(graph, service, { annotation: `${ALB}healthcheck-port`, port, targets });
      if (!lost) continue;
      yield { owner: ingress, service, ...lost };
      break;
    }
  }
}

/** Of GKE's own objects, where Pods are asked: at a Gateway, and behind an Ingress by endpoint groups. */
function* askedByGke(graph: PortGraph): Generator<LostHealthCheck> {
  const checks = ['BackendConfig', 'HealthCheckPolicy']
    .flatMap((kind) => graph.model.ofKind(kind))
    .filter(isHealthCheck)
    .filter(({ port }) => port);
  if (checks.length === 0) return;
  const placeOf = (namespace: string, name: string): string => `${namespace}\0${name}`;
  const configs = new Map(
    checks.filter(({ target }) => !target).map((one) => [placeOf(one.namespace, one.name), one]),
  );
  for (const service of configs.size > 0 ? graph.model.services : []) {
    if (!isOfEndpoints(service)) continue;
    for (const name of configsOf(service)) {
      const config = configs.get(placeOf(service.namespace, name));
      const lost = config && lostIn(graph, service, askedOf(config));
      if (lost) yield { owner: config, service, ...lost };
    }
  }
  for (const policy of checks) {
    const [service, ...others] = graph.model.servicesNamed(policy.namespace, policy.target?.value ?? '');
    const lost = service && others.length === 0 && lostIn(graph, service, askedOf(policy));
    if (lost) yield { owner: policy, service, ...lost };
  }
}

const askedOf = ({ port, field }: HealthCheck): Asked => ({
  annotation: field,
  port: new Located(String(port!.value), port!.source, port!.start, port!.end),
  targets: 'pods',
});

/** Instance groups need a nodePort: without one, and where it is said, Pods are asked (docs: Container-native load balancing). */
const isOfEndpoints = ({ type, annotations }: Service): boolean =>
  (type?.value ?? 'ClusterIP') === 'ClusterIP' ||
  /"ingress"\s*:\s*true/.test(annotations.get('cloud.google.com/neg')?.value ?? '');

/** `{"default": "health", "ports": {"80": "health"}}`. */
function configsOf({ annotations }: Service): Set<string> {
  const said = annotations.get('cloud.google.com/backend-config')?.value ?? '';
  return new Set([...said.matchAll(/:\s{0,8}"([^"]{1,253})"/g)].map(([, name]) => name!));
}

interface Asked {
  readonly annotation: string;
  readonly port: Located<string>;
  /** Undefined where the controller's own settings decide. */
  readonly targets: Targets | undefined;
}

function askedBy({ annotations, ports }: Service): Asked[] {
  if (annotations.size === 0) return [];
  const aws = annotations.get(`${LB}healthcheck-port`);
  const hetzner = annotations.get(HETZNER);
  return [
    ...(aws
      ? [{ annotation: `${LB}healthcheck-port`, port: aws, targets: targetsOf(annotations, `${LB}nlb-`) }]
      : []),
    ...azureProbes(annotations, ports),
    ...(hetzner ? [{ annotation: HETZNER, port: hetzner, targets: 'nodes' as const }] : []),
  ];
}

/** A number that is one of the Service's ports is its nodePort to newer releases of the controller. */
const azureProbes = (annotations: Labels, ports: readonly ServicePort[]): Asked[] =>
  [...annotations].flatMap(([annotation, port]): Asked[] =>
    AZURE_PROBE.test(annotation) &&
    /^\d+$/.test(port.value) &&
    !ports.some((one) => portNumber(one.port) === Number(port.value))
      ? [{ annotation, port, targets: 'nodes' }]
      : [],
  );

function targetsOf(annotations: Labels, prefix: string): Targets | undefined {
  const said = annotations.get(`${prefix}target-type`)?.value;
  if (annotations.get(`${LB}type`)?.value === 'nlb-ip' && prefix !== ALB) return 'pods';
  return said === 'ip' ? 'pods' : said === 'instance' ? 'nodes' : undefined;
}

function lostIn(
  graph: PortGraph,
  service: Service,
  { annotation, port, targets }: Asked,
): Pick<LostHealthCheck, 'annotation' | 'port' | 'targets' | 'near'> | undefined {
  const text = port.value.trim();
  if (isPlaceholder(port) || text === 'traffic-port' || text === '') return undefined;
  const number = Number(text);
  if (!/^\d{1,5}$/.test(text)) {
    // A Service that says so itself is told by `undefined-annotation-port`.
    const isNamed = service.ports.some(({ name }) => name?.value === text || isPlaceholder(name));
    return isNamed || service.annotations.get(annotation) === port
      ? undefined
      : { annotation, port, targets: targets ?? 'pods', near: undefined };
  }
  const atPods = portsOfPods(graph, service);
  const near = service.ports.find((one) => portNumber(one.port) === number);
  if (targets === 'pods') {
    // The number of the Service is what people take for that of its Pods; another one may be open and undeclared.
    const isLost =
      atPods.isAllKnown || near || service.ports.some((one) => portNumber(one.nodePort) === number);
    return atPods.numbers.has(number) || !isLost || atPods.isNone
      ? undefined
      : { annotation, port, targets, near };
  }
  if (targets !== 'nodes' || isOfNodes(graph, service, number)) return undefined;
  return near || atPods.numbers.has(number) ? { annotation, port, targets, near } : undefined;
}

interface PodPorts {
  readonly numbers: ReadonlySet<number>;
  readonly isAllKnown: boolean;
  readonly isNone: boolean;
}

/** What the Pods behind a Service declare, listen on, or may listen on. */
function portsOfPods(graph: PortGraph, service: Service): PodPorts {
  const numbers = new Set<number>();
  let isAllKnown = true;
  const workloads = graph.workloadsOf(service);
  for (const workload of workloads) {
    for (const container of workload.template.containers) {
      const { complete, listeners, possible } = graph.processOf(workload, container);
      if (container.role !== 'init' && !complete) isAllKnown = false;
      for (const { port } of [...listeners, ...possible]) numbers.add(port);
      for (const { number } of container.ports) numbers.add(portNumber(number) ?? 0);
      for (const { port } of container.probes) numbers.add(Number(port.value));
    }
  }
  return { numbers, isAllKnown, isNone: workloads.length === 0 };
}

/** Ports that every node may have: those of Services, of Pods on it, and of its own programs. */
function isOfNodes({ hostPorts, workloadsOf }: PortGraph, service: Service, number: number): boolean {
  return (
    number >= FIRST_NODE_PORT ||
    OF_NODES.has(number) ||
    service.ports.some(({ nodePort }) => portNumber(nodePort) === number) ||
    hostPorts.some(({ containerPort }) => portNumber(containerPort.hostPort) === number) ||
    workloadsOf(service).some(({ template }) => template.hostNetwork)
  );
}

const FIRST_NODE_PORT = 30_000;
/** kubelet, kube-proxy, SSH. */
const OF_NODES: ReadonlySet<number> = new Set([22, 10_248, 10_249, 10_250, 10_255, 10_256]);
