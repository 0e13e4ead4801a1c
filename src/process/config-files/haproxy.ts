import type { ConfigFile, ConfigReader, ConfigSurroundings } from './config-file.ts';
import { linesOf } from './lines.ts';
import { readWithout, Sockets, type Stretch } from './sockets.ts';
import { fillVariable, UNKNOWN_VALUE } from './variables.ts';

interface Word extends Stretch {
  readonly text: string;
}

interface Section {
  readonly name: string;
  readonly binds: { readonly words: readonly Word[]; readonly keyword: string; readonly at: Stretch }[];
  disabled: boolean;
  /** What it takes connections for: its own `mode`, else that of the `defaults` before it. */
  mode: string;
}

const SECTIONS: ReadonlySet<string> = new Set([
  'global',
  'defaults',
  'frontend',
  'listen',
  'backend',
  'peers',
  'resolvers',
  'mailers',
  'userlist',
  'cache',
  'program',
  'ring',
  'log-forward',
  'log-profile',
  'fcgi-app',
  'http-errors',
  'crt-store',
  'traces',
  'acme',
]);

/** `bind` and `dgram-bind` of every section, and the statistics socket (configuration.txt, 4.2 and 3.1). */
export const readHaproxyFiles: ConfigReader = (files, main, around) => {
  if (!main) return readWithout(files, 'HAProxy');
  const sockets = new Sockets();
  for (const { binds, disabled, mode } of sectionsOf(main, sockets)) {
    for (const { keyword, words, at } of disabled ? [] : binds) {
      bind(main, at, words, { keyword, mode }, sockets, around);
    }
  }
  return sockets.reading();
};

function sectionsOf(file: ConfigFile, sockets: Sockets): readonly Section[] {
  const sections: Section[] = [];
  let usual = 'tcp';
  for (const line of linesOf(file, '#')) {
    const words = wordsOf(line.text, line.start);
    const [keyword = '', second = ''] = words.map(({ text }) => text);
    const at = { start: line.start, end: words.at(-1)?.end ?? line.end };
    const section = sections.at(-1);
    if (SECTIONS.has(keyword)) {
      sections.push({
        name: keyword,
        binds: [],
        disabled: false,
        mode: keyword === 'defaults' ? 'tcp' : usual,
      });
      if (keyword === 'defaults') usual = 'tcp';
    } else if (keyword === 'mode' && section) {
      section.mode = second;
      if (section.name === 'defaults') usual = second;
    } else if (/^\.(?:if|elif|else)$/.test(keyword)) {
      sockets.doubtAbout(file, at, 'decides-what-counts');
    } else if (keyword === 'bind' || keyword === 'dgram-bind') section?.binds.push({ keyword, words, at });
    else if (keyword === 'stats' && second === 'socket')
      section?.binds.push({ keyword, words: words.slice(1), at });
    else if (keyword === 'disabled' && section?.name === 'defaults') {
      sockets.doubtAbout(file, at, 'closes-below');
    } else if (keyword === 'disabled' && section) section.disabled = true;
    else if (keyword === 'peer' && section?.name === 'peers') {
      sockets.doubtAbout(file, at, 'peer-of-itself');
    }
  }
  return sections;
}

/** Addresses with ports, comma-separated: `:80,127.0.0.1:8000-8002`. */
function bind(
  file: ConfigFile,
  at: Stretch,
  [, addresses, ...options]: readonly Word[],
  { keyword, mode }: { readonly keyword: string; readonly mode: string },
  sockets: Sockets,
  around: ConfigSurroundings | undefined,
): void {
  if (options.some(({ text }) => text === 'interface' || text === 'namespace')) {
    sockets.doubtAbout(file, at, 'binds-interface-or-namespace');
    return;
  }
  for (const address of fill(addresses?.text ?? '', around).split(',')) {
    const [, family = '', rest = ''] = /^(?:([a-z]+[46]?)@)?(.*)$/s.exec(address) ?? [];
    // What is no address of the network: unix, abns, fd, sockpair, rhttp.
    if (rest.startsWith('/') || /^(?:unix|abnsz?|fd|sockpair|rhttp)$/.test(family)) continue;
    const protocol = keyword === 'dgram-bind' || /^(?:udp|quic)/.test(family) ? 'UDP' : 'TCP';
    const [, host = '', ports = ''] = /^(.*):([^:]*)$/s.exec(rest) ?? ['', rest];
    const bound = host === '' && family.endsWith('6') ? '::' : host;
    const says = (word: string): boolean => options.some(({ text }) => text === word);
    // In mode tcp, which is the default, whatever comes is passed on, TLS too; PROXY protocol comes before all.
    const speaks = says('accept-proxy')
      ? 'unknown'
      : says('ssl')
        ? 'HTTPS'
        : mode === 'http'
          ? 'HTTP'
          : 'unknown';
    sockets.openRange(file, at, bound, ports, { protocol, speaks });
  }
}

/** A variable that is not set is empty, or what stands behind `-`. */
const fill = (text: string, around: ConfigSurroundings | undefined): string =>
  text.replace(
    /\$\{(\w+)(?:-([^{}]*)|[^\w{}-][^{}]*)?\}|\$(\w+)/g,
    (whole, braced?: string, preset?: string, bare?: string) =>
      /[[*]/.test(whole) ? UNKNOWN_VALUE : fillVariable(around, braced ?? bare ?? '', preset ?? ''),
  );

/** Words between white space; quotes and `\` as in a shell, `#` begins a comment (configuration.txt, 2.2). */
function wordsOf(line: string, start: number): Word[] {
  const words: Word[] = [];
  for (const { 0: written, index } of line.matchAll(
    /#.*|(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\#]|["'\\])+/g,
  )) {
    if (written.startsWith('#')) break;
    const text = written.replace(
      /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g,
      (_, double?: string, single?: string, escaped?: string) => double ?? single ?? escaped ?? '',
    );
    words.push({ text, start: start + index, end: start + index + written.length });
  }
  return words;
}
