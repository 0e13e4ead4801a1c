import type { ControllerName, RouteController } from '../../graph/links/controller.ts';
import type { Ingress } from '../../model/ingress.ts';
import type { Located } from '../../text/source.ts';

/** Annotations that decide on ports and protocols, by the controller that reads them. */
const READ_BY: readonly { readonly by: ControllerName; readonly prefix: string; readonly names: RegExp }[] = [
  {
    by: 'ingress-nginx',
    prefix: 'nginx.ingress.kubernetes.io/',
    names: /^(backend-protocol|ssl-passthrough|service-upstream|default-backend|secure-backends)$/,
  },
  {
    by: 'f5-nginx',
    prefix: 'nginx.org/',
    names: /^(ssl-services|grpc-services|websocket-services|listen-ports|listen-ports-ssl)$/,
  },
  { by: 'traefik', prefix: 'traefik.ingress.kubernetes.io/', names: /^router\.(entrypoints|tls)$/ },
  { by: 'haproxy', prefix: 'haproxy.org/', names: /^(server-ssl|server-proto|ssl-passthrough)$/ },
  {
    by: 'haproxy-ingress',
    prefix: 'haproxy-ingress.github.io/',
    names: /^(backend-protocol|secure-backends|ssl-passthrough|tcp-service-port)$/,
  },
  {
    by: 'aws-alb',
    prefix: 'alb.ingress.kubernetes.io/',
    names: /^(backend-protocol|backend-protocol-version|listen-ports|healthcheck-port|actions\..+)$/,
  },
];

export interface ForeignAnnotation {
  readonly name: string;
  readonly value: Located<string>;
  /** The controller that would read it. */
  readonly reader: ControllerName;
}

/**
 * What an Ingress says to another controller than its own; nothing where it speaks to its own as well, as an Ingress
 * that is written for several controllers does.
 */
export function foreignAnnotations(
  { annotations }: Ingress,
  { name, certain }: RouteController,
): ForeignAnnotation[] {
  if (!certain || name === 'other') return [];
  const said = [...annotations].flatMap(([key, value]) => {
    const found = READ_BY.find(
      ({ prefix, names }) => key.startsWith(prefix) && names.test(key.slice(prefix.length)),
    );
    return found ? [{ name: key, value, reader: found.by }] : [];
  });
  return said.some(({ reader }) => reader === name) ? [] : said;
}
