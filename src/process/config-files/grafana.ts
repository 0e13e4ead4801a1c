import { bindOfHost } from '../listeners/bind-address.ts';
import { leftOut } from '../listeners/grounds/file-words.ts';
import type { ConfigFile, ConfigReader, ConfigSpeech, ConfigSurroundings } from './config-file.ts';
import { linesOf } from './lines.ts';
import { Sockets, type Stretch, topOf } from './sockets.ts';
import { fillVariable, UNKNOWN_VALUE } from './variables.ts';

interface Setting {
  readonly value: string;
  readonly at: Stretch;
}

const DEFAULT_PORT = '3000';
/** Gossip of alert managers, once they know of one another. */
const DEFAULT_HA_ADDRESS = '0.0.0.0:9094';

/** grafana.ini, which is laid over conf/defaults.ini of the image. Without it the image's own settings stay. */
export const readGrafanaFiles: ConfigReader = (_, main, around) => {
  const sockets = new Sockets();
  if (!main) return sockets.reading();
  const settings = settingsOf(main, around);
  const value = (key: string): string | undefined => settings.get(key)?.value;

  const [port, host] = [settings.get('server.http_port'), settings.get('server.http_addr')];
  const protocol = value('server.protocol') ?? 'http';
  if (protocol.includes(UNKNOWN_VALUE)) {
    sockets.doubtAbout(main, settings.get('server.protocol')!.at, 'value-outside');
  } else if (!/^socket/.test(protocol)) {
    const loopback = bindOfHost(host?.value ?? '') === 'loopback';
    const at = (loopback ? host : undefined) ?? port ?? host;
    const said = port || host ? {} : { said: leftOut('http_port') };
    sockets.open(main, at?.at ?? topOf(main), host?.value ?? '', port?.value || DEFAULT_PORT, {
      ...said,
      speaks: speechOf(protocol),
    });
  }
  const peers = settings.get('unified_alerting.ha_peers');
  if (peers && peers.value !== '') {
    const address = settings.get('unified_alerting.ha_listen_address') ?? {
      ...peers,
      value: DEFAULT_HA_ADDRESS,
    };
    for (const transport of ['TCP', 'UDP'] as const) {
      sockets.openAddress(main, address.at, address.value, { protocol: transport });
    }
  }
  // Off unless they are asked for, and on loopback then.
  for (const key of ['grpc_server.address', 'diagnostics.profiling_enabled']) {
    const setting = settings.get(key);
    if (setting) sockets.doubtAbout(main, setting.at, 'can-open');
  }
  return sockets.reading();
};

const speechOf = (protocol: string): ConfigSpeech =>
  protocol === 'http' ? 'HTTP' : protocol === 'https' || protocol === 'h2' ? 'HTTPS' : 'unknown';

/** By `section.key`; the last one wins (go-ini). */
function settingsOf(file: ConfigFile, around: ConfigSurroundings | undefined): Map<string, Setting> {
  const settings = new Map<string, Setting>();
  let section = '';
  for (const line of linesOf(file, ';#')) {
    const [, name] = /^\[([^\]]*)\]/.exec(line.text) ?? [];
    if (name !== undefined) section = name.trim();
    else {
      const [, key = '', written = ''] = /^([^=:]*)[=:](.*)$/s.exec(line.text) ?? [];
      const value = fill(unquote(written.trim()), around);
      settings.set(`${section}.${key.trim().replace(/^["`](.*)["`]$/, '$1')}`, { value, at: line });
    }
  }
  return settings;
}

/** A comment behind a value needs a space before it. */
const unquote = (text: string): string => {
  const [, mark, inside] = /^("""|["'`])(.*?)\1/s.exec(text) ?? [];
  return mark === undefined ? text.replace(/\s[;#].*$/s, '').trim() : (inside ?? '');
};

/** `$__env{X}` and `${X}` are variables, `$__file{…}` and other providers are files. */
const fill = (text: string, around: ConfigSurroundings | undefined): string =>
  text
    .replace(/\$__env\{(\w+)\}|\$\{(\w+)\}/g, (_, env?: string, bare?: string) =>
      fillVariable(around, env ?? bare ?? '', ''),
    )
    .replace(/\$__\w+\{[^{}]*\}/g, UNKNOWN_VALUE);
