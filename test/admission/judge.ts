import { check } from '../../src/engine/check.ts';
import { toReport } from '../../src/engine/to-report.ts';
import type { ReportFinding } from '../../src/report/report.ts';
import { allRules } from '../../src/rules/index.ts';
import type { Variation } from './variations.ts';

/**
 * `told`: an error at the change's place with the server's reason. `elsewhere`, `otherwise`: another place, another
 * reason. `beyond`: it hangs on what else is in the cluster that was asked, and another one would take it.
 */
export type Verdict = 'told' | 'beyond' | 'elsewhere' | 'otherwise' | 'silent' | 'taken' | 'false';

export interface Judged {
  readonly verdict: Verdict;
  readonly said: readonly string[];
}

/** Rules that say of an object that it is refused, and not of traffic that it fails. */
const OF_ADMISSION = new Set(allRules.filter(({ ofAdmission }) => ofAdmission).map(({ id }) => id));

const QUOTED = /^the API server refuses/;

/** Holds what portolan says of one object against what the server answered. */
export function judge({ text, from, to }: Variation, answer: string): Judged {
  const result = check([{ path: 'a.yaml', text, kind: 'file', editable: true }], { rules: allRules });
  const { findings, errors, foreign } = toReport(result, { version: '' });
  const refusals = findings.filter(
    ({ rule, severity, notes, labels }) =>
      severity === 'error' &&
      (OF_ADMISSION.has(rule) ||
        notes.some((note) => QUOTED.test(note)) ||
        labels.some(({ message }) => message.startsWith('refused: '))),
  );
  // What has no kind passes by in folders, and is told: nobody can know that it was meant for Kubernetes.
  const passed =
    /kind not set|kind isn't string type|Object 'Kind' is missing/.test(answer) && foreign.length > 0;
  if (passed) return { verdict: 'told', said: foreign.map(({ message }) => message) };
  const said = [...refusals.map(wordsOf), ...errors.map(({ line, message }) => `${line}: ${message}`)];
  if (answer === '') return { verdict: said.length === 0 ? 'taken' : 'false', said };
  if (said.length === 0) return { verdict: BEYOND.test(answer) ? 'beyond' : 'silent', said };
  if (errors.length > 0) return { verdict: 'told', said };
  const reasons = reasonsIn(answer);
  const right = refusals.filter((finding) => reasons.some((reason) => says(finding, reason)));
  // A name belongs where there is none, and a kind is told with its version, on one of two lines.
  if (right.length > 0 && /name may not be empty|no matches for kind|apiversion not set/.test(reasons[0]!))
    return { verdict: 'told', said };
  if (right.length === 0) return { verdict: 'otherwise', said };
  const here = right.some(
    (finding) =>
      finding.labels.some(({ location: { line } }) => line >= from && line <= to) ||
      unknownIn(answer).some((path) => finding.notes.some((note) => note.includes(path))) ||
      pathsIn(answer).some((path) => finding.notes.some((note) => note.includes(path))),
  );
  return { verdict: here ? 'told' : 'elsewhere', said };
}

const BEYOND =
  /error looking up service account|on this cluster|this cluster is not|no PriorityClass with name|RuntimeClass "[^"]*" not found|PreemptionPolicy \(|namespaces "[^"]*" not found|range of valid IPs/;

const wordsOf = ({ rule, message, labels, notes }: ReportFinding): string =>
  `${labels[0]!.location.line}: ${rule}: ${message} (${notes.join('; ')})`;

const says = ({ message, notes, labels }: ReportFinding, reason: string): boolean =>
  [message, ...notes, ...labels.map((label) => label.message)].some((words) =>
    comparable(words).includes(reason),
  );

/** Names of Go types are no part of the reason, nor are the values that stand in it. */
const comparable = (words: string): string =>
  words
    .replace(/Go struct field [\w.]+/g, 'Go struct field')
    .replace(/Invalid value: ("(?:[^"\\]|\\.)*"|\{.*?\}|\[.*?\]|null|[-\w.+]+)(: |, |$)/g, '')
    .replace(/Unsupported value: \{.*$/, 'Unsupported value: ')
    .replace(/no such key: \w+ evaluating rule: /, '')
    .replace(/Duplicate value: .*/, 'Duplicate value')
    .replace(/unmarshal number [^ ]+ into/, 'unmarshal number into')
    .toLowerCase();

const REASON =
  /(?<=^|\[|, |: )(?:(?:[^:,[]|\[[^\]]*\])+?): (Required value|Invalid value: |Unsupported value: |Duplicate value: |Not found: |Too long: |Forbidden: |Too many: )(.*?)(?=, (?:(?:[^:,[]|\[[^\]]*\])+?): (?:Required|Invalid|Unsupported|Duplicate|Not found|Too|Forbidden)|\]?$)/g;

/** Each reason of an answer, as far as portolan can be held to its words. */
function reasonsIn(answer: string): string[] {
  // kubectl words what it looks up in several ways; portolan always says the plainest.
  if (/apiVersion (not set|isn't string)|in version ""$|could not find the requested resource/.test(answer))
    return ['apiversion not set', 'no matches for kind'];
  if (/no matches for kind|no kind "/.test(answer)) return ['no matches for kind'];
  const unknown = [...answer.matchAll(/unknown field "[^"]*"/g)].map(([words]) => words);
  if (unknown.length > 0) return unknown.map(comparable);
  const decoding = /cannot unmarshal (\w+) (?:[^ ]+ )?into Go (?:struct field|value)/.exec(answer);
  if (decoding) return [`cannot unmarshal ${decoding[1]} into`];
  const literal = /illegal base64 data|quantities must match|unsupported value: [-+]?\w+/.exec(answer);
  if (literal) return [literal[0].toLowerCase()];
  const validation = [...answer.matchAll(REASON)].map(([, kind, rest]) =>
    kind === 'Required value'
      ? kind
      : kind === 'Unsupported value: '
        ? `${kind}${rest!.split(': ')[0]}`
        : `${kind}${rest}`,
  );
  if (/parsing time/.test(answer)) return ['parsing time'];
  const reasons = validation.length > 0 ? validation : [answer.replace(/^[\w.]+ "[^"]*" is forbidden: /, '')];
  return reasons.map((reason) => comparable(reason).slice(0, 60)).filter((reason) => reason !== '');
}

/** They stand where they stand, whatever made them unknown. */
const unknownIn = (answer: string): string[] =>
  [...answer.matchAll(/unknown field "[^"]*"/g)].map(([words]) => words);

const pathsIn = (answer: string): string[] =>
  [
    ...answer.matchAll(
      /((?!\[)[\w.[\]-]+): (?:Required|Invalid|Unsupported|Duplicate|Not found|Too|Forbidden)/g,
    ),
  ].map(([, path]) => `${path}: `);
