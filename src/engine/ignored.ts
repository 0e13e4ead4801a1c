import { USUAL_POLICY } from '../config/policy.ts';
import type { ReportIgnored } from '../report/report.ts';
import { allRules } from '../rules/index.ts';
import type { Finding, Severity } from '../rules/rule.ts';
import { originOf } from '../text/origin.ts';
import type { Location } from '../text/source.ts';
import { nearest } from '../text/suggest.ts';
import type { CheckResult } from './check.ts';
import { CommentsInText, type Ignore } from './comments-in-text.ts';
import type { InSet } from './merge-sets.ts';

/** What a user makes of a finding. */
export interface Judged {
  readonly severity: Severity;
  readonly ignored?: ReportIgnored;
}

/**
 * Says of each finding what counts of it. An ignore without a reason hides nothing: it would tell nobody whether it
 * still has one.
 */
export function judge(
  findings: readonly InSet<Finding>[],
  { sets, comments, policy = USUAL_POLICY }: Pick<CheckResult, 'sets' | 'comments' | 'policy'>,
): { readonly of: (finding: Finding) => Judged; readonly ignores: readonly Ignore[] } {
  const heard = policy.hearsManifests;
  const annotations = heard ? annotationsIn(sets) : new Map();
  const inText = new CommentsInText(heard ? comments : []);
  const judged = new Map<Finding, Judged>();
  for (const { of } of findings) {
    const { severity } = of;
    const said = policy.severityOf(of.rule, pathOf(of));
    const within = heard ? ignoresOf(of, annotations, inText) : [];
    for (const one of within) one.hides++;
    const [first] = within;
    const ignored: ReportIgnored | undefined =
      said?.severity === 'off'
        ? { by: 'configuration', reason: said.says }
        : first && { by: first.by, reason: first.reason };
    judged.set(of, {
      severity: said && said.severity !== 'off' ? said.severity : severity,
      ...(ignored ? { ignored } : {}),
    });
  }
  return {
    of: (finding) => judged.get(finding) ?? finding,
    ignores: [...annotations.values(), ...inText.ignores],
  };
}

/**
 * What is wrong with an ignore; undefined where it does what it is there for.
 *
 * @param lineOf a place of the input
 */
export function whyWrong(
  { rule, reason, hides, missed }: Ignore,
  asked: ReadonlySet<string>,
  lineOf: (at: Location) => number,
): string | undefined {
  if (rule === '') return 'it names no rule, and hides nothing';
  if (!asked.has(rule)) {
    const ids = allRules.map(({ id }) => id);
    if (ids.includes(rule)) return undefined;
    const [near] = nearest(rule, ids);
    return `no rule is called \`${rule}\`${near === undefined ? '' : `; the nearest is \`${near}\``}`;
  }
  if (reason === '')
    return 'it gives no reason, and hides nothing; write one behind `--`, or as the value of the annotation';
  if (hides > 0) return undefined;
  return missed
    ? `it hides nothing; the rule marks line ${lineOf(missed)}, and a comment is about its own line, or the one below`
    : 'it hides nothing; remove it';
}

/** Sets may share an object, and an annotation that a base wrote stands in several of them. */
function annotationsIn(sets: CheckResult['sets']): Map<string, Ignore> {
  const all = new Map<string, Ignore>();
  for (const { graph } of sets) {
    for (const resource of graph.model.resources) {
      for (const { rule, reason, at } of resource.ignores ?? []) {
        const key = annotationKey(rule, at);
        if (!all.has(key)) all.set(key, { by: 'annotation', rule, reason, at, hides: 0 });
      }
    }
  }
  return all;
}

const annotationKey = (rule: string, at: Location): string => {
  const { source, start } = writtenAt(at);
  return [rule, source.path, start].join('\0');
};

/** Where a person wrote it, as far as that is known. */
function writtenAt(at: Location): Location {
  const origin = originOf(at);
  return origin.kind === 'rendered' && origin.at ? origin.at : at;
}

const pathOf = ({ labels: [{ at }] }: Finding): string => writtenAt(at).source.path;

/** Those at either end: at its object, or on the line that a label marks. */
function ignoresOf(
  { rule, resources, labels }: Finding,
  annotations: ReadonlyMap<string, Ignore>,
  inText: CommentsInText,
): Ignore[] {
  const of = resources
    .flatMap(({ ignores = [] }) => ignores)
    .filter((one) => one.rule === rule)
    .flatMap(({ at }) => annotations.get(annotationKey(rule, at)) ?? []);
  const beside = labels.flatMap(({ at }) => [at, writtenAt(at)]).flatMap((at) => inText.on(rule, at));
  return [...new Set([...of, ...beside])].filter(({ reason }) => reason !== '');
}
