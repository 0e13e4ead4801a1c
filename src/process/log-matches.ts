import { type LogPattern, logPatterns } from '../knowledge/log-patterns.ts';

/** One line of a log that one pattern knows. */
export interface LogMatch {
  readonly pattern: LogPattern;
  readonly groups: Readonly<Record<string, string | undefined>>;
  /** From 1. */
  readonly line: number;
  /** Without colours, and no longer than what is looked at. */
  readonly text: string;
  /** The part of the text that the pattern is about. */
  readonly said: string;
}

/** Announcements are short. What follows is not looked at, so that no line costs more than another. */
const LONGEST_LINE = 2000;

interface Compiled {
  readonly pattern: LogPattern;
  readonly regex: RegExp;
}

let compiled: readonly Compiled[] | undefined;

/** Every known line, in the order of the log; of those that know the same line the programs' own go first. */
export function logMatches(log: string): LogMatch[] {
  compiled ??= logPatterns().map((pattern) => ({ pattern, regex: new RegExp(pattern.regex, pattern.flags) }));
  const text = withoutColours(log);
  const found = compiled
    .flatMap((one) => matchesOf(one, text))
    .sort(
      (a, b) => a.start - b.start || Number(a.pattern.generic ?? false) - Number(b.pattern.generic ?? false),
    );
  let line = 1;
  let counted = 0;
  return found.map(({ start, ...match }) => {
    for (let at = text.indexOf('\n', counted); at >= 0 && at < start; at = text.indexOf('\n', counted)) {
      counted = at + 1;
      line++;
    }
    return { ...match, line };
  });
}

type Found = Omit<LogMatch, 'line'> & { readonly start: number };

/** Looks for the words, which is far cheaper than the regex, and tries it only on the lines that hold one. */
function matchesOf({ pattern, regex }: Compiled, log: string): Found[] {
  const tried = new Set<number>();
  const found: Found[] = [];
  for (const word of pattern.words) {
    let end = 0;
    for (let at = log.indexOf(word); at >= 0; at = log.indexOf(word, end)) {
      const start = log.lastIndexOf('\n', at) + 1;
      const feed = log.indexOf('\n', at);
      end = feed < 0 ? log.length : feed;
      if (tried.has(start)) continue;
      tried.add(start);
      const text = log.slice(start, Math.min(end, start + LONGEST_LINE)).trimEnd();
      const match = regex.exec(text);
      if (match) found.push({ pattern, groups: match.groups ?? {}, start, text, said: match[0].trim() });
    }
  }
  return found;
}

/** Colours, movements of the cursor, and links. */
const ESCAPES = /\x1b(?:\[[0-9;:?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\))/g;

const withoutColours = (log: string): string => (log.includes('\x1b') ? log.replace(ESCAPES, '') : log);
