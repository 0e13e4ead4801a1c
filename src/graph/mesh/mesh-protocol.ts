import type { ServicePort } from '../../model/model.ts';
import { portNumber } from '../../model/ports.ts';
import { protocolOf } from '../../model/protocol.ts';
import type { RouteRule } from '../../model/route.ts';

/** What Istio takes a Service port for. */
export type MeshProtocol =
  | 'TCP'
  | 'UDP'
  | 'gRPC'
  | 'gRPC-Web'
  | 'HTTP'
  | 'HTTP proxy'
  | 'HTTP2'
  | 'HTTPS'
  | 'TLS'
  | 'Mongo'
  | 'Redis'
  | 'MySQL';

/** Words that name a protocol to Istio, before the first hyphen of a port's name or as its appProtocol (S-164). */
const MESH_PROTOCOLS: ReadonlyMap<string, MeshProtocol> = new Map([
  ['tcp', 'TCP'],
  ['udp', 'UDP'],
  ['grpc', 'gRPC'],
  ['grpc-web', 'gRPC-Web'],
  ['http', 'HTTP'],
  ['http_proxy', 'HTTP proxy'],
  ['http2', 'HTTP2'],
  ['https', 'HTTPS'],
  ['tls', 'TLS'],
  ['mongo', 'Mongo'],
  ['redis', 'Redis'],
  ['mysql', 'MySQL'],
]);

/** Only an appProtocol can be one of these. */
const KUBERNETES_WORDS: ReadonlyMap<string, MeshProtocol> = new Map([
  ['kubernetes.io/h2c', 'HTTP2'],
  ['kubernetes.io/ws', 'HTTP'],
  ['kubernetes.io/wss', 'HTTPS'],
]);

/** Ports of protocols in which the server speaks first, so that nothing can be sniffed (S-164). */
const SERVER_FIRST: readonly unknown[] = [25, 53, 3306, 27017];

/** The protocol that a name begins with. */
export function protocolNamed(name: string): MeshProtocol | undefined {
  const lower = name.toLowerCase();
  return MESH_PROTOCOLS.get(lower.startsWith('grpc-web') ? 'grpc-web' : lower.split('-', 1)[0]!);
}

/**
 * Istio's choice for a Service port (S-164): UDP as it is; else by the appProtocol, which takes the place of the name
 * altogether (S-165), or by the name; undefined where it looks at the traffic.
 */
export function meshProtocolOf({ protocol, appProtocol, name, port }: ServicePort): MeshProtocol | undefined {
  if (protocolOf(protocol) === 'UDP') return 'UDP';
  const said = appProtocol
    ? (KUBERNETES_WORDS.get(appProtocol.value) ?? protocolNamed(appProtocol.value))
    : name && protocolNamed(name.value);
  return said ?? (SERVER_FIRST.includes(portNumber(port)) ? 'TCP' : undefined);
}

/** Which rules of a VirtualService traffic to a port is asked for; undefined where it is looked at first. */
export function routedAs(port: ServicePort): RouteRule['protocol'] | undefined {
  const protocol = meshProtocolOf(port);
  switch (protocol) {
    case undefined:
      return undefined;
    case 'UDP':
      return 'UDP';
    case 'HTTPS':
    case 'TLS':
      return 'TLS';
    case 'TCP':
    case 'Mongo':
    case 'Redis':
    case 'MySQL':
      return 'TCP';
    default:
      return 'HTTP';
  }
}
