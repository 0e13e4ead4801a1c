import { folderOf } from '../../text/slashes.ts';
import { bindOfHost } from '../listeners/bind-address.ts';
import { leftOut } from '../listeners/grounds/file-words.ts';
import type { ConfigFile, ConfigReader } from './config-file.ts';
import { filesNamed, MOST_INCLUDES, resolvePath } from './included.ts';
import { type Line, linesOf } from './lines.ts';
import { readWithout, Sockets, topOf } from './sockets.ts';

/** Where a directive stands, with its arguments. */
interface Directive {
  readonly file: ConfigFile;
  readonly line: Line;
  readonly words: readonly string[];
}

const PORT = 6379;
const SENTINEL_PORT = 26379;
/** From the port for clients to that of the cluster bus. */
const BUS = 10_000;

/** Directives of which the last one counts (loadServerConfigFromString in config.c). */
const SINGLE: ReadonlySet<string> = new Set([
  'port',
  'tls-port',
  'bind',
  'cluster-enabled',
  'cluster-port',
  'tls-cluster',
  'sentinel',
]);

/** redis.conf and sentinel.conf of Redis and Valkey. */
export const readRedisFiles: ConfigReader = (files, main) => {
  if (!main) return readWithout(files, 'Redis');
  const sockets = new Sockets();
  const last = new Map<string, Directive>();
  gather(main, { files, sockets, last, includes: 0 }, []);

  const bind = bindsOf(last.get('bind'), sockets);
  const port = last.get('port');
  const tls = last.get('tls-port');
  const open = (directive: Directive | undefined, text: string): void => {
    const { file, line: at } = directive ?? last.get('bind') ?? { file: main, line: topOf(main) };
    const said = directive ? {} : { said: leftOut('port directive') };
    for (const host of bind) sockets.open(file, at, host, text, said);
  };
  const plain = port?.words[0] ?? String(last.has('sentinel') ? SENTINEL_PORT : PORT);
  // 0 closes.
  if (plain !== '0') open(port, plain);
  const encrypted = tls?.words[0] ?? '0';
  if (encrypted !== '0') open(tls, encrypted);

  const cluster = last.get('cluster-enabled');
  if (cluster?.words[0]?.toLowerCase() === 'yes') {
    const bus = last.get('cluster-port');
    const viaTls = last.get('tls-cluster')?.words[0]?.toLowerCase() === 'yes';
    const base = Number(viaTls ? encrypted : plain);
    if (bus && bus.words[0] !== '0') open(bus, bus.words[0] ?? '');
    else if (base > 0) open(cluster, String(base + BUS));
  }
  return sockets.reading();
};

/** The hosts of `bind`, one for each kind of reach; an empty one is every address. */
function bindsOf(directive: Directive | undefined, sockets: Sockets): readonly string[] {
  if (!directive) return [''];
  // A minus lets an address be missing on the machine.
  const hosts = directive.words
    .map((word) => word.replace(/^-/, '').replace('::*', '::'))
    .filter((word) => word !== '');
  const known = hosts.filter((host) => bindOfHost(host) !== undefined);
  if (known.length < hosts.length) {
    sockets.doubtAbout(directive.file, directive.line, 'binds-one-or-name');
  }
  return known;
}

interface Gathering {
  readonly files: readonly ConfigFile[];
  readonly sockets: Sockets;
  readonly last: Map<string, Directive>;
  includes: number;
}

function gather(file: ConfigFile, gathering: Gathering, open: readonly ConfigFile[]): void {
  const { files, sockets, last } = gathering;
  for (const line of linesOf(file, '#')) {
    const [name = '', ...words] = wordsOf(line.text);
    const directive = name.toLowerCase();
    if (SINGLE.has(directive)) last.set(directive, { file, line, words });
    if (directive !== 'include') continue;
    if (++gathering.includes > MOST_INCLUDES) {
      sockets.doubtAbout(file, line, 'includes-too-many');
      return;
    }
    const found = filesNamed(files, resolvePath(folderOf(file.path), words[0] ?? ''));
    if (found.length === 0) sockets.doubtAbout(file, line, 'names-absent-file');
    for (const one of found) {
      if (!open.includes(one)) gather(one, gathering, [...open, file, one]);
    }
  }
}

/** Arguments as sdssplitargs takes them apart: quotes around a word, with escapes inside double ones. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double?.replace(/\\(.)/g, '$1') ?? single ?? bare ?? '',
  );
