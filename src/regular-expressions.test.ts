import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';

// Its checker of automata is deterministic; in this process, as the others need Java or a binary.
process.env.RECHECK_BACKEND = 'pure';
const { checkSync } = createRequire(import.meta.url)('recheck') as typeof import('recheck');

/**
 * What the checker cannot take apart (look-arounds, references), read by hand: why no text makes it slow. A pattern
 * that changes is read again.
 */
const READ_BY_HAND: ReadonlyMap<string, string> = new Map([
  [
    String.raw`/^(?:[Dd]ockerfile|Containerfile|(?:Docker|Container)file\.([\w-]+)|([\w-]+)\.(?:[Dd]ocker|Container)file)$/`,
    'the name of one file, from its start to its end',
  ],
  [
    String.raw`/^(?:[^\S\r\n\u2028\u2029]|\x1b\[[\d;]*m)*::|##(?=\[|vso\[|teamcity\[)/gm`,
    'each line is looked at from its start alone, and a run of blanks once',
  ],
  [
    String.raw`/^(data|stringData)\.|\.env\[[^[\]]*\]\.value$|\.(command|args)\[\d+\]$|(^|\.)(labels|annotations|selector|nodeSelector)\./`,
    'no bracket is passed over twice: what is between them holds none',
  ],
  [
    String.raw`/\b(?:proxy|fastcgi|grpc|uwsgi|scgi|memcached)_pass[ \t]+(?:[a-z]+:\/\/)?\$(\w+):(\d{1,5})\b/gi`,
    'each word of these begins anew, and no name holds a blank or a dollar',
  ],
  [
    String.raw`/(?<![^\s;{])set[ \t]+\$(\w{1,64})[ \t]+["']?(?:[a-z]{1,8}:\/\/)?([a-z0-9][a-z0-9.-]{0,253})["']?[ \t]*;/gi`,
    'begins only where a word begins, and each of its parts ends at a blank or has a bound',
  ],
  [
    String.raw`/^[ \t]*#[# \t]*-[ \t]+(?:path:[ \t]*)?(["']?)([^\s"'#]+)\1[ \t]*(?:#.*)?$/`,
    'of one line, from its start, and each character has one way',
  ],
  [String.raw`/checksum|sha\d*|hash|digest|config-?version/i`, 'a repetition behind which nothing can fail'],
  [
    String.raw`/\{[{%]|%\{|<%|\[\[-?[ \t]*(?:[.$]|(?:if|else|end|range|with|template|include|define)\b|\w+[ \t]+["'.$])/g`,
    'what begins an action is short, and no blank is passed over twice',
  ],
  [String.raw`/^[ \t]*(?:-[ \t]+(?![|>]))*/`, 'from the start of a line, and nothing behind it can fail'],
  [
    String.raw`/\b(?:(?:proxy|fastcgi|grpc|uwsgi|scgi|memcached)_pass|server(?:[ \t]+[\w.-]+)?)[ \t]+([a-z0-9][a-z0-9.-]*):(\d{1,5})\b/gi`,
    'each word of these begins anew, and a word holds no blank',
  ],
  [
    String.raw`/(?<![\w.:/@$-])([a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*):(\d{2,5})(?![\w.:-])/gi`,
    'begins only where a word begins, and each dot has one place',
  ],
  [
    String.raw`/(?<![\w.-])([a-z](?:[a-z0-9-]*[a-z0-9])?)-(\d+)\.([a-z][a-z0-9-]*)(?:\.([a-z][a-z0-9-]*))?/g`,
    'begins only where a word begins, goes back over it once, and nothing behind its first dot and letter can fail',
  ],
  [String.raw`/^(?:[a-z0-9|.-]|(?<=[a-z0-9.])[*+?])*$/`, 'from the start, one way for each character'],
  [String.raw`/(?<!\\)\\[ \t]*$/`, 'begins only at a sign, and the blanks behind it belong to no other'],
  ['/(?<!`)`[ \\t]*$/', 'begins only at a sign, and the blanks behind it belong to no other'],
  [
    String.raw`/(?<=^|\s)\d*<<(-?)(["']?)([^\s<"']+)\2(?=\s|$)/g`,
    'begins only behind a blank, and takes none',
  ],
  [
    String.raw`/(?:^|,)\s*(bearer|basic)(?:\s+|$)((?:\s*,?\s*[\w-]+\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s",]+))*)/gi`,
    'of 4,096 characters of a header, and nothing behind the repetition can fail',
  ],
  [
    String.raw`/(?<![\w-])([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))/g`,
    'begins only where a name begins, in 4,096 characters',
  ],
  [String.raw`/(?<=.)@.*/`, 'nothing behind the repetition can fail'],
  ['/^("""|["\'`])(.*?)\\1/s', 'from the start, to the first mark of its kind'],
  [
    String.raw`/\s+|#[^\n]*|([;{}])|"((?:[^"\\]|\\.)*)"(?=[\s;{)]|$)|'((?:[^'\\]|\\.)*)'(?=[\s;{)]|$)|((?:\$\{|\\.|[^\s;{}"'#])(?:\$\{|\\.|[^\s;{])*)|./gsy`,
    'at one place; what is no word in quotes is passed by up to the next quote',
  ],
  [
    String.raw`/(?:^|\/)(?:mime\.types|(?:fastcgi|uwsgi|scgi|proxy)_params|fastcgi\.conf|koi-utf|koi-win|win-utf|modules(?:-enabled)?\/[^/]*\.conf)$/`,
    'no slash is passed over twice',
  ],
  [
    String.raw`/(?<!\$)\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g`,
    'begins only at a dollar, which no name holds',
  ],
  [
    String.raw`/^(backend-protocol|backend-protocol-version|listen-ports|healthcheck-port|actions\..+)$/`,
    'from the start, and nothing behind the repetition can fail',
  ],
  [
    String.raw`/(?:(?:[\w./$]|-(?=\w))[^\s:]*|<<) *:(?=[ \r\n]|$)/y`,
    'at one place, and a blank or a colon ends what may be repeated before it',
  ],
  [String.raw`/&[\w-]+(?=[ \r\n]|$)/y`, 'at one place, and what may follow is no letter of a name'],
  [String.raw`/\*[\w-]+(?=[ \r\n,\]}]|$)/y`, 'at one place, and what may follow is no letter of a name'],
  [String.raw`/ *:(?=[ \r\n]|$)/y`, 'at one place, and the colon ends the blanks'],
  [
    '/(?:[^\\s#&*!|>\'"%@`,[\\]{}?:-]|-(?=\\S))[^\\s:#]*(?:(?: +[^\\s:#]|:+[^\\s:]|#)[^\\s:#]*)*/y',
    'at one place, each character has one way, and nothing behind the repetition can fail',
  ],
  [
    String.raw`/(?:[\w./$~+;^(]|-(?=[\w./-]))[^\s:#,[\]{}]*(?:(?: +[^\s:#,[\]{}]|:+[^\s:#,[\]{}])[^\s:#,[\]{}]*)*/y`,
    'at one place, each character has one way, and nothing behind the repetition can fail',
  ],
]);

const root = new URL('.', import.meta.url);
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.ts$/.test(file) && !/\.(?:test|d)\.ts$|testing/.test(file),
);

/** A literal stands where a value can: behind a bracket, a sign or a line's start. */
const LITERAL =
  /(?<=(?:^|[=(,:!&|?[{;\n]|=>|return)\s*)\/((?:[^\\/[\n*]|\\.|\[(?:[^\]\\\n]|\\.)*\])(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])*)\/([dgimsuvy]*)/gm;

const patternsIn = (text: string): { readonly source: string; readonly flags: string }[] =>
  [
    ...text
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/^\s*\/\/.*$/gm, '')
      .matchAll(LITERAL),
  ].map(([, source = '', flags = '']) => ({ source, flags }));

/** Without a repetition that has no end, the time has one. */
const repeats = (source: string): boolean => /[*+]|\{\d+,\}/.test(source);

const all = new Map(
  files.flatMap((file) =>
    patternsIn(readFileSync(new URL(file, root), 'utf8'))
      .filter(({ source }) => repeats(source))
      .map((pattern) => [`/${pattern.source}/${pattern.flags}`, { file, ...pattern }] as const),
  ),
);

const verdictOn = (source: string, flags: string): string => {
  const { status, ...rest } = checkSync(source, flags, { checker: 'automaton', timeout: null });
  return status === 'safe' ? status : `${status}: ${JSON.stringify(rest).slice(0, 300)}`;
};

test.each([...all].filter(([shown]) => !READ_BY_HAND.has(shown)))(
  '%s takes no longer than its text',
  (_, { source, flags }) => {
    expect(verdictOn(source, flags)).toBe('safe');
  },
);

test('what was read by hand is still there', () => {
  const there: ReadonlySet<string> = new Set(all.keys());
  expect([...READ_BY_HAND.keys()].filter((shown) => !there.has(shown))).toEqual([]);
});

test.each(['[\\r\\n]+$', '^-[a-z]*c[a-z]*$', '\\$\\{[^}]*\\}', '^#\\s*([a-z]+)\\s*=\\s*(.+?)\\s*$'])(
  '/%s/ is seen',
  (source) => {
    expect(verdictOn(source, '')).toMatch(/^vulnerable/);
  },
);

test('patterns are found where they stand', () => {
  expect(all.size).toBeGreaterThan(150);
});

/** What is put together while the program runs, as it stands in the source, and why no text makes it slow. */
const PUT_TOGETHER: ReadonlyMap<string, string> = new Map([
  ['pattern', 'of CRDs, on 2,048 characters at most'],
  ['`^(?:${text})$`', 'on the name of a port, with three repetitions at most'],
  ["`${OPENER.source}|@(?<=:[ \\\\t]+@)[A-Z][A-Z0-9_]*@`, 'g'", 'looks back from its sign alone'],
  ["OPENER.source, 'y'", 'a literal above, at one place'],
  ["String.raw`kind:[ \\t]+([A-Za-z][A-Za-z0-9]*)${REST}`, 'y'", 'at one place, a run of blanks once'],
  [
    "String.raw`apiVersion:[ \\t]+([A-Za-z][A-Za-z0-9./-]*)${REST}`, 'y'",
    'at one place, a run of blanks once',
  ],
  ['regex, flags', 'of facts/log-lines.yaml, below; on 2,000 characters of a line'],
  ['unless, flags', 'of facts/log-lines.yaml, below; on 2,000 characters of a line'],
  ['more, `${flags}g`', 'of facts/log-lines.yaml, below; on 2,000 characters of a line'],
  ["`^[^\\\\S\\\\n]*${heredoc}(?!\\\\S)`, 'gm'", 'from the start of a line; a heredoc is a word'],
  ['`\\\\brabbitmq_${name}\\\\b`', 'repeats nothing'],
  ["`^${dot}${first}${middle}${last === undefined ? '' : `.*${last}`}$`, 'su'", 'finds each piece once'],
  ["`(?<![\\\\w.-])(?:${escaped.join('|')})(?::(\\\\d{1,5}))?(?![\\\\w.-])`, 'g'", 'repeats nothing'],
  ["`(?<![\\\\d.])${port}(?![\\\\d.])`, 'g'", 'repeats nothing'],
]);

test('what is put together was read by hand', () => {
  const found = files.flatMap((file) =>
    readFileSync(new URL(file, root), 'utf8')
      .split('new RegExp(')
      .slice(1)
      .map((rest) => rest.slice(0, rest.search(/\)(?:[;,.]|$| :|\);)/m))),
  );
  expect(new Set(found)).toEqual(new Set(PUT_TOGETHER.keys()));
});

describe('patterns of schemas', () => {
  const folder = new URL('../schema/', root);
  const patternsOf = (value: unknown): string[] =>
    typeof value !== 'object' || value === null
      ? []
      : Object.entries(value).flatMap(([key, below]) =>
          key === 'pattern' && typeof below === 'string' ? [below] : patternsOf(below),
        );
  const patterns = new Set(
    readdirSync(folder).flatMap((name) =>
      patternsOf(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))),
    ),
  );

  test.each([...patterns].filter(repeats))('/%s/ takes no longer than its text', (source) => {
    expect(verdictOn(source, 'u')).toBe('safe');
  });
});

/** They are tried on lines of 2,000 characters at most: a square of it is nothing, and what is worse is seen here. */
describe('patterns of log lines', () => {
  const table = load(readFileSync(new URL('../facts/log-lines.yaml', root), 'utf8')) as Record<
    string,
    string
  >[];
  const patterns = table.flatMap(({ regex, unless, more }) =>
    [regex, unless, more].filter((one) => one !== undefined),
  );
  const REPEATED_AGAIN = /\((?:[^()\\]|\\.)*(?:[*+]|\{\d+,\})(?:[^()\\]|\\.)*\)(?:[*+]|\{\d+,\})/;
  const LOOKS_BACK_FAR = /\(\?<[=!](?:[^()\\]|\\.)*(?:[*+]|\{\d+,\})(?![^[]*\])/;
  /** Whatever may come, without an end and from anywhere: begun anew at each place, it takes the square. */
  const isWide = (source: string): boolean =>
    !source.startsWith('^') &&
    (/\[\^\\n\][*+]/.test(source) || /\.[*+]/.test(source.replace(/\\.|\[(?:[^\]\\]|\\.)*\]/g, 'x')));

  test.each([...new Set(patterns)].filter(repeats))('%s', (source) => {
    // A comma ends each round of the one that is repeated.
    expect(source.replace(String.raw`(?:unix:[^,\s]+,)*`, '')).not.toMatch(REPEATED_AGAIN);
    expect(source).not.toMatch(LOOKS_BACK_FAR);
    expect(isWide(source)).toBe(false);
  });

  test('what grows faster is seen', () => {
    expect(String.raw`at (?:\w+\s*)+:`).toMatch(REPEATED_AGAIN);
    expect(String.raw`(?<=[\r\n][ \t]*)x`).toMatch(LOOKS_BACK_FAR);
    expect(isWide('Kibana.*http server')).toBe(true);
    expect(isWide(String.raw`lost [^\n]*x`)).toBe(true);
  });
});
