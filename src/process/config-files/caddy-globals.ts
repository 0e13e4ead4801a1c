import { leftOut } from '../listeners/grounds/file-words.ts';
import type { CaddyDirective } from './caddy-tree.ts';
import type { ConfigFile } from './config-file.ts';
import { type Sockets, type Stretch, topOf } from './sockets.ts';

/** Options that move no port. */
const HARMLESS: ReadonlySet<string> = new Set([
  'acme_ca',
  'acme_ca_root',
  'acme_dns',
  'acme_eab',
  'cert_issuer',
  'cert_lifetime',
  'debug',
  'default_sni',
  'dns',
  'ech',
  'email',
  'events',
  'fallback_sni',
  'filesystem',
  'grace_period',
  'key_type',
  'local_certs',
  'log',
  'metrics',
  'ocsp_interval',
  'ocsp_stapling',
  'on_demand_tls',
  'order',
  'persist_config',
  'pki',
  'preferred_chains',
  'renew_interval',
  'renewal_window_ratio',
  'shutdown_delay',
  'skip_install_trust',
  'storage',
  'storage_check',
  'storage_clean_interval',
]);

const DEFAULT_ADMIN = 'localhost:2019';

/** The global options that say something of sockets. */
export class CaddyGlobals {
  httpPort = '80';
  httpsPort = '443';
  /** Sites with TLS are redirected to from the port of HTTP. */
  redirects = true;
  /** A site with a host name gets a certificate by itself. */
  automatic = true;
  http3 = true;
  defaultBind: readonly string[] = [];
  readonly #sockets: Sockets;
  readonly #fill: (text: string) => string;
  #admin: { readonly file: ConfigFile; readonly at: Stretch; readonly address: string } | undefined;

  constructor(sockets: Sockets, fill: (text: string) => string) {
    this.#sockets = sockets;
    this.#fill = fill;
  }

  read(file: ConfigFile, { words, block = [] }: CaddyDirective): void {
    const [name = '', ...values] = words.map(({ text }) => this.#fill(text));
    const [first = ''] = values;
    const at = { start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0 };
    if (name === 'http_port') this.httpPort = first;
    else if (name === 'https_port') this.httpsPort = first;
    else if (name === 'auto_https') {
      this.automatic = !values.includes('off');
      this.redirects = !values.some((value) => value === 'off' || value === 'disable_redirects');
    } else if (name === 'default_bind') this.defaultBind = values;
    else if (name === 'admin') this.#admin = { file, at, address: first };
    else if (name === 'servers') this.#servers(block);
    else if (!HARMLESS.has(name)) this.#sockets.doubtAbout(file, at, 'unknown');
  }

  /** `protocols h1 h2` turns HTTP/3 off, and with it UDP. */
  #servers(block: readonly CaddyDirective[]): void {
    const protocols = block.find(({ words }) => words[0]?.text === 'protocols');
    if (protocols) this.http3 = protocols.words.some(({ text }) => text === 'h3');
  }

  openAdmin(main: ConfigFile): void {
    const { file, at, address } = this.#admin ?? { file: main, at: topOf(main), address: '' };
    if (address === 'off' || /^(?:unix|fd)\//.test(address)) return;
    const said = this.#admin ? {} : { said: leftOut('admin option') };
    this.#sockets.openAddress(
      file,
      at,
      address === '' ? DEFAULT_ADMIN : address.replace(/^tcp[46]?\//, ''),
      said,
    );
  }
}
