import { isAddress } from './addresses.ts';
import { isSecretName } from './secret-names.ts';
import type { Stretch } from './stretch.ts';

/** A part of every name that `isSecretName` knows. */
const HINT =
  /pass|pwd|\bpw\b|_pw\b|secret|token|cred|key|auth|dsn|jwt|otp|bearer|cookie|salt|pepper|dockerc|netrc|string/gi;

/** Further than this no name reaches from a hint. */
const REACH = 100;
const NAME = /[\w.$/-]/;

/** What may stand between a name and its value: quotes, blanks, and `=`, `:`, `:=` or `=>`. */
const ASSIGNS = /[\\"'\]]{0,4}[ \t]{0,64}(?::=|=>|=|:)[ \t]{0,64}/y;
/** Between a flag and the item that follows it, in a line, in brackets or in a list. */
const FOLLOWS = /["']?(?:[ \t]{1,64}|[ \t]{0,64},\s{0,64}|[ \t]{0,64}\r?\n[ \t]{0,64}- {1,64})(?!-)/y;
/** Between the name of a variable and its value, as containers list them. */
const PAIRED = /["']?[ \t]{0,64},?[ \t]{0,64}(?:\r?\n[ \t]{0,64})?["']?value["']?[ \t]{0,64}:[ \t]{0,64}/y;
const SPACE = /[ \t]{1,64}/y;

/** A value that only says where the secret is, or that there is none. */
const NO_SECRET =
  /^(?:\$\([^()]*\)|\$\{[^{}]*\}|\$\w+|\{\{[^{}]*\}\}|<[^<>]*>|true|false|null|none|~|yes|no|on|off|\*[\w-]+)?$/i;

/** Line and column behind the name of a file, as renderers and compilers tell them: `templates/secrets.yaml:2:9`. */
const PLACE = /:\d{1,6}(?::\d{1,6})?(?=[\s:),.]|$)/y;

const isFileName = (name: string): boolean => /\.(?:ya?ml|json|tpl|tmpl|toml|conf|env)$/.test(name);

export interface AssignmentOptions {
  /** Whether lines mean something: in a source a value goes on to the end of its line, in prose it is one word. */
  readonly lines: boolean;
}

/** The values behind names of secrets: `password: x`, `"token": "x"`, `--api-key=x`, `--password x`, `requirepass x`. */
export function assignedSecrets(text: string, { lines }: AssignmentOptions): Stretch[] {
  const found: Stretch[] = [];
  let done = 0;
  for (const { index } of text.matchAll(HINT)) {
    if (index < done) continue;
    let start = index;
    while (start > done && index - start < REACH && NAME.test(text[start - 1]!)) start--;
    let end = index;
    while (end < text.length && end - index < REACH && NAME.test(text[end]!)) end++;
    done = end;
    const name = text.slice(start, end);
    const isPlace = !lines && isFileName(name) && behind(PLACE, text, end) !== undefined;
    const isKey = !isPlace && isSecretName(name) && !isAddress(text, start, end);
    const value = isKey && valueBehind(text, start, end, lines);
    if (value) {
      found.push(value);
      done = Math.max(done, value.end);
    }
  }
  return found;
}

function valueBehind(text: string, start: number, end: number, lines: boolean): Stretch | undefined {
  const before = text.slice(Math.max(0, start - REACH), start);
  const head = before.slice(before.lastIndexOf('\n') + 1);
  const assigned = behind(ASSIGNS, text, end);
  if (
    !lines &&
    assigned !== undefined &&
    OF_PORT.test(before) &&
    behind(NUMBER, text, assigned) !== undefined
  )
    return undefined;
  if (assigned !== undefined) {
    const isWholeLine = lines && /^\s*(?:- +)?(?:export +|ENV +|ARG +|set +)?["']?$/.test(head);
    return isWholeLine ? lineValue(text, start, assigned) : wordValue(text, behindVerdict(text, assigned));
  }
  const flagged = /^-/.test(text.slice(start, end)) ? behind(FOLLOWS, text, end) : undefined;
  if (flagged !== undefined) return wordValue(text, flagged);
  const paired = /name["']?\s{0,64}:\s{0,64}["']?$/.test(before) ? behind(PAIRED, text, end) : undefined;
  if (paired !== undefined) return lines ? lineValue(text, paired, paired) : wordValue(text, paired);
  const directed = lines && /^\s*$/.test(head) ? behind(SPACE, text, end) : undefined;
  return directed === undefined ? undefined : wordValue(text, directed);
}

/** A port may be called `token` or `auth`: `spec.ports[token]: 80`, `port auth: 8080`. */
const OF_PORT = /(?:ports\[|port `?)$/i;
const NUMBER = /\d{1,5}(?![\w.-])/y;

/** The API server's words about a field, before the value that it may repeat: `data[password]: Required value`. */
const VERDICT =
  /(?:Required value|(?:Invalid|Unsupported|Duplicate) value|Not found|Forbidden|Too (?:long|many))(?:: )?/y;

const behindVerdict = (text: string, at: number): number => behind(VERDICT, text, at) ?? at;

function behind(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** A reference to where the secret is. */
const REFERENCE = /(?:\$\([\w.-]{1,100}\)|\$\{[^{}\s]{1,100}\}|\{\{[^{}]{1,100}\}\})(?=[\s"'`,;&|<>)}\]]|$)/y;

/** A quoted text or a word. */
function wordValue(text: string, at: number): Stretch | undefined {
  if (behind(REFERENCE, text, at) !== undefined) return undefined;
  const quote = /["'`]/.exec(text[at] ?? '')?.[0];
  if (quote) return quotedValue(text, at + 1, quote);
  // JSON within a quoted text.
  const escaped = /^\\+["']/.exec(text.slice(at, at + 8))?.[0].length;
  if (escaped) return secretIn(text, at + escaped, endOf(/["'\\]/g, text, at + escaped));
  return secretIn(text, at, endOf(/[\s"'`,;&|<>)}\]]/g, text, at));
}

/** What a line says behind a name; a block goes on for as long as it is indented further than the name. */
function lineValue(text: string, nameAt: number, at: number): Stretch | undefined {
  const quote = /["']/.exec(text[at] ?? '')?.[0];
  if (quote) return quotedValue(text, at + 1, quote);
  const lineEnd = endOf(/[\r\n]/g, text, at);
  if (/[{[]/.test(text[at] ?? '')) return undefined;
  if (/^[|>][+\d-]{0,3}[ \t]*(?:#.*)?$/.test(text.slice(at, Math.min(lineEnd, at + 80))))
    return { start: at, end: blockEnd(text, nameAt, lineEnd) };
  return secretIn(text, at, lineEnd);
}

function quotedValue(text: string, at: number, quote: string): Stretch | undefined {
  let end = at;
  while (end < text.length && text[end] !== quote) end += text[end] === '\\' ? 2 : 1;
  return secretIn(text, at, Math.min(end, text.length));
}

const secretIn = (text: string, start: number, end: number): Stretch | undefined =>
  end - start < 200 && NO_SECRET.test(text.slice(start, end).trim()) ? undefined : { start, end };

function endOf(stop: RegExp, text: string, at: number): number {
  stop.lastIndex = at;
  return stop.exec(text)?.index ?? text.length;
}

function blockEnd(text: string, nameAt: number, lineEnd: number): number {
  const indent = nameAt - (text.lastIndexOf('\n', nameAt - 1) + 1);
  let end = lineEnd;
  while (end < text.length) {
    const from = text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1;
    const next = endOf(/[\r\n]/g, text, from);
    const line = text.slice(from, next);
    if (line.trim() !== '' && line.length - line.trimStart().length <= indent) break;
    end = next;
  }
  return end;
}
