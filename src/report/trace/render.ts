import { table } from '../../text/table.ts';
import type { Report, ReportLink, State } from '../report.ts';
import { sanitizeLine, withoutCommands } from '../sanitize.ts';
import type { Style } from '../text/style.ts';
import { errorsBeside } from './beside.ts';
import { drawHops, MARK } from './draw-hops.ts';
import type { Traced } from './select.ts';

/** The chains hop by hop, each number with the place that says it; stops at the hop that breaks. */
export function renderTrace(report: Report, traced: readonly Traced[], style: Style): string {
  return withoutCommands(traced.map((one) => renderChain(report, one, style)).join('\n'));
}

function renderChain(report: Report, { chain, links, tree }: Traced, style: Style): string {
  const { entry } = chain;
  const lines = [style.bold(sanitizeLine(titleOf(chain))), ''];
  const fromOutside = links.length === 0 || chain.links[0] === links[0]?.id;
  if (fromOutside) lines.push(`  ${style.dim(WAY_IN[entry.kind])}`);
  const byId = new Map(links.map((link) => [link.id, link]));
  for (const line of drawHops(tree, { linkOf: (id) => byId.get(id), style })) lines.push(line);
  const broken = links.find(({ state }) => state === 'broken');
  const isBroken = new Set(links.flatMap(({ id, state }) => (state === 'broken' ? [id] : [])));
  const beside = errorsBeside(report, links);
  const state =
    beside.length > 0 && !broken ? style.error(BESIDE) : verdict(chain.state, broken, links, style);
  lines.push('', `  ${state}`);
  for (const finding of report.findings) {
    if ((finding.link !== null && isBroken.has(finding.link)) || beside.includes(finding)) {
      lines.push(
        `  ${finding.severity}[${finding.rule}]: ${sanitizeLine(finding.message)}`,
        `  more: portolan explain ${finding.rule}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

const BESIDE = `${MARK.broken} every link holds, and something beside the chain keeps traffic out`;

const WAY_IN: Readonly<Record<Traced['chain']['entry']['kind'], string>> = {
  ingress: 'Internet',
  gateway: 'Internet',
  'load-balancer': 'Internet, through the load balancer',
  'node-port': 'Internet, through the port of any node',
  'host-port': 'the node that the Pod runs on',
  cluster: 'other Pods of the cluster',
};

function titleOf({ entry, set }: Traced['chain']): string {
  const { host, path, port, protocol, resource } = entry;
  const where =
    host !== null
      ? addressOf(host, path, port)
      : `${resource.kind} ${resource.namespace}/${resource.name}${port === null ? '' : ` port ${port}/${protocol}`}`;
  return set === '' ? where : `${where} (set ${set})`;
}

/** A URL where the port says the scheme; a host and a port otherwise. */
function addressOf(host: string, path: string | null, port: number | null): string {
  const scheme = path === null ? undefined : table({ 80: 'http', 443: 'https' })[port ?? 0];
  if (scheme) return `${scheme}://${host}${path}`;
  return `${host}${port === null ? '' : `:${port}`}${path ?? ''}`;
}

function verdict(
  state: State,
  broken: ReportLink | undefined,
  links: readonly ReportLink[],
  style: Style,
): string {
  if (broken) return style.error(`${MARK.broken} broken: ${sanitizeLine(broken.reason)}`);
  const unproved = links.find((link) => link.state === 'unproved');
  if (unproved) return style.warning(`${MARK.unproved} unproved: ${sanitizeLine(unproved.reason)}`);
  if (links.length === 0) return style.dim('nothing to follow');
  return state === 'unproved'
    ? style.warning('? unproved')
    : style.accent(`${MARK.whole} whole: every link holds`);
}
