import { isPlainHttp } from '../../graph/routes/istio/istio-servers.ts';
import { qualify } from '../../model/describe.ts';
import { type IstioGateway, type IstioServer, isIstioGateway } from '../../model/istio.ts';
import { isPlaceholder, portNumber } from '../../model/ports.ts';
import type { Model } from '../../model/resource-set.ts';
import { groupBy } from '../../text/group-by.ts';

/** Two servers of Istio's Gateways that want one port of the same proxies for protocols which cannot share it. */
export interface ClashingServers {
  readonly gateway: IstioGateway;
  readonly server: IstioServer;
  readonly rivalOf: IstioGateway;
  readonly rival: IstioServer;
}

/** Of each port, the first pair by name, so that the order of documents does not decide. */
export function clashingServers(model: Model): ClashingServers[] {
  const servers = model
    .ofKind('Gateway')
    .filter(isIstioGateway)
    .filter(({ selector }) => selector.size > 0 && ![...selector.values()].some(isPlaceholder))
    .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
    .flatMap((gateway) => gateway.listeners.map((server) => ({ gateway, server })));
  // Different selectors may mean the same proxies, but equal ones do.
  const groups = groupBy(servers, ({ gateway, server }) => {
    const labels = [...gateway.selector].map(([key, { value }]) => `${key}=${value}`).toSorted();
    return JSON.stringify([labels, portNumber(server.port)]);
  });
  return [...groups.values()].flatMap(([first, ...others]) => {
    const own = first && familyOf(first.server);
    if (!first || own === undefined || portNumber(first.server.port) === undefined) return [];
    const other = others.find(({ server }) => (familyOf(server) ?? own) !== own);
    if (!other || first.server.bind || other.server.bind) return [];
    return [{ ...other, rivalOf: first.gateway, rival: first.server }];
  });
}

/**
 * What may share a port: HTTP with HTTP, and TLS with TLS, which SNI tells apart (`mergeGateways` in
 * pilot/pkg/model/gateway.go at 86c9f01fd735).
 */
function familyOf(server: IstioServer): 'HTTP' | 'TLS' | 'TCP' | undefined {
  if (isPlainHttp(server)) return 'HTTP';
  switch (server.protocol?.value.toUpperCase()) {
    case 'HTTPS':
    case 'TLS':
      return 'TLS';
    case 'TCP':
    case 'MONGO':
      return 'TCP';
    default:
      return undefined;
  }
}

const nameOf = ({ namespace, name }: IstioGateway): string => qualify(namespace, name);
