import { SEVERITIES, STATES } from '../order.ts';
import { plural } from '../plural.ts';
import type { Report, ReportPlanned, State } from '../report.ts';
import type { Style } from './style.ts';

/** One line for the whole run. */
export function summaryLine(report: Report, style: Style): string {
  const { resources, chains, links } = report.summary;
  const found = foundIn(report, style);
  if (resources === 0) {
    const none = style.bold(report.errors.length > 0 ? 'no resources could be read' : 'no resources found');
    return found === '' ? none : `${found} · ${none}`;
  }
  const sets = report.sets.length > 1 ? ` and ${report.sets.length} sets` : '';
  return [
    `${found || style.bold(verdictOn(report))} in ${plural(resources, 'resource')}${sets}`,
    `chains: ${statesOf(chains)}`,
    `links: ${statesOf(links)}`,
  ].join(' · ');
}

/** Input that cannot be read is no finding, and no less wrong. */
function foundIn({ summary, errors }: Report, style: Style): string {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = summary.findings[severity];
    const word = severity === 'info' ? `${count} info` : plural(count, severity);
    return count > 0 ? [style[severity](word)] : [];
  });
  const faults = errors.filter(isFault);
  const unread = errors.length - faults.length;
  return [
    ...counts,
    ...(unread > 0 ? [style.error(plural(unread, 'input error'))] : []),
    ...(faults.length > 0 ? [style.error(`${plural(faults.length, 'fault')} of portolan`)] : []),
  ].join(', ');
}

/** Rules may be switched off, so silence alone proves nothing. */
function verdictOn({ summary: { chains, links, ignored } }: Report): string {
  const why = ignored > 0 ? 'whose findings are ignored' : 'that no rule of this run tells';
  if (links.broken > 0) return `${plural(links.broken, 'broken link')} ${why}`;
  if (chains.broken > 0) return `${plural(chains.broken, 'broken chain')} ${why}`;
  return chains.unproved + links.unproved > 0 ? 'nothing is proved broken' : 'nothing is broken';
}

/** One line for each reason that kept roots from being built. */
function notBuilt({ plan, errors, summary: { resources } }: Report): string[] {
  const byReason = new Map<string, ReportPlanned[]>();
  for (const one of plan) {
    if (one.state !== 'raw' && !(one.state === 'left-out' && one.help !== undefined)) continue;
    // Beside manifests it is no wonder.
    if (one.kind === 'compose' && resources > 0) continue;
    if (errors.some((error) => saysSo(error, one))) continue;
    // What to do differs in the folder alone.
    const words = (one.help ?? one.reason ?? '').split(/[\s`]+/);
    const isOwn = (word: string): boolean => word === one.path || word.startsWith(`${one.path}/`);
    const key = `${one.kind}\0${words.filter((word) => !isOwn(word)).join(' ')}`;
    byReason.set(key, [...(byReason.get(key) ?? []), one]);
  }
  return [...byReason.values()].map((all) => {
    const [{ path, reason = '', help }] = all as [ReportPlanned, ...ReportPlanned[]];
    const which = all.length === 1 ? path : `${all.length} roots such as ${path}`;
    const verb = all.length === 1 ? 'is' : 'are';
    return `${which} ${verb} not built: ${reason}${help === undefined ? '' : `; ${help}`} (\`--plan\` tells of each)`;
  });
}

/** Where a path that was named brings nothing, the error gives the reason. */
const saysSo = (
  { message }: Report['errors'][number],
  { path, kind, reason = path }: ReportPlanned,
): boolean => message.includes(kind === 'compose' ? `portolan check ${path}` : reason);

function statesOf(counts: Record<State, number>): string {
  const parts = STATES.flatMap((state) => (counts[state] > 0 ? [`${counts[state]} ${state}`] : []));
  return parts.length > 0 ? parts.join(', ') : 'none';
}

/** A renderer that fails, or a cluster that cannot be asked, is no fault of portolan. */
const isFault = ({ fault }: Report['errors'][number]): boolean =>
  fault !== undefined && fault.part !== 'renderer' && fault.part !== 'cluster';

const MOST_SETS = 5;

const ISSUES = 'https://github.com/portolan-dev/portolan/issues';

/** What a reader should know beyond the numbers. */
export function hints(report: Report): string[] {
  const { sets, errors, foreign } = report;
  const names = sets.slice(0, MOST_SETS).map(({ name }) => name || '.');
  const more = sets.length > MOST_SETS ? ` and ${sets.length - MOST_SETS} more` : '';
  const [document] = foreign;
  return [
    ...(errors.some(isFault)
      ? [`a fault of portolan is no mistake of the input: all else was checked; tell us of it at ${ISSUES}`]
      : []),
    ...deniedHints(report),
    ...notBuilt(report),
    ...(sets.length > 1
      ? [
          `${sets.length} sets, as ${whyApart(report)}: ${names.join(', ')}${more}; --set-dir splits them otherwise`,
        ]
      : []),
    ...configurationHint(report),
    ...ignoredHints(report),
    ...(document
      ? [
          `${plural(foreign.length, 'document')} passed by as no Kubernetes object${foreign.length > 1 ? ', such as' : ':'} ${document.path}:${document.line}`,
        ]
      : []),
    ...unprovedHints(report),
  ];
}

function whyApart({ sources, plan }: Report): string {
  if (sources.some(({ kind }) => kind === 'cluster')) return 'a cluster is one of its own';
  return plan.some(({ state }) => state === 'built')
    ? 'what is built is applied by itself'
    : 'folders define the same objects';
}

/** What nobody looked at, and the rule that would let portolan do so. */
export const deniedHints = ({ denied = [] }: Report): string[] =>
  groupedBy(denied, ({ verbs, namespace }) => `${verbs}\0${namespace}`).map((rules) => {
    const { verbs, namespace } = rules[0]!;
    const list = (values: readonly string[]): string => values.map((one) => `"${one}"`).join(', ');
    const role = namespace === undefined ? 'a ClusterRole' : `a Role of namespace ${namespace}`;
    const words = rules.map(
      ({ apiGroups, resources }) =>
        `{apiGroups: [${list(apiGroups)}], resources: [${list(resources)}], verbs: [${list(verbs)}]}`,
    );
    const what = rules.flatMap(({ resources }) => resources).join(', ');
    return `not seen, as the user may not ${verbs.join(' and ')} ${what}; ${role} with ${words.join(', ')} would allow it`;
  });

function groupedBy<T>(all: readonly T[], keyOf: (one: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return [...groups.values()];
}

/** A configuration may come from a pull request, so that what it changes is said each time. */
function configurationHint({ configuration, findings, failOn }: Report): string[] {
  if (configuration === undefined) return [];
  const changed = findings.filter(({ usualSeverity }) => usualSeverity !== undefined).length;
  const says = [
    ...(changed > 0 ? [`it changes the severity of ${plural(changed, 'finding')}`] : []),
    ...(failOn === undefined ? [] : [`it fails on ${failOn}`]),
  ];
  return [`configuration: ${[configuration, ...says].join('; ')}`];
}

const BY = {
  annotation: 'by annotations',
  comment: 'by comments',
  configuration: 'by the configuration',
  baseline: 'as the baseline has them',
} as const;

/** What somebody said should not count, and who. */
function ignoredHints({ findings, passedBy = [], baseline, changedSince }: Report): string[] {
  const counts = (Object.keys(BY) as (keyof typeof BY)[]).flatMap((by) => {
    const count = findings.filter(({ ignored }) => ignored?.by === by).length;
    return count > 0 ? [`${count} ${BY[by]}`] : [];
  });
  const all = findings.filter(({ ignored }) => ignored).length;
  const entries = passedBy.reduce((sum, one) => sum + one.entries, 0);
  const by = passedBy.slice(0, MOST_SETS).map((one) => one.by);
  return [
    ...(all > 0 ? [`${plural(all, 'finding')} ignored: ${counts.join(', ')}`] : []),
    ...(baseline && baseline.mended.length > 0
      ? [
          `${plural(baseline.mended.length, 'line')} of ${baseline.path} ${baseline.mended.length === 1 ? 'is' : 'are'} mended: \`--prune-baseline\` takes ${baseline.mended.length === 1 ? 'it' : 'them'} out`,
        ]
      : []),
    ...(changedSince
      ? [`changed since ${changedSince.ref}: ${plural(changedSince.leftOut, 'finding')} elsewhere left out`]
      : []),
    ...(entries > 0
      ? [
          `${entries === 1 ? '1 file or folder' : `${entries} files and folders`} passed by as ${by.join(', ')}${passedBy.length > by.length ? ' …' : ''} ${passedBy.length === 1 ? 'says' : 'say'}`,
        ]
      : []),
  ];
}

const MOST_KINDS = 4;

/** Why chains are not proved, and what would prove them: once for each kind, however many links wait for it. */
function unprovedHints({ summary, unproved }: Report): string[] {
  const count = summary.chains.unproved;
  if (count === 0) return [];
  const shown = unproved.slice(0, MOST_KINDS);
  const all = unproved.reduce((sum, { links }) => sum + links, 0);
  return [
    ...shown.map(({ links, says, command }) => {
      const which = `${links === all ? '' : `${links} of `}${plural(all, 'unproved link')}`;
      return `${which}${links > 1 ? ', one of them as' : ':'} ${says}; to prove it: \`${command}\``;
    }),
    `${plural(count, 'chain')} unproved: \`portolan trace TARGET\` shows each link of one, for a URL, svc/NAME or deploy/NAME`,
  ];
}
