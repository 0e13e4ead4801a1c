import { table } from '../../text/table.ts';
import { plural } from '../plural.ts';
import type { Report, ReportFinding, ReportIgnored } from '../report.ts';
import { sanitizeLine, withoutCommands } from '../sanitize.ts';
import { headline } from '../text/finding.ts';
import type { Style } from '../text/style.ts';
import { wrap } from '../text/width.ts';
import { concernsOf } from './concerns.ts';
import { contradictionsIn } from './contradictions.ts';
import { drawHops, MARK } from './draw-hops.ts';
import { drawSeen } from './draw-seen.ts';
import { nodeOf } from './node.ts';
import type { Traced } from './select.ts';

const COLUMNS = 100;

/**
 * The chains hop by hop, each number with the place that says it; stops at the hop that breaks.
 *
 * @param width columns of the terminal
 * @param now milliseconds since 1970, for the age of what was seen; none is told without it
 */
export function renderTrace(
  report: Report,
  traced: readonly Traced[],
  style: Style,
  width: number = COLUMNS,
  now?: number,
): string {
  return withoutCommands(traced.map((one) => renderChain(report, one, { style, width, now })).join('\n'));
}

interface Look {
  readonly style: Style;
  readonly width: number;
  readonly now: number | undefined;
}

function renderChain(report: Report, one: Traced, look: Look): string {
  const { style } = look;
  const { chain, links, tree, remark } = one;
  const concerns = concernsOf(report, one);
  const told = new Set<ReportFinding>();
  const toldAt = (place: string): string[] =>
    (concerns.get(place) ?? []).flatMap((finding) => {
      // Where branches meet again, it was told before.
      if (told.has(finding)) return [];
      told.add(finding);
      return drawConcern(finding, look);
    });
  const byId = new Map(links.map((link) => [link.id, link]));
  const bar = (line: string): string => `  ${style.dim('│')}   ${line}`;
  const seen = new Set<string>();
  const atLink = (place: string): string[] => {
    const link = byId.get(place);
    return [...(link ? drawSeen(link, look, seen).map(bar) : []), ...toldAt(place)];
  };
  const lines = [
    style.bold(sanitizeLine(titleOf(one))),
    '',
    ...(remark === undefined ? [] : [...labelled('note:', remark, style.warning, look.width), '']),
    ...(isFromOutside(one) ? [`  ${style.dim(WAY_IN[chain.entry.kind])}`] : []),
    ...drawHops(tree, {
      linkOf: (id) => byId.get(id),
      toldAt: atLink,
      isVerified: report.steps !== undefined,
      ...look,
    }),
    // What the last hop leads to has no hop of its own.
    ...[...concerns.keys()].flatMap(toldAt),
    '',
    ...verdict(one, told, look),
    ...contradictionsIn(links)
      .flat()
      .flatMap((line) => hanging(line, style.bold, look.width)),
  ];
  const rules = [...new Set([...told].map(({ rule }) => rule))];
  const more = rules.map((rule) => `  ${style.dim('more:')} portolan explain ${sanitizeLine(rule)}`);
  return `${[...lines, ...more].join('\n')}\n`;
}

/** A finding below the hop that it is about, with what to do. */
function drawConcern(
  { severity, rule, message, help, fixes, ignored }: ReportFinding,
  { style, width }: Look,
): string[] {
  const bar = `  ${style.dim('│')}   `;
  const room = width - BAR;
  const todo = [...help, ...fixes.map(({ title, applicability }) => `${title} (${applicability})`)];
  return [
    ...headline(`${severity}[${sanitizeLine(rule)}]:`, message, style[severity], { style, width: room }),
    ...(ignored ? labelled('ignored:', `by ${BY[ignored.by]}: ${ignored.reason}`, style.dim, room) : []),
    ...todo.flatMap((one) => labelled('help:', one, style.accent, room)),
  ].map((line) => `${bar}${line}`);
}

const BAR = 6;

const BY: Readonly<Record<ReportIgnored['by'], string>> = {
  annotation: 'an annotation',
  comment: 'a comment',
  configuration: 'the configuration',
  baseline: 'the baseline',
};

/** Prose behind a word, broken between words. */
const labelled = (word: string, text: string, color: (text: string) => string, width: number): string[] =>
  wrap(sanitizeLine(text), width - word.length - 3).map((line, at) =>
    at === 0 ? `  ${color(word)} ${line}` : `${' '.repeat(word.length + 3)}${line}`,
  );

const isFromOutside = ({ chain, links }: Traced): boolean =>
  links.length === 0 || chain.links[0] === links[0]?.id;

const WAY_IN: Readonly<Record<Traced['chain']['entry']['kind'], string>> = {
  ingress: 'Internet',
  gateway: 'Internet',
  'load-balancer': 'Internet, through the load balancer',
  'node-port': 'Internet, through the port of any node',
  'host-port': 'the node that the Pod runs on',
  cluster: 'other Pods of the cluster',
};

function titleOf(one: Traced): string {
  const { chain, links } = one;
  const { host, path, port, protocol, resource } = chain.entry;
  const [first] = links;
  const where =
    first && !isFromOutside(one)
      ? nodeOf(first.from)
      : host !== null
        ? addressOf(host, path, port)
        : `${resource.kind} ${resource.namespace}/${resource.name}${port === null ? '' : ` port ${port}/${protocol}`}`;
  return chain.set === '' ? where : `${where} (set ${chain.set})`;
}

/** A URL where the port says the scheme; a host and a port otherwise. */
function addressOf(host: string, path: string | null, port: number | null): string {
  const scheme = path === null ? undefined : table({ 80: 'http', 443: 'https' })[port ?? 0];
  if (scheme) return `${scheme}://${host}${path}`;
  return `${host}${port === null ? '' : `:${port}`}${path ?? ''}`;
}

const hanging = (text: string, color: (text: string) => string, width: number): string[] =>
  wrap(sanitizeLine(text), width - 4).map((line, at) => `  ${at === 0 ? '' : '  '}${color(line)}`);

/** What becomes of a request, as far as it is known: what stops it goes before what is not proved. */
function verdict(
  { chain, links }: Traced,
  told: ReadonlySet<ReportFinding>,
  { style, width }: Look,
): string[] {
  const say = (color: (text: string) => string, text: string): string[] => hanging(text, color, width);
  const broken = links.find(({ state }) => state === 'broken');
  if (broken) return say(style.error, `${MARK.broken} broken: ${broken.reason}`);
  const stopping = [...told].filter(({ stopsTraffic }) => stopsTraffic);
  if (stopping.length > 0) {
    const rules = [...new Set(stopping.map(({ rule }) => rule))].join(', ');
    return say(
      style.error,
      `${MARK.broken} not answered: the links hold, and what is told above keeps traffic out (${rules})`,
    );
  }
  const unproved = links.find(({ state }) => state === 'unproved');
  if (unproved) return say(style.warning, `${MARK.unproved} unproved: ${unproved.reason}`);
  if (links.length === 0) return say(style.dim, 'nothing to follow');
  if (chain.state === 'unproved') return say(style.warning, `${MARK.unproved} unproved`);
  const last = links.at(-1);
  if (last?.kind === 'backend' && !last.to) return say(style.accent, `${MARK.whole} ${last.reason}`);
  const warnings = [...told].filter(({ severity }) => severity === 'warning').length;
  if (warnings > 0)
    return say(style.warning, `${MARK.whole} whole, with ${plural(warnings, 'warning')} above`);
  return say(style.accent, `${MARK.whole} whole: every link holds`);
}
