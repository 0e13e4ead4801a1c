import type { Report, ReportEnd, ReportFinding } from '../report.ts';

const SIGN = { whole: '→', broken: '✗', unproved: '?' } as const;

/** `Internet → Ingress shop/web:443 → Service web:80 ✗ http-web`: the chain that a finding's link is on, up to the break. */
export function chainLine(finding: ReportFinding, report: Report): string | undefined {
  const chain = report.chains.find(({ links }) => finding.link !== null && links.includes(finding.link));
  if (!chain) return undefined;
  const { entry } = chain;
  const links = new Map(report.links.map((link) => [link.id, link]));
  const outside = entry.kind === 'cluster' ? [] : ['Internet →'];
  const port = entry.port === null ? '' : `:${entry.port}`;
  let line = [...outside, `${entry.resource.kind} ${qualified(entry.resource)}${port}`].join(' ');
  let previous = `${entry.resource.kind}/${entry.resource.name}`;
  for (const id of chain.links) {
    const link = links.get(id);
    // The selector says which Pods; the ports are what the line is about.
    if (!link || link.kind === 'config' || (link.kind === 'selector' && link.state === 'whole')) continue;
    const target = link.to ?? (link.state === 'broken' ? undefined : link.from);
    const broken = link.state === 'broken';
    const name = broken ? askedFor(link.from, link.kind) : nameOf(target ?? link.from, previous, link.kind);
    line += ` ${SIGN[link.state]} ${name}`;
    if (target) previous = `${target.resource.kind}/${target.resource.name}`;
    if (broken || id === finding.link) break;
  }
  return line;
}

const qualified = ({ namespace, name }: ReportEnd['resource']): string =>
  namespace ? `${namespace}/${name}` : name;

function nameOf({ resource, port }: ReportEnd, previous: string, kind: string): string {
  if (kind === 'bind') return `process:${port?.number ?? '?'}`;
  const number = port?.number ?? port?.name;
  if (`${resource.kind}/${resource.name}` === previous) return String(number ?? resource.name);
  return `${resource.kind} ${resource.name}${number === undefined ? '' : `:${number}`}`;
}

/** What the broken end asks for and does not get. */
function askedFor({ port, resource }: ReportEnd, kind: string): string {
  if (kind === 'selector') return `Pods of ${resource.name}`;
  const asked = port?.name ?? port?.number;
  return kind === 'bind' ? `process on ${port?.number ?? '?'}` : String(asked ?? resource.name);
}
