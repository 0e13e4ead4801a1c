import type { Report, ReportEnd, ReportLink, ReportLocation, State } from '../report.ts';
import { sanitize } from '../sanitize.ts';
import type { Style } from '../text/style.ts';
import { errorsBeside } from './beside.ts';
import { nodeOf } from './node.ts';
import type { Traced } from './select.ts';

/** What each hop is called, in the words of the field. */
const HOP: Readonly<Record<string, string>> = {
  parent: 'listener',
  backend: 'backend',
  selector: 'selector',
  'target-port': 'targetPort',
  bind: 'process',
  host: 'host port',
  config: 'value',
};

const HOP_WIDTH = Math.max(...Object.values(HOP).map((name) => name.length));

const MARK: Readonly<Record<State, string>> = { whole: '✓', broken: '✗', unproved: '?' };

/** The chains hop by hop, each number with the place that says it; stops at the hop that breaks. */
export function renderTrace(report: Report, traced: readonly Traced[], style: Style): string {
  return traced.map((one) => renderChain(report, one, style)).join('\n');
}

function renderChain(report: Report, { chain, links }: Traced, style: Style): string {
  const { entry } = chain;
  const lines = [style.bold(sanitize(titleOf(chain))), ''];
  const fromOutside = links.length === 0 || chain.links[0] === links[0]?.id;
  if (fromOutside) lines.push(`  ${style.dim(WAY_IN[entry.kind])}`);
  for (const { node, link } of hopsOf(links)) {
    if (node) lines.push(`  ${style.bold(sanitize(nodeOf(node)))}`);
    lines.push(...renderHop(link, style));
    if (link.state === 'broken') break;
  }
  const broken = links.find(({ state }) => state === 'broken');
  const beside = errorsBeside(report, links);
  const state =
    beside.length > 0 && !broken ? style.error(BESIDE) : verdict(chain.state, broken, links, style);
  lines.push('', `  ${state}`);
  for (const finding of report.findings) {
    if ((finding.link !== null && finding.link === broken?.id) || beside.includes(finding)) {
      lines.push(
        `  ${finding.severity}[${finding.rule}]: ${sanitize(finding.message)}`,
        `  more: portolan explain ${finding.rule}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

const BESIDE = `${MARK.broken} every link holds, and something beside the chain keeps traffic out`;

/** Both ends with the places that say them, then the reason. */
function renderHop(link: ReportLink, style: Style): string[] {
  const { from, to, state, kind, evidence } = link;
  const color = { whole: style.accent, broken: style.error, unproved: style.warning }[state];
  const name = (HOP[kind] ?? kind).padEnd(HOP_WIDTH);
  const indent = ' '.repeat(HOP_WIDTH);
  const asked = ASKED[kind]?.(from) ?? (numberOf(from) || nodeOf(from));
  const found = to ? endOf(link, to) : state === 'unproved' ? 'not known' : 'nothing';
  return [
    `  ${style.dim('│')} ${color(MARK[state])} ${name} ${sanitize(asked.padEnd(ASKED_WIDTH))}${place(from.location, style)}`,
    `  ${style.dim('│')}   ${indent} ${color(state === 'broken' ? '↛' : '→')} ${sanitize(found.padEnd(ASKED_WIDTH - 2))}${place(to?.location ?? null, style)}`,
    `  ${style.dim('│')}   ${indent} ${style.dim(`${sanitize(reasonOf(link))} (${evidence})`)}`,
  ].map((line) => line.trimEnd());
}

/** At the last hop the whole reasoning: what it listens on, which setting says so, and where that stands. */
function reasonOf({ kind, state, reason, to }: ReportLink): string {
  if (kind !== 'bind' || !to) return reason;
  const whole = state === 'whole' ? `listens on ${to.port?.number}: ${reason}` : reason;
  return to.location
    ? whole.replace(SETTING, (setting) => `${setting} (${to.location!.path}:${to.location!.line})`)
    : whole;
}

/** Where a reason says that a setting comes from; its place is the link's other end. */
const SETTING =
  /\bfrom [^,;]+|\bin (?:args|command) of container [^,;]+|\bin [^,;]+ of (?:ConfigMap|Secret) [^,;]+/;

/** What a hop that is about no port asks for. */
const ASKED: Readonly<Record<string, (from: ReportEnd) => string>> = {
  parent: (from) => numberOf(from) || 'any',
  selector: () => 'labels',
  config: ({ container }) => `container ${container}`,
};

const ASKED_WIDTH = 34;

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
  const scheme = path === null ? undefined : { 80: 'http', 443: 'https' }[port ?? 0];
  if (scheme) return `${scheme}://${host}${path}`;
  return `${host}${port === null ? '' : `:${port}`}${path ?? ''}`;
}

/** Each link with the node it leaves, named once where several links leave the same node. */
function hopsOf(
  links: readonly ReportLink[],
): { readonly node: ReportEnd | undefined; readonly link: ReportLink }[] {
  let previous = '';
  return links.map((link) => {
    const name = nodeOf(link.from);
    const node = name === previous ? undefined : link.from;
    previous = name;
    return { node, link };
  });
}

function endOf({ kind, from }: ReportLink, to: ReportEnd): string {
  const container = to.container === undefined ? '' : ` of container ${to.container}`;
  if (kind === 'selector' || kind === 'config') return nodeOf(to);
  if (kind === 'parent') return [numberOf(to), nodeOf(to)].filter(Boolean).join(' of ');
  const sameNode = nodeOf(from) === nodeOf(to);
  return `${numberOf(to) || (sameNode ? 'no such port' : nodeOf(to))}${container}`;
}

function numberOf({ port }: ReportEnd): string {
  if (!port) return '';
  const { name, number, protocol } = port;
  const value = [name, number].filter((part) => part !== undefined).join(' ');
  return value === '' ? '' : `${value}${protocol && protocol !== 'TCP' ? `/${protocol}` : ''}`;
}

const place = (location: ReportLocation | null, style: Style): string =>
  location ? `  ${style.dim(sanitize(`${location.path}:${location.line}:${location.column}`))}` : '';

function verdict(
  state: State,
  broken: ReportLink | undefined,
  links: readonly ReportLink[],
  style: Style,
): string {
  if (broken) return style.error(`${MARK.broken} broken: ${sanitize(broken.reason)}`);
  const unproved = links.find((link) => link.state === 'unproved');
  if (unproved) return style.warning(`${MARK.unproved} unproved: ${sanitize(unproved.reason)}`);
  if (links.length === 0) return style.dim('nothing to follow');
  return state === 'unproved'
    ? style.warning('? unproved')
    : style.accent(`${MARK.whole} whole: every link holds`);
}
