import { keyOf } from '../../graph/links/end.ts';
import type { BindLink } from '../../graph/links/pod-links.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import { keepsProxyOut } from '../../graph/mesh/mesh.ts';
import {
  type MeshProtocol,
  meshProtocolOf,
  protocolNamed,
  routedAs,
} from '../../graph/mesh/mesh-protocol.ts';
import type { Service, ServicePort, Workload } from '../../model/model.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Located, Location } from '../../text/source.ts';
import { processEndOf } from '../processes/process-end.ts';
import { spokenByProcess } from '../processes/process-speech.ts';

interface Misread {
  readonly service: Service;
  readonly servicePort: ServicePort;
  /** The text that is wrong. */
  readonly at: Located<string>;
  /** The text that brings the Service into the mesh. */
  readonly meshed: Location;
}

/**
 * `misplaced`: the name has a protocol where Istio does not look for it (S-164). `app-protocol`: one that Istio does
 * not know takes the place of a name that it would (S-165). `spoken`: the process is known to speak another.
 */
export type MisreadPort =
  | (Misread & { readonly kind: 'misplaced'; readonly word: string; readonly meant: string })
  | (Misread & {
      readonly kind: 'app-protocol';
      readonly name: Located<string>;
      readonly named: MeshProtocol;
    })
  | (Misread & {
      readonly kind: 'spoken';
      readonly said: MeshProtocol;
      readonly spoken: string;
      readonly workload: Workload;
      readonly image: Location;
    });

export function* misreadPorts(
  graph: PortGraph,
  meshed: ReadonlyMap<Service, Location>,
): Generator<MisreadPort> {
  const bindsByPort = groupBy(
    graph.binds.flatMap((bind) => bind.from.map(({ servicePort }) => ({ servicePort, bind }))),
    ({ servicePort }) => servicePort,
  );
  for (const [service, text] of meshed) {
    for (const servicePort of service.ports) {
      const { name, appProtocol } = servicePort;
      const found = { service, servicePort, meshed: text };
      const said = meshProtocolOf(servicePort);
      const named = name && protocolNamed(name.value);
      if (said) {
        const at = appProtocol ?? name;
        const binds = (bindsByPort.get(servicePort) ?? []).map(({ bind }) => bind);
        const other = at && binds.find((bind) => !keepsProxyOut(bind.workload) && contradicts(said, bind));
        if (at && other) yield { ...found, kind: 'spoken', at, said, ...speakerOf(graph, other) };
      } else if (appProtocol) {
        if (name && named) yield { ...found, kind: 'app-protocol', at: appProtocol, name, named };
      } else if (name) {
        const misplaced = misplacedIn(name.value);
        if (misplaced) yield { ...found, kind: 'misplaced', at: name, ...misplaced };
      }
    }
  }
}

/** Other words, as `redis`, name what a port is for as often as what it speaks. Longer ones first. */
const TELLING: readonly string[] = ['http2', 'https', 'http', 'grpc', 'tcp', 'tls'];

/** The protocol that stands later in a name, or has something glued to it: `query-http`, `httpport2`. */
function misplacedIn(name: string): { readonly word: string; readonly meant: string } | undefined {
  const [first = '', ...rest] = name.toLowerCase().split('-');
  const later = rest.find((part) => TELLING.includes(part));
  if (later)
    return { word: later, meant: [later, first, ...rest.filter((part) => part !== later)].join('-') };
  const glued = TELLING.find((word) => first.startsWith(word));
  return glued ? { word: glued, meant: [glued, first.slice(glued.length), ...rest].join('-') } : undefined;
}

/** Only where it matters: HTTP that is none, or TLS that is plain HTTP. */
function contradicts(said: MeshProtocol, bind: BindLink): boolean {
  const spoken = spokenByProcess(bind);
  if (spoken === undefined) return false;
  const isHttp = spoken === 'HTTP' || spoken === 'gRPC';
  if (said === 'HTTPS' || said === 'TLS') return isHttp;
  return ['HTTP', 'HTTP2', 'gRPC', 'gRPC-Web'].includes(said) && !isHttp;
}

function speakerOf(
  graph: PortGraph,
  bind: BindLink,
): { workload: Workload; spoken: string; image: Location } {
  const { container } = processEndOf(graph, bind, 'TCP');
  return {
    workload: bind.workload,
    spoken: spokenByProcess(bind)!,
    image: container.image?.at ?? container.nameAt,
  };
}

/** A Service port, and what Istio takes it for. */
export interface ReadPort {
  readonly service: Service;
  readonly servicePort: ServicePort;
  readonly protocol: MeshProtocol;
  /** The text that says so. */
  readonly at: Location;
}

/** Two Service ports that lead to one port of a Pod under protocols that are routed differently (S-166). */
export function contradictions(
  graph: PortGraph,
  meshed: ReadonlyMap<Service, Location>,
): { first: ReadPort; second: ReadPort; workload: Workload; number: number }[] {
  return graph.binds.flatMap(({ workload, number, protocol, from }) => {
    if (protocol !== 'TCP' || keepsProxyOut(workload)) return [];
    const ports = from
      .flatMap(({ service, servicePort }): ReadPort[] => {
        const said = meshProtocolOf(servicePort);
        const at = servicePort.appProtocol ?? servicePort.name;
        return said && at && meshed.has(service) ? [{ service, servicePort, protocol: said, at }] : [];
      })
      .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    const [first, ...others] = ports;
    return others
      .filter((other) => first && routedAs(other.servicePort) !== routedAs(first.servicePort))
      .map((second) => ({ first: first!, second, workload, number }));
  });
}

const nameOf = ({ service, servicePort }: ReadPort): string =>
  `${service.namespace}/${service.name}/${keyOf(servicePort)}`;
