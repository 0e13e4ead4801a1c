import type { Report, ReportFinding, ReportFix } from '../report/report.ts';
import { hideInWords } from '../text/secrets/hide-in-words.ts';
import { dotted, type Stretch } from '../text/secrets/stretch.ts';

/** Names and places: what is looked for by them must be found. */
const AS_IT_IS: ReadonlySet<string> = new Set([
  ...['id', 'set', 'kind', 'state', 'evidence', 'rule', 'severity', 'fingerprint', 'docs', 'applicability'],
  ...[
    'resource',
    'resources',
    'location',
    'path',
    'schema',
    'tool',
    'sources',
    'sets',
    'summary',
    'start',
    'end',
  ],
  ...['configuration', 'from', 'to', 'forwards', 'entry', 'tree', 'beside'],
]);

/**
 * A report without a secret in any of its sentences, whoever wrote them: what has the look of one, what stands
 * behind the name of one, and what is known to be one. A fix that would write a secret is left to the reader.
 */
export interface Concealer {
  readonly concealAll: (report: Report) => Report;
  /** @param key of the report, under which it stands */
  readonly concealIn: <T>(part: T, key: keyof Report) => T;
}

export function concealer(secrets: ReadonlySet<string>): Concealer {
  const find = finderOf(secrets);
  const clean = new Set<string>();
  const hide = (text: string): string => {
    if (clean.has(text)) return text;
    const hidden = find(hideInWords(text));
    if (hidden === text && text.length <= SHORT && clean.size < MOST_CLEAN) clean.add(text);
    return hidden;
  };
  const change = (text: string, key: string): string => hide(TO_THE_LETTER.has(key) ? text : shortened(text));
  return {
    concealAll: (report) => mapTexts(withoutTellingFixes(report, hide), change) as Report,
    concealIn: <T>(part: T, key: keyof Report) => mapTexts(part, change, key) as T,
  };
}

/** Most of what a report says is short, and said of many. */
const SHORT = 200;
const MOST_CLEAN = 4_096;

/** What is applied or run. */
const TO_THE_LETTER: ReadonlySet<string> = new Set(['text', 'command']);

/** Names can be megabytes, and lists of names as well; a sentence is read by people. */
const LONGEST_SENTENCE = 4_000;

const shortened = (text: string): string =>
  text.length > LONGEST_SENTENCE
    ? `${text.slice(0, LONGEST_SENTENCE).replace(/[\ud800-\udbff]$/, '')}…`
    : text;

function withoutTellingFixes(report: Report, hide: (text: string) => string): Report {
  const tells = ({ edits }: ReportFix): boolean => edits.some(({ text }) => hide(text) !== text);
  if (!report.findings.some(({ fixes }) => fixes.some(tells))) return report;
  const findings = report.findings.map((finding): ReportFinding => {
    const telling = finding.fixes.filter(tells);
    if (telling.length === 0) return finding;
    return {
      ...finding,
      help: [...finding.help, ...telling.map(({ title }) => title)],
      fixes: finding.fixes.filter((fix) => !telling.includes(fix)),
    };
  });
  return { ...report, findings };
}

/** The same value where nothing in it changes. */
function mapTexts(value: unknown, change: (text: string, key: string) => string, under = ''): unknown {
  if (typeof value === 'string') return change(value, under);
  if (Array.isArray(value)) {
    let mapped: unknown[] | undefined;
    for (const [index, one] of value.entries()) {
      const next = mapTexts(one, change, under);
      if (next === one) continue;
      mapped ??= [...value];
      mapped[index] = next;
    }
    return mapped ?? value;
  }
  if (typeof value !== 'object' || value === null) return value;
  let mapped: Record<string, unknown> | undefined;
  // Most of a report goes through here and stays as it is: no entries are made of it.
  for (const key of Object.keys(value)) {
    if (AS_IT_IS.has(key)) continue;
    const one = (value as Record<string, unknown>)[key];
    const next = mapTexts(one, change, key);
    if (next !== one) mapped = { ...(mapped ?? value), [key]: next };
  }
  return mapped ?? value;
}

const PREFIX = 4;

/** Looks for many values at once, however many there are: by their first letters, then by the lengths they have. */
function finderOf(values: ReadonlySet<string>): (text: string) => string {
  if (values.size === 0) return (text) => text;
  const lengths = new Map<string, Set<number>>();
  for (const value of values) {
    const prefix = value.slice(0, PREFIX);
    const there = lengths.get(prefix);
    if (there) there.add(value.length);
    else lengths.set(prefix, new Set([value.length]));
  }
  return (text) => {
    const found: Stretch[] = [];
    let inWord = false;
    for (let start = 0; start + PREFIX <= text.length; start++) {
      const wasInWord = inWord;
      inWord = isLetter(text.charCodeAt(start));
      // Nothing is looked up in the middle of a word: see `isInWord`.
      if (inWord && wasInWord) continue;
      for (const length of lengths.get(text.slice(start, start + PREFIX)) ?? []) {
        const end = start + length;
        const isValue = values.has(text.slice(start, end)) && !isInWord(text, start, end);
        if (isValue && !isField(text, start, end)) found.push({ start, end });
      }
    }
    return dotted(text, found);
  };
}

/** `A-Z`, `a-z` and digits; past either end of a text there is none. */
const isLetter = (unit: number): boolean =>
  (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || (unit >= 48 && unit <= 57);

/** `imagePullSecrets[0].name`: a field of the API, whatever a password is set to. */
const isField = (text: string, start: number, end: number): boolean =>
  text.startsWith('].', start - 2) && /^[a-z]+$/i.test(text.slice(start, end));

const isInWord = (text: string, start: number, end: number): boolean =>
  (isLetter(text.charCodeAt(start - 1)) && isLetter(text.charCodeAt(start))) ||
  (isLetter(text.charCodeAt(end)) && isLetter(text.charCodeAt(end - 1)));
