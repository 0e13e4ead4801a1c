import { type LogPattern, logPatterns } from '../../knowledge/log-patterns.ts';

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

/** Nothing listens on more ports in one and the same wording, and a log that says so would only cost time. */
const MOST_SAYINGS = 100;

interface Compiled {
  readonly pattern: LogPattern;
  readonly regex: RegExp;
  readonly unless: RegExp | undefined;
  readonly more: RegExp | undefined;
}

let compiled: readonly Compiled[] | undefined;

/**
 * What is known of a log, in the order of its lines; of lines that say the same the last. Of the patterns that know one
 * line the programs' own go first.
 */
export function logMatches(log: string): LogMatch[] {
  compiled ??= logPatterns().map(compile);
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

function compile(pattern: LogPattern): Compiled {
  const { regex, unless, more, flags = '' } = pattern;
  return {
    pattern,
    regex: new RegExp(regex, flags),
    unless: unless ? new RegExp(unless, flags) : undefined,
    more: more ? new RegExp(more, `${flags}g`) : undefined,
  };
}

type Found = Omit<LogMatch, 'line'> & { readonly start: number };

/** Looks for the words, which is far cheaper than the regex, and tries it only on the lines that hold one. */
function matchesOf({ pattern, regex, unless, more }: Compiled, log: string): Found[] {
  const last = new Map<string, Found>();
  for (const word of pattern.words) {
    let end = 0;
    for (let at = log.indexOf(word); at >= 0; at = log.indexOf(word, end)) {
      const start = log.lastIndexOf('\n', at) + 1;
      const feed = log.indexOf('\n', at);
      end = feed < 0 ? log.length : feed;
      const text = log.slice(start, Math.min(end, start + LONGEST_LINE)).trimEnd();
      const found = regex.exec(text);
      // A number that ends at the cut may go on behind it.
      const match = end - start > LONGEST_LINE && ends(found) === LONGEST_LINE ? null : found;
      const said = match?.[0].trim() ?? '';
      if (!match || (last.get(said)?.start ?? -1) >= start || unless?.test(text)) continue;
      for (const one of [match, ...(more ? text.slice(ends(match)).matchAll(more) : [])]) {
        const words = one[0].trim();
        last.delete(words);
        last.set(words, { pattern, groups: one.groups ?? {}, start, text, said: words });
        if (last.size > MOST_SAYINGS) last.delete(last.keys().next().value!);
      }
    }
  }
  return [...last.values()];
}

const ends = (match: RegExpExecArray | null): number => (match ? match.index + match[0].length : 0);

/** Colours, movements of the cursor, and links. */
const ESCAPES = /\x1b(?:\[[0-9;:?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\))/g;

const withoutColours = (log: string): string => (log.includes('\x1b') ? log.replace(ESCAPES, '') : log);
