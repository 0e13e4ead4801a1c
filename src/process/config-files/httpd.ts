import { folderOf } from '../../text/slashes.ts';
import type { ConfigFile, ConfigReader, ConfigSurroundings } from './config-file.ts';
import { filesNamed, MOST_INCLUDES, resolvePath } from './included.ts';
import { type Line, linesOf } from './lines.ts';
import { Sockets, type Stretch } from './sockets.ts';
import { fillVariable, UNKNOWN_VALUE } from './variables.ts';

interface Listen extends Stretch {
  readonly file: ConfigFile;
  readonly address: string;
  /** `https` of `Listen 8443 https`. */
  readonly protocol: string | undefined;
  readonly isConditional: boolean;
}

/** httpd.conf and what it includes: `Listen`, and `SSLEngine on` in the server or a virtual host of that port. */
export const readHttpdFiles: ConfigReader = (files, main, around) => {
  const sockets = new Sockets();
  if (main) new HttpdReading(files, sockets, around).read(main);
  return sockets.reading();
};

class HttpdReading {
  readonly #files: readonly ConfigFile[];
  readonly #sockets: Sockets;
  readonly #around: ConfigSurroundings | undefined;
  readonly #listens: Listen[] = [];
  readonly #defined = new Map<string, string>();
  /** Ports of virtual hosts with and without TLS; `*` is the server itself. */
  readonly #secure = new Set<string>();
  readonly #plain = new Set<string>();
  #root = '/usr/local/apache2';
  #includes = 0;

  constructor(files: readonly ConfigFile[], sockets: Sockets, around: ConfigSurroundings | undefined) {
    this.#files = files;
    this.#sockets = sockets;
    this.#around = around;
  }

  read(main: ConfigFile): void {
    this.#readFile(main);
    for (const listen of this.#listens) this.#open(listen);
  }

  #readFile(file: ConfigFile): void {
    const sections: { readonly name: string; readonly ports: readonly string[] }[] = [];
    for (const line of linesOf(file, '#')) {
      const [directive = '', ...words] = wordsOf(line.text);
      const section = /^<(\/?)(\w+)([^>]*)/.exec(line.text);
      if (section?.[1]) this.#leave(sections.pop());
      else if (section) {
        const ports = /^virtualhost$/i.test(section[2]!)
          ? wordsOf(section[3]!).map((one) => portOf(this.#fill(one)))
          : [];
        sections.push({ name: section[2]!.toLowerCase(), ports });
      } else this.#readDirective(file, line, directive.toLowerCase(), words, sections);
    }
  }

  /** A virtual host that did not switch TLS on speaks plain. */
  #leave(section: { readonly name: string; readonly ports: readonly string[] } | undefined): void {
    for (const port of section?.ports ?? []) if (!this.#secure.has(port)) this.#plain.add(port);
  }

  #readDirective(
    file: ConfigFile,
    line: Line,
    directive: string,
    words: readonly string[],
    sections: readonly { readonly name: string; readonly ports: readonly string[] }[],
  ): void {
    const [first = '', second = ''] = words.map((word) => this.#fill(word));
    const isConditional = sections.some(({ name }) => /^if/.test(name));
    if (directive === 'listen') {
      const protocol = second === '' ? undefined : second.toLowerCase();
      this.#listens.push({ file, start: line.start, end: line.end, address: first, protocol, isConditional });
    } else if (directive === 'sslengine' && /^on$/i.test(first)) {
      const ports = sections.findLast(({ name }) => name === 'virtualhost')?.ports ?? ['*'];
      for (const port of ports) this.#secure.add(port);
    } else if (directive === 'serverroot') this.#root = first;
    else if (directive === 'define') this.#defined.set(first, second);
    else if (directive === 'include' || directive === 'includeoptional') this.#include(file, line, first);
  }

  #include(file: ConfigFile, line: Line, name: string): void {
    if (++this.#includes > MOST_INCLUDES) {
      this.#sockets.doubtFile(file, 'includes-too-much');
      return;
    }
    const path = resolvePath(this.#root, name);
    const found = filesNamed(this.#files, path);
    for (const one of found) this.#readFile(one);
    // What the image brings along there is known where a volume covers it; proxy-html.conf opens nothing.
    if (
      !this.#around?.covers(folderOf(path)) &&
      !path.endsWith('/extra/proxy-html.conf') &&
      found.length === 0
    ) {
      this.#sockets.doubtAbout(file, line, 'may-name-absent-files');
    }
  }

  #open(listen: Listen): void {
    const { file, address, protocol, isConditional } = listen;
    if (isConditional) {
      this.#sockets.doubtAbout(file, listen, 'under-condition');
      return;
    }
    const port = portOf(address);
    const isSecure = ['*', port].some((one) => this.#secure.has(one)) || protocol === 'https';
    const isMixed = isSecure && this.#plain.has(port);
    this.#sockets.open(file, listen, address.slice(0, Math.max(0, address.length - port.length - 1)), port, {
      speaks: isMixed ? 'unknown' : isSecure ? 'HTTPS' : 'HTTP',
    });
  }

  /** `${NAME}` is what `Define` says, else a variable of the environment. */
  #fill(text: string): string {
    return text.replace(/\$\{(\w+)\}/g, (_, name: string) => {
      return this.#defined.get(name) ?? fillVariable(this.#around, name, UNKNOWN_VALUE);
    });
  }
}

const portOf = (address: string): string => address.slice(address.lastIndexOf(':') + 1);

/** Words between white space, with double quotes around some. */
const wordsOf = (line: string): string[] =>
  Array.from(line.matchAll(/"([^"]*)"|[^\s"]+/g), ([whole, quoted]) => quoted ?? whole);
