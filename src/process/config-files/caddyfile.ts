import { folderOf } from '../../text/slashes.ts';
import { CaddyGlobals } from './caddy-globals.ts';
import { type CaddyDirective, type CaddyWord, readCaddyfile } from './caddy-tree.ts';
import type { ConfigFile, ConfigReader, ConfigSurroundings } from './config-file.ts';
import { filesNamed, isPattern, MOST_INCLUDES, resolvePath } from './included.ts';
import { bindOf, readWithout, Sockets } from './sockets.ts';
import { fillVariable, UNKNOWN_VALUE } from './variables.ts';

/** A directive with the file it stands in. */
interface Placed {
  readonly file: ConfigFile;
  readonly directive: CaddyDirective;
}

interface Site {
  readonly file: ConfigFile;
  readonly addresses: readonly CaddyWord[];
  readonly body: readonly Placed[];
}

/** The sites and global options of a Caddyfile, as caddyconfig/httpcaddyfile makes listeners of them. */
export const readCaddyFiles: ConfigReader = (files, main, around) => {
  if (!main) return readWithout(files, 'Caddy');
  const sockets = new Sockets();
  if (main.path.endsWith('.json')) sockets.doubtFile(main, 'json');
  else new CaddyReading(files, sockets, around).read(main);
  return sockets.reading();
};

/** More than any site is made of, however often they are counted. */
const MOST_IMPORTED = 20_000;

class CaddyReading {
  readonly #files: readonly ConfigFile[];
  readonly #sockets: Sockets;
  readonly #around: ConfigSurroundings | undefined;
  readonly #snippets = new Map<string, readonly Placed[]>();
  readonly #globals: CaddyGlobals;
  #imports = 0;
  /** How many directives were imported. */
  #directives = 0;

  constructor(files: readonly ConfigFile[], sockets: Sockets, around: ConfigSurroundings | undefined) {
    this.#files = files;
    this.#sockets = sockets;
    this.#around = around;
    this.#globals = new CaddyGlobals(sockets, (word) => this.#fill(word));
  }

  read(main: ConfigFile): void {
    const sites = this.#sitesOf(this.#directivesOf(main));
    this.#globals.openAdmin(main);
    for (const site of sites) this.#openSite(site);
  }

  #directivesOf(file: ConfigFile): readonly Placed[] {
    const { directives, whole } = readCaddyfile(file.text.value);
    if (!whole) this.#sockets.doubtFile(file, 'not-to-its-end');
    return directives.map((directive) => ({ file, directive }));
  }

  #sitesOf(top: readonly Placed[]): readonly Site[] {
    const sites: Site[] = [];
    for (const [index, { file, directive }] of top.entries()) {
      const { words, block } = directive;
      const first = words[0]?.text ?? '';
      const inside = block?.map((one) => ({ file, directive: one })) ?? [];
      if (words.length === 0)
        for (const { directive: option } of this.#expand(inside)) this.#globals.read(file, option);
      else if (first.startsWith('(') && block) this.#snippets.set(first.slice(1, -1), inside);
      else if (first.startsWith('&(') && block) continue;
      else if (first === 'import' && !block)
        for (const site of this.#sitesOf(this.#imported(file, words))) sites.push(site);
      else if (block) sites.push({ file, addresses: words, body: this.#expand(inside) });
      else {
        // One site needs no braces: all that follows is its own.
        sites.push({ file, addresses: words, body: this.#expand(top.slice(index + 1)) });
        break;
      }
    }
    return sites;
  }

  /** Puts what is imported in its place. */
  #expand(directives: readonly Placed[]): readonly Placed[] {
    return directives.flatMap((placed) => {
      const { words } = placed.directive;
      if (words[0]?.text !== 'import') return [placed];
      return this.#expand(this.#imported(placed.file, words));
    });
  }

  #imported(file: ConfigFile, words: readonly CaddyWord[]): readonly Placed[] {
    const imported = this.#imports > MOST_INCLUDES ? [] : this.#find(file, words);
    this.#imports++;
    this.#directives += imported.length;
    // A large snippet that is imported often is as much to read as the product of both.
    if (this.#imports <= MOST_INCLUDES && this.#directives <= MOST_IMPORTED) return imported;
    this.#sockets.doubtFile(file, 'imports-too-much');
    return [];
  }

  #find(file: ConfigFile, words: readonly CaddyWord[]): readonly Placed[] {
    const name = words[1] ? this.#fill(words[1].text) : '';
    const snippet = this.#snippets.get(name);
    if (snippet) return snippet;
    const path = resolvePath(folderOf(file.path), name);
    const found = filesNamed(this.#files, path);
    const covered = isPattern(path) && this.#around?.covers(folderOf(path));
    if (!covered && (found.length === 0 || isPattern(path))) {
      const at = { start: words[0]!.start, end: words.at(-1)!.end };
      this.#sockets.doubtAbout(file, at, 'may-name-absent-files');
    }
    return found.flatMap((one) => this.#directivesOf(one));
  }

  #openSite({ file, addresses, body }: Site): void {
    const binds = body.filter(({ directive: { words } }) => words[0]?.text === 'bind');
    const hosts = binds.flatMap(({ directive: { words } }) =>
      words.slice(1).map(({ text }) => this.#fill(text)),
    );
    const bound = binds.length > 0 ? hosts : this.#globals.defaultBind;
    const certified = body.some(({ directive: { words } }) => words[0]?.text === 'tls');
    for (const word of addresses) this.#openAddress(file, word, bound, certified);
  }

  #openAddress(file: ConfigFile, word: CaddyWord, hosts: readonly string[], certified: boolean): void {
    const address = this.#fill(word.text).replace(/,$/, '');
    const at = { start: word.start, end: word.end - (word.text.endsWith(',') ? 1 : 0) };
    if (address === '') return;
    const [, scheme = '', host = '', written] =
      /^(?:([a-z]+):\/\/)?(\[[^\]]*\]|[^:/]*)(?::([^/]*))?(?:\/.*)?$/s.exec(address) ?? [];
    const { httpPort, httpsPort, automatic, redirects, http3 } = this.#globals;
    const port = written ?? (scheme === 'http' ? httpPort : httpsPort);
    const tls =
      scheme !== 'http' && port !== httpPort && (host !== '' || scheme !== '' || port === httpsPort);
    const encrypts = scheme !== 'http' && (certified || (tls && automatic));
    for (const one of hosts.length > 0 ? hosts : ['']) {
      // `tcp4/0.0.0.0` names the network too; Unix sockets and inherited ones are no ports.
      const [, network = '', name = ''] = /^(?:([a-z]+[46]?)\/)?(.*)$/s.exec(one) ?? [];
      if (/^(?:unix|fd|unixgram|fdgram)/.test(network)) continue;
      const bind = name === '' || bindOf(name) !== undefined ? name : UNKNOWN_NAME;
      this.#sockets.open(file, at, bind, port, {
        speaks: encrypts ? 'HTTPS' : tls ? 'unknown' : 'HTTP',
      });
      if (tls && redirects) this.#sockets.open(file, at, bind, httpPort, { speaks: 'HTTP' });
      if (tls && http3) this.#sockets.open(file, at, bind, port, { protocol: 'UDP' });
    }
  }

  /** `{$NAME:default}` is replaced before anything is read; other placeholders are known at run time. */
  #fill(text: string): string {
    return text
      .replace(/\{\$(\w+)(?::([^{}]*))?\}/g, (_, name: string, preset?: string) =>
        fillVariable(this.#around, name, preset ?? ''),
      )
      .replace(/\{[^{}]*\}/g, UNKNOWN_VALUE);
  }
}

/** An address that is neither every address nor loopback. */
const UNKNOWN_NAME = '?';
