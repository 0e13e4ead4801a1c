import type { Report, ReportEnd, ReportLink, ReportLocation, State } from '../report.ts';
import { sanitize } from '../sanitize.ts';
import type { Style } from '../text/style.ts';
import type { Traced } from './select.ts';

/** What each hop is called, in the words of the field. */
const HOP: Readonly<Record<string, string>> = {
  backend: 'backend',
  selector: 'selector',
  'target-port': 'targetPort',
  bind: 'process',
  host: 'host port',
  config: 'value',
};

const MARK: Readonly<Record<State, string>> = { whole: '✓', broken: '✗', unproved: '?' };

/** The chains hop by hop, each number with the place that says it; stops at the hop that breaks. */
export function renderTrace(report: Report, traced: readonly Traced[], style: Style): string {
  return traced.map((one) => renderChain(report, one, style)).join('\n');
}

function renderChain(report: Report, { chain, links }: Traced, style: Style): string {
  const { entry } = chain;
  const lines = [style.bold(sanitize(titleOf(chain))), ''];
  const fromOutside = links.length === 0 || chain.links[0] === links[0]?.id;
  if (fromOutside) lines.push(`  ${style.dim(WAY_IN[entry.kind])}`, `  ${style.dim('│')}`);

  const hops = hopsOf(links);
  for (const { node, link } of hops) {
    const { from } = link;
    if (node) {
      lines.push(`  ${style.bold(sanitize(nodeOf(node)))}${place(node.location, style)}`);
    }
    const mark =
      link.state === 'broken'
        ? style.error(MARK.broken)
        : link.state === 'whole'
          ? style.accent(MARK.whole)
          : style.warning(MARK.unproved);
    lines.push(
      `  ${mark} ${HOP[link.kind] ?? link.kind} ${sanitize(portsOf(link))}${place(from.location, style)}`,
    );
    lines.push(`  ${style.dim('│')}   ${sanitize(link.reason)} ${style.dim(`(${link.evidence})`)}`);
    if (link.state === 'broken') break;
  }
  const last = hops.at(-1);
  const broken = links.find(({ state }) => state === 'broken');
  if (!broken && last?.link.to && last.link.kind !== 'bind') {
    lines.push(`  ${style.bold(sanitize(nodeOf(last.link.to)))}${place(last.link.to.location, style)}`);
  }
  lines.push('', `  ${verdict(chain.state, broken, links, style)}`);
  for (const finding of report.findings) {
    if (finding.link !== null && finding.link === broken?.id) {
      lines.push(
        `  ${finding.severity}[${finding.rule}]: ${sanitize(finding.message)}`,
        `  more: portolan explain ${finding.rule}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

const WAY_IN: Readonly<Record<Traced['chain']['entry']['kind'], string>> = {
  ingress: 'Internet',
  gateway: 'Internet',
  'load-balancer': 'Internet, through the load balancer',
  'node-port': 'Internet, through the port of any node',
  'host-port': 'the node that the Pod runs on',
  cluster: 'other Pods of the cluster',
};

function titleOf({ entry, set }: Traced['chain']): string {
  const { kind, host, path, port, protocol, resource } = entry;
  const where =
    kind === 'ingress'
      ? `${port === 443 ? 'https' : 'http'}://${host}${path}`
      : `${resource.kind} ${resource.namespace}/${resource.name}${port === null ? '' : ` port ${port}/${protocol}`}`;
  return set === '' ? where : `${where} (set ${set})`;
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

const nodeOf = ({ resource }: ReportEnd): string =>
  `${resource.kind} ${resource.namespace === '' ? '' : `${resource.namespace}/`}${resource.name}`;

function portsOf({ from, to, kind, state }: ReportLink): string {
  const left = kind === 'selector' ? '' : numberOf(from);
  const right = to === null ? 'nothing' : kind === 'selector' ? nodeOf(to) : numberOf(to) || nodeOf(to);
  const container = to?.container ? ` in container ${to.container}` : '';
  const arrow = state === 'broken' ? '↛' : '→';
  return `${left}${left && ' '}${arrow} ${state === 'unproved' && to === null ? 'not known' : right}${container}`;
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
