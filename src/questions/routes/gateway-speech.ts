import type { BackendLink } from '../../graph/links/route-links.ts';
import { isListenerOwner } from '../../model/gateway-api.ts';
import type { ServicePort } from '../../model/model.ts';
import type { Located } from '../../text/source.ts';
import { table } from '../../text/table.ts';
import { inferredByTraefik } from './route-speech.ts';
import type { Speech } from './speech.ts';

/** What Traefik makes of an appProtocol; it refuses a backend with any other (S-157). */
const TRAEFIK_WORDS = table<string>({
  http: 'HTTP',
  https: 'HTTPS',
  'kubernetes.io/h2c': 'gRPC',
  'kubernetes.io/ws': 'HTTP',
  'kubernetes.io/wss': 'HTTPS',
});

/** What reaches a backend of the Gateway API: of a TLSRoute the client's own TLS, of others what Traefik chooses. */
export function spokenByGateway(link: BackendLink, port: ServicePort): Speech | undefined {
  const { route, controller } = link;
  if (route.kind === 'TLSRoute') return passedThrough(link);
  if (controller.name !== 'traefik' || !carriesHttp(link)) return undefined;
  const { appProtocol } = port;
  if (appProtocol) {
    const protocol = TRAEFIK_WORDS[appProtocol.value.toLowerCase()];
    return protocol === undefined
      ? undefined
      : { protocol, ground: { is: 'asked', of: 'Traefik' }, at: appProtocol };
  }
  if (route.kind === 'GRPCRoute') return { protocol: 'gRPC', ground: { is: 'grpc-route' }, at: undefined };
  return inferredByTraefik(port);
}

/** The TLS of a client ends at the backend where a listener lets it pass. */
function passedThrough({ ways }: BackendLink): Speech | undefined {
  for (const passed of ways.flatMap(({ parents }) => parents)) {
    if (!passed.parent || !isListenerOwner(passed.parent)) continue;
    const { parent, to } = passed;
    const listener = parent.listeners.find(({ name }) => name?.value === to?.port?.name);
    if (listener?.tlsMode?.value === 'Passthrough') {
      return { protocol: 'HTTPS', ground: { is: 'passthrough' }, at: listener.tlsMode };
    }
  }
  return undefined;
}

/** An appProtocol for which Traefik refuses the backend. */
export function refusedAppProtocol(link: BackendLink): Located<string> | undefined {
  const { route, controller, servicePort } = link;
  const isOurs = route.api === 'gateway-api' && controller.name === 'traefik';
  const said = isOurs && carriesHttp(link) ? servicePort?.appProtocol : undefined;
  return said && !(said.value.toLowerCase() in TRAEFIK_WORDS) ? said : undefined;
}

/** Every Ingress does; of other routes, those with a rule for HTTP. */
export const carriesHttp = ({ route }: BackendLink): boolean =>
  route.api === 'ingress' || route.rules.some(({ protocol }) => protocol === 'HTTP');
