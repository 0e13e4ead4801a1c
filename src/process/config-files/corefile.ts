import { folderOf } from '../../text/slashes.ts';
import { table } from '../../text/table.ts';
import { type CaddyDirective, type CaddyWord, readCaddyfile } from './caddy-tree.ts';
import type { ConfigFile, ConfigReader, ConfigSpeech, ConfigSurroundings } from './config-file.ts';
import { filesNamed, MOST_INCLUDES, resolvePath } from './included.ts';
import { bindOf, readWithout, Sockets, type Stretch } from './sockets.ts';
import { fillVariable, UNKNOWN_VALUE } from './variables.ts';

interface Transport {
  readonly port: number;
  readonly protocols: readonly ('TCP' | 'UDP')[];
  readonly speaks?: ConfigSpeech;
}

/** What stands before `://` of a zone (plugin/pkg/transport of CoreDNS). */
const TRANSPORTS = table<Transport>({
  dns: { port: 53, protocols: ['TCP', 'UDP'] },
  tls: { port: 853, protocols: ['TCP'], speaks: 'unknown' },
  quic: { port: 853, protocols: ['UDP'], speaks: 'unknown' },
  grpc: { port: 443, protocols: ['TCP'], speaks: 'unknown' },
  https: { port: 443, protocols: ['TCP'], speaks: 'HTTPS' },
  https3: { port: 443, protocols: ['UDP'], speaks: 'unknown' },
});

/** Plugins that open a socket of their own, and where without an argument (README of each). */
const PLUGINS = table<string>({
  prometheus: 'localhost:9153',
  health: ':8080',
  ready: ':8181',
  pprof: 'localhost:6053',
});

/** The server blocks of a Corefile, whose grammar is that of the first Caddyfiles. */
export const readCorefiles: ConfigReader = (files, main, around) => {
  if (!main) return readWithout(files, 'CoreDNS');
  const sockets = new Sockets();
  new CorefileReading(files, sockets, around).read(main);
  return sockets.reading();
};

interface Placed {
  readonly file: ConfigFile;
  readonly directive: CaddyDirective;
}

class CorefileReading {
  readonly #files: readonly ConfigFile[];
  readonly #sockets: Sockets;
  readonly #around: ConfigSurroundings | undefined;
  readonly #snippets = new Map<string, readonly Placed[]>();
  #imports = 0;

  constructor(files: readonly ConfigFile[], sockets: Sockets, around: ConfigSurroundings | undefined) {
    this.#files = files;
    this.#sockets = sockets;
    this.#around = around;
  }

  read(file: ConfigFile): void {
    for (const { file: home, directive } of this.#expand(this.#directivesOf(file))) {
      const { words, block = [] } = directive;
      const name = words[0]?.text ?? '';
      const inside = block.map((one) => ({ file: home, directive: one }));
      if (/^\(.*\)$/.test(name)) this.#snippets.set(name.slice(1, -1), inside);
      else this.#openServer(home, words, this.#expand(inside));
    }
  }

  #directivesOf(file: ConfigFile): readonly Placed[] {
    const { directives, whole } = readCaddyfile(file.text.value);
    if (!whole) this.#sockets.doubtFile(file, 'not-to-its-end');
    return directives.map((directive) => ({ file, directive }));
  }

  /** Puts what is imported in its place: a snippet of the file, or files. */
  *#expand(directives: readonly Placed[]): Generator<Placed> {
    for (const placed of directives) {
      const { file, directive } = placed;
      const [first, name] = directive.words;
      if (first?.text !== 'import' || !name) yield placed;
      else if (++this.#imports <= MOST_INCLUDES) {
        yield* this.#expand(this.#snippets.get(name.text) ?? this.#filesOf(file, name));
      } else this.#sockets.doubtFile(file, 'imports-too-much');
    }
  }

  #filesOf(file: ConfigFile, name: CaddyWord): readonly Placed[] {
    const path = resolvePath(folderOf(file.path), this.#fill(name.text));
    if (!this.#around?.covers(folderOf(path))) {
      this.#sockets.doubtAbout(file, name, 'may-name-absent-files');
    }
    return filesNamed(this.#files, path).flatMap((one) => this.#directivesOf(one));
  }

  #openServer(file: ConfigFile, zones: readonly CaddyWord[], body: Iterable<Placed>): void {
    const plugins = [...body];
    const binds = plugins.filter(({ directive: { words } }) => words[0]?.text === 'bind');
    const hosts = binds.flatMap(({ directive: { words } }) =>
      words.slice(1).map(({ text }) => this.#fill(text)),
    );
    for (const zone of zones) {
      for (const host of hosts.length > 0 ? hosts : ['']) this.#openZone(file, zone, host);
    }
    for (const { file: home, directive } of plugins) {
      const [plugin, argument] = directive.words;
      const usual = PLUGINS[plugin?.text ?? ''];
      if (!plugin || usual === undefined) continue;
      const at = { start: plugin.start, end: (argument ?? plugin).end };
      this.#sockets.openAddress(home, at, argument ? this.#fill(argument.text) : usual, { speaks: 'HTTP' });
    }
  }

  #openZone(file: ConfigFile, word: CaddyWord, host: string): void {
    const zone = this.#fill(word.text).replace(/,$/, '');
    if (zone === '') return;
    const at: Stretch = { start: word.start, end: word.end - (word.text.endsWith(',') ? 1 : 0) };
    const [, scheme = 'dns', rest = ''] = /^(?:([a-z0-9]+):\/\/)?(.*)$/s.exec(zone) ?? [];
    const transport = TRANSPORTS[scheme];
    if (!transport) {
      this.#sockets.doubtAbout(file, at, 'unknown-transport');
      return;
    }
    const port = /:([^:/\]]*)$/.exec(rest)?.[1] ?? String(transport.port);
    // A name is that of an interface.
    const bound = bindOf(host) === undefined ? '?' : host;
    for (const protocol of transport.protocols) {
      this.#sockets.open(file, at, bound, port, { protocol, speaks: transport.speaks });
    }
  }

  /** `{$NAME}` and `{%NAME%}`, with a default behind a colon, are replaced before anything is read. */
  #fill(text: string): string {
    return text.replace(
      /\{\$(\w+)(?::([^{}]*))?\}|\{%(\w+)%\}/g,
      (_, name?: string, preset?: string, old?: string) =>
        fillVariable(this.#around, name ?? old ?? '', preset ?? (name ? '' : UNKNOWN_VALUE)),
    );
  }
}
