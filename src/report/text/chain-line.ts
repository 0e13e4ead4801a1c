import { pathTo } from '../hops.ts';
import type { ReportEnd, ReportFinding, ReportLink } from '../report.ts';
import type { Context } from './context.ts';

const SIGN = { whole: '→', broken: '✗', unproved: '?' } as const;

/**
 * `Internet`, `→ Ingress shop/web:443`, `→ Service web:80`, `✗ http-web`: the hops of the chain that a finding's link
 * is on, up to that link or the first break; none for a finding that is about no chain.
 */
export function chainHops(
  { link: wanted }: Pick<ReportFinding, 'link'>,
  { chainOf, linkOf }: Pick<Context, 'chainOf' | 'linkOf'>,
): string[] {
  const chain = wanted === null ? undefined : chainOf(wanted);
  if (!chain) return [];
  const { kind, resource, port } = chain.entry;
  const gates: string[] = [];
  const hops: string[] = [];
  for (const id of pathTo(chain.tree, wanted!)) {
    const link = linkOf(id);
    // A route comes behind the listener that lets it in.
    if (link?.kind === 'parent' && link.to && link.state !== 'broken')
      gates.push(gateOf(link.state, link.to));
    else if (link && !isPassedOver(link)) hops.push(`${SIGN[link.state]} ${hopOf(link, resource)}`);
    if (link?.state === 'broken') break;
  }
  const entry = `${resource.kind} ${qualified(resource)}${port === null || gates.length > 0 ? '' : `:${port}`}`;
  const inwards = [...gates, `→ ${entry}`, ...hops];
  return kind === 'cluster'
    ? [inwards[0]!.slice('→ '.length), ...inwards.slice(1)]
    : ['Internet', ...inwards];
}

const gateOf = (state: ReportLink['state'], { resource, port }: ReportEnd): string =>
  `${SIGN[state]} ${resource.kind} ${qualified(resource)}${port?.number === undefined ? '' : `:${port.number}`}`;

/** A selector that works says which Pods, a value that is read says why; the ports are what the line is about. */
const isPassedOver = ({ kind, state }: ReportLink): boolean =>
  kind === 'config' || (kind === 'selector' && state === 'whole');

const identityOf = ({ kind, name }: ReportEnd['resource']): string => `${kind}/${name}`;

const qualified = ({ namespace, name }: ReportEnd['resource']): string =>
  namespace ? `${namespace}/${name}` : name;

function hopOf(link: ReportLink, entry: ReportEnd['resource']): string {
  if (link.state === 'broken') return askedFor(link);
  const { kind, from, to } = link;
  const { resource, port } = to ?? from;
  const number = port?.number ?? port?.name;
  if (kind === 'bind') return `process:${number ?? '?'}`;
  if (identityOf(resource) === identityOf(entry)) return String(number ?? resource.name);
  return `${resource.kind} ${resource.name}${number === undefined ? '' : `:${number}`}`;
}

/** What the near end of a broken link asks for and does not get. */
function askedFor({ kind, from, to, disagreeing }: ReportLink): string {
  const asked = from.targetPort ?? from.port?.name ?? from.port?.number;
  switch (kind) {
    case 'parent':
      return asked === undefined ? 'any listener' : `listener ${asked}`;
    case 'selector':
      return 'Pods';
    case 'bind':
      return `process:${from.port?.number ?? '?'}`;
    case 'backend':
      if (to) return `Service ${to.resource.name}:${asked ?? '?'}`;
      return disagreeing?.[0]?.to ? 'no backend' : 'no such Service';
    case 'host':
      return String(to?.port?.number ?? asked ?? '?');
    default:
      return String(asked ?? from.resource.name);
  }
}
