import type { Traced } from '../../report/trace/select.ts';
import { curl } from '../step/curl.ts';
import type { Step, Way } from '../step/step.ts';
import { type PlanContext, subjectOf } from './context.ts';
import type { ThroughAddress } from './through.ts';

/** Stands for the part of a wildcard that any name may take. */
const ANY = 'portolan-verify';

/** A route is asked for as a client does: its host, its path, the name in TLS. */
export async function routeSteps(
  traced: Traced,
  { addressesOf, serviceOf }: Pick<PlanContext, 'addressesOf' | 'serviceOf'>,
  leave: (why: string) => void,
): Promise<Step[]> {
  const { chain, links } = traced;
  const { entry } = chain;
  const { resource, host, port } = entry;
  const isRoute = entry.kind === 'ingress' || entry.kind === 'gateway';
  if (!isRoute || chain.links[0] !== links[0]?.id || entry.protocol !== 'TCP') return [];
  const name = `${resource.kind} ${resource.namespace}/${resource.name}`;
  if (entry.path === null || entry.pathType === 'RegularExpression') {
    leave(`${name} takes requests by more than a path: none can be made up`);
    return [];
  }
  const addresses = await addressesOf(traced);
  if (addresses.length === 0) {
    leave(`${name} has no address in its status: say where its controller is with --through ADDRESS`);
    return [];
  }
  const tls = port === 443;
  const [address] = addresses.filter(({ scheme }) => scheme === undefined || (scheme === 'https') === tls);
  if (!address) {
    leave(`${name} is served with ${tls ? 'https' : 'http'}, and --through says no address for that`);
    return [];
  }
  const asked = host === null || host === '*' ? address.host : host.replace(/^\*/, ANY);
  const way: Way = {
    host: host === null || host === '*' ? undefined : host,
    path: entry.path,
    port: port ?? 80,
    tls,
    address: { host: address.host, port: address.port ?? port ?? 80 },
    plain: tls ? plainAddress(addresses) : undefined,
    asked,
    behind: onlyBackend(links, serviceOf),
  };
  return [{ kind: 'controller', subject: subjectOf(resource), ...way, command: curl(way) }];
}

/** An address with a port and no scheme is that of TLS. */
function plainAddress(addresses: readonly ThroughAddress[]): Way['plain'] {
  const found = addresses.find(
    ({ scheme, port }) => scheme === 'http' || (scheme === undefined && port === undefined),
  );
  return found && { host: found.host, port: found.port ?? 80 };
}

function onlyBackend(links: Traced['links'], serviceOf: PlanContext['serviceOf']): Way['behind'] {
  const backends = links.filter(({ kind }) => kind === 'backend');
  const [to] = backends.map((link) => link.to);
  const port = to?.port?.number;
  if (backends.length !== 1 || !to || port === undefined || to.resource.kind !== 'Service') return undefined;
  if (serviceOf(to.resource)?.type?.value === 'ExternalName') return undefined;
  const { namespace, name } = to.resource;
  return { namespace, name, port };
}
