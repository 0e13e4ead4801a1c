import { isBefore } from '../../knowledge/settle.ts';
import { leftOut } from '../listeners/grounds/file-words.ts';
import type { ConfigFile, ConfigReader } from './config-file.ts';
import { filesNamed } from './included.ts';
import { type Line, linesOf } from './lines.ts';
import { readWithout, Sockets, topOf } from './sockets.ts';

/** What one listener says. */
interface Listener {
  readonly file: ConfigFile;
  line: Line;
  port: string;
  host: string;
  family: string | undefined;
}

const PORT = '1883';

/** Settings of a listener that open the default listener when they stand before any other (config__read in conf.c). */
const OPENS_DEFAULT: ReadonlySet<string> = new Set([
  'max_connections',
  'mount_point',
  'protocol',
  'http_dir',
  'cafile',
  'capath',
  'certfile',
  'keyfile',
  'crlfile',
  'ciphers',
  'ciphers_tls1.3',
  'dhparamfile',
  'psk_hint',
  'tls_engine',
  'tls_version',
  'use_identity_as_username',
  'use_subject_as_username',
  'use_username_as_clientid',
]);

/** mosquitto.conf(5). Comments stand on lines of their own, and the rest of a line is the value. */
export const readMosquittoFiles: ConfigReader = (files, main, around) => {
  if (!main) return readWithout(files, 'Mosquitto');
  const sockets = new Sockets();
  const listeners = new Listeners(files, main, sockets, (directory) => around?.covers(directory) ?? false);
  listeners.read();
  for (const { file, line, port, host, family } of listeners.all()) {
    const unix = port === '0';
    const hosts = family === 'ipv6' && host === '' ? '::' : host;
    if (!unix) sockets.open(file, line, hosts, port);
  }
  if (listeners.all().length === 0) {
    // Since 2.0 only the Pod itself reaches a broker that was told nothing (listeners__start_local_only).
    const bind = around?.tag !== undefined && isBefore(around.tag, '2') ? 'all' : 'loopback';
    sockets.add(main, topOf(main), Number(PORT), bind, { said: leftOut('listener') });
  }
  return sockets.reading();
};

class Listeners {
  readonly #files: readonly ConfigFile[];
  readonly #sockets: Sockets;
  readonly #covers: (directory: string) => boolean;
  readonly #named: Listener[] = [];
  readonly #open = new Set<ConfigFile>();
  #default: Listener | undefined;
  /** True below `connection`: what follows is said of a bridge, which only dials. */
  #bridge = false;

  readonly #directories = new Set<string>();
  readonly #main: ConfigFile;

  constructor(
    files: readonly ConfigFile[],
    main: ConfigFile,
    sockets: Sockets,
    covers: (directory: string) => boolean,
  ) {
    this.#files = files;
    this.#main = main;
    this.#sockets = sockets;
    this.#covers = covers;
  }

  all(): readonly Listener[] {
    return this.#default ? [this.#default, ...this.#named] : this.#named;
  }

  read(file: ConfigFile = this.#main): void {
    if (this.#open.has(file)) return;
    this.#open.add(file);
    for (const line of linesOf(file, '#')) {
      const [name = '', ...words] = line.text.split(/\s+/);
      this.#directive(file, line, name, words);
    }
  }

  #directive(file: ConfigFile, line: Line, name: string, words: readonly string[]): void {
    const [first = '', second = ''] = words;
    if (name === 'listener') {
      this.#bridge = false;
      this.#named.push({
        file,
        line,
        port: first,
        host: second.startsWith('#') ? '' : second,
        family: undefined,
      });
    } else if (name === 'connection') this.#bridge = true;
    else if (name === 'include_dir') this.#include(file, line, words.join(' '));
    else if (name === 'port') {
      const listener = this.#openDefault(file, line);
      listener.line = line;
      listener.port = first;
    } else if (name === 'bind_address' && !this.#bridge) this.#openDefault(file, line).host = first;
    else if (name === 'socket_domain') this.#current(file, line).family = first;
    else if (name === 'bind_interface') {
      this.#current(file, line);
      this.#sockets.doubtAbout(file, line, 'binds-interface');
    } else if (OPENS_DEFAULT.has(name) && this.#named.length === 0 && !this.#bridge) {
      this.#openDefault(file, line);
    }
  }

  #current(file: ConfigFile, line: Line): Listener {
    return this.#named.at(-1) ?? this.#openDefault(file, line);
  }

  #openDefault(file: ConfigFile, line: Line): Listener {
    this.#default ??= { file, line, port: PORT, host: '', family: undefined };
    return this.#default;
  }

  /** Only what the main file includes is read (`level == 0` in config__read_file_core), a directory once. */
  #include(file: ConfigFile, line: Line, directory: string): void {
    const path = directory.replace(/\/$/, '');
    if (file !== this.#main || this.#directories.has(path)) return;
    this.#directories.add(path);
    for (const one of filesNamed(this.#files, `${path}/*.conf`)) this.read(one);
    if (!this.#covers(path)) {
      this.#sockets.doubtAbout(file, line, 'may-name-absent-files');
    }
  }
}
