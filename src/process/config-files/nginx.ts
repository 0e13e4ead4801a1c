import { groupBy } from '../../text/group-by.ts';
import { folderOf } from '../../text/slashes.ts';
import type { Located } from '../../text/source.ts';
import { doubt } from '../listeners/doubts/doubt.ts';
import type { ConfigFile, ConfigReader, ConfigSurroundings } from './config-file.ts';
import { filesNamed, isPattern, MOST_INCLUDES, resolvePath } from './included.ts';
import { type NginxDirective, readNginx } from './nginx-tree.ts';
import { Sockets } from './sockets.ts';
import { fillVariable, UNKNOWN_VALUE } from './variables.ts';

const PREFIX = '/etc/nginx';

/** What the main files of nginx images include: of nginx.org and Debian, of Alpine, of Bitnami. */
const INCLUDED_BY_IMAGES = [
  '/etc/nginx/conf.d/*.conf',
  '/etc/nginx/http.d/*.conf',
  '/etc/nginx/sites-enabled/*',
  '/opt/bitnami/nginx/conf/server_blocks/*.conf',
];

/** Files that come with nginx and hold no `listen`: tables of types and parameters, modules to load. */
const HARMLESS =
  /(?:^|\/)(?:mime\.types|(?:fastcgi|uwsgi|scgi|proxy)_params|fastcgi\.conf|koi-utf|koi-win|win-utf|modules(?:-enabled)?\/[^/]*\.conf)$/;

/** The one file that nginx images have in conf.d; a file of that name replaces it. */
const DEFAULT_SERVER = 'default.conf';

/** Filled in by the entrypoint of the official image (20-envsubst-on-templates.sh). */
const TEMPLATE = /^\/etc\/nginx\/templates\/(.*)\.template$/;

/** Which sockets `listen` opens (ngx_http_core_module, ngx_stream_core_module). */
export const readNginxFiles: ConfigReader = (files, main, around) => {
  const reading = new NginxReading(files, main ? folderOf(main.path) : PREFIX, around);
  if (main) reading.read(main);
  else reading.readIncludedByImage();
  return reading.sockets.reading();
};

class NginxReading {
  readonly sockets: Sockets = new Sockets();
  readonly #files: readonly ConfigFile[];
  readonly #prefix: string;
  readonly #around: ConfigSurroundings | undefined;
  readonly #templates = new Set<ConfigFile>();
  /** Being read: a file that includes itself makes nginx fail. */
  readonly #open = new Set<ConfigFile>();
  /**
   * What each file came to. A text that is mounted in many places, or that many include, says the same each time; in a
   * template names are filled in.
   */
  readonly #known = new Map<ConfigFile | Located<string>, boolean>();
  #includes = 0;

  constructor(files: readonly ConfigFile[], prefix: string, around: ConfigSurroundings | undefined) {
    this.#files = files.map((file) => {
      const [, output] = TEMPLATE.exec(file.path) ?? [];
      if (output === undefined) return file;
      const filled = { ...file, path: `${PREFIX}/conf.d/${output}` };
      this.#templates.add(filled);
      return filled;
    });
    this.#prefix = prefix;
    this.#around = around;
  }

  readIncludedByImage(): void {
    const included = new Set(INCLUDED_BY_IMAGES.flatMap((pattern) => filesNamed(this.#files, pattern)));
    const byFolder = groupBy([...included], ({ path }) => folderOf(path));
    for (const [directory, files] of byFolder) this.#doubtRest(directory, files);
    for (const file of included) this.read(file);
    for (const file of this.#files) {
      if (included.has(file) || !/\blisten\b/.test(file.text.value)) continue;
      this.sockets.doubt(doubt('file-not-included', { from: file.from }));
    }
  }

  /** True when a `listen` stands outside of its blocks. */
  read(file: ConfigFile): boolean {
    if (this.#open.has(file)) return true;
    const key = this.#templates.has(file) ? file : file.text;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#open.add(file);
    const { directives, whole } = readNginx(file.text.value);
    if (!whole) this.sockets.doubtFile(file, 'not-to-its-end');
    const listens = this.#readAll(file, directives);
    this.#open.delete(file);
    this.#known.set(key, listens);
    return listens;
  }

  /** True when one of them is `listen`, or may include one. */
  #readAll(file: ConfigFile, directives: readonly NginxDirective[], context = 'http'): boolean {
    let listens = false;
    const isSecure = directives.some(({ name, words }) => name === 'ssl' && words[0] === 'on');
    for (const directive of directives) {
      if (directive.name === 'listen') {
        this.#listen(file, directive, context, isSecure);
        listens = true;
      } else if (directive.name === 'include') listens = this.#include(file, directive) || listens;
      else if (directive.block) {
        const inside = this.#readAll(
          file,
          directive.block,
          directive.name === 'server' ? context : directive.name,
        );
        if (directive.name === 'server' && !inside) this.#listenByDefault(file, directive);
      }
    }
    return listens;
  }

  #listenByDefault(file: ConfigFile, { start }: NginxDirective): void {
    const at = { start, end: start + 'server'.length };
    this.sockets.add(file, at, 80, 'all', { said: { is: 'part', part: 'server', without: 'listen' } });
    this.sockets.doubt(doubt('server-without-listen', { from: file.from }));
  }

  #listen(file: ConfigFile, directive: NginxDirective, context: string, isSecure: boolean): void {
    const [written = '', ...flags] = directive.words;
    const address = this.#templates.has(file) ? this.#fill(written) : written;
    if (address.startsWith('unix:')) return;
    const protocol = flags.includes('udp') || flags.includes('quic') ? 'UDP' : 'TCP';
    const [, host = '', ports = ''] =
      /^(?:(\[[^\]]*\]|[^:[\]]*):)?(\d+(?:-\d+)?)$/.exec(address) ??
      // An address without a port is on 80.
      (/^(?:\[[^\]]*\]|[^:[\]]+)$/.test(address) ? ['', address, '80'] : ['', '', address]);
    // What a stream carries is its own matter, and PROXY protocol comes before anything else.
    const isPlainHttp = context === 'http' && !flags.includes('proxy_protocol');
    const speaks = !isPlainHttp ? 'unknown' : isSecure || flags.includes('ssl') ? 'HTTPS' : 'HTTP';
    this.sockets.openRange(file, directive, host, ports, { protocol, speaks });
  }

  /** envsubst leaves alone what is not set, and nginx then finds a variable where it takes none. */
  #fill(text: string): string {
    return text.replace(/\$\{(\w+)\}|\$(\w+)/g, (_, braced?: string, bare?: string) =>
      fillVariable(this.#around, braced ?? bare ?? '', UNKNOWN_VALUE),
    );
  }

  #include(file: ConfigFile, directive: NginxDirective): boolean {
    if (++this.#includes > MOST_INCLUDES) {
      this.sockets.doubtFile(file, 'includes-too-much');
      return true;
    }
    const path = resolvePath(this.#prefix, directive.words[0] ?? '');
    const found = filesNamed(this.#files, path);
    const listens = found.map((one) => this.read(one)).includes(true);
    if (HARMLESS.test(path)) return listens;
    const directory = folderOf(path);
    if (isPattern(directory)) {
      this.sockets.doubtAbout(file, directive, 'may-name-absent-files');
      return true;
    }
    if (isPattern(path)) return this.#doubtRest(directory, found, file.secret) || listens;
    if (found.length > 0) return listens;
    this.sockets.doubtAbout(file, directive, 'names-absent-file');
    return true;
  }

  /** What the image has in a directory is known where a volume covers it, or its one file is replaced. */
  #doubtRest(directory: string, found: readonly ConfigFile[], secret = false): boolean {
    if (this.#around?.covers(directory)) return false;
    if (found.some(({ path }) => path === `${directory}/${DEFAULT_SERVER}`)) return false;
    this.sockets.doubt(doubt('directory-of-image', { directory: secret ? undefined : directory }));
    return true;
  }
}
