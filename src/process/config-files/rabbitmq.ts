import { isBefore } from '../../knowledge/settle.ts';
import { doubt } from '../listeners/doubts/doubt.ts';
import { leftOut } from '../listeners/grounds/file-words.ts';
import type { ConfigFile, ConfigReader, ConfigSurroundings } from './config-file.ts';
import { linesOf } from './lines.ts';
import { Sockets, type Stretch, topOf } from './sockets.ts';

const HOME = '/etc/rabbitmq';

interface Setting {
  readonly file: ConfigFile;
  readonly at: Stretch;
  readonly value: string;
}

/** Plugins whose listeners are not followed. */
const LISTENING = /\brabbitmq_(?:mqtt|stomp|stream|stream_management|web_mqtt|web_stomp|amqp1_0)\b/;

/**
 * rabbitmq.conf and the files of conf.d, which come after it (rabbitmq.com/docs/configure): the listeners of AMQP, and
 * those of the plugins for management and Prometheus where they are enabled.
 */
export const readRabbitmqFiles: ConfigReader = (files, main, around) => {
  const sockets = new Sockets();
  const parts = files.filter(({ path }) => path.startsWith(`${HOME}/conf.d/`) && path.endsWith('.conf'));
  const read = [...(main ? [main] : []), ...parts.toSorted((a, b) => (a.path < b.path ? -1 : 1))];
  const advanced = files.find(({ path }) => path.endsWith('.config'));
  if (advanced) sockets.doubtFile(advanced, 'erlang');
  const [first] = files;
  if (!first) return sockets.reading();
  const settings = settingsOf(read);
  openAmqp(settings, read[0] ?? first, sockets);
  for (const plugin of pluginsOf(files, around, sockets))
    openPlugin(plugin, settings, read[0] ?? first, sockets);
  return sockets.reading();
};

/** By key; the last one wins. */
function settingsOf(files: readonly ConfigFile[]): ReadonlyMap<string, Setting> {
  const settings = new Map<string, Setting>();
  for (const file of files) {
    for (const line of linesOf(file, '#')) {
      const [, key = '', written = ''] = /^([^=\s]+)\s*=(.*)/s.exec(line.text) ?? [];
      const comment = written.search(/\s#/);
      const value = (comment < 0 ? written : written.slice(0, comment)).trim();
      settings.set(key, { file, at: line, value: value.replace(/^'(.*)'$/s, '$1') });
    }
  }
  return settings;
}

function openAmqp(settings: ReadonlyMap<string, Setting>, file: ConfigFile, sockets: Sockets): void {
  const listed = (kind: string): Setting[] =>
    [...settings].flatMap(([key, setting]) => (key.startsWith(`listeners.${kind}.`) ? setting : []));
  const plain = listed('tcp');
  for (const setting of plain) openListener(setting, sockets);
  if (plain.length === 0 && settings.get('listeners.tcp')?.value !== 'none') {
    sockets.add(file, topOf(file), 5672, 'all', { said: leftOut('listeners.tcp') });
  }
  for (const setting of listed('ssl')) openListener(setting, sockets);
}

/** `5672`, or an address with a port. */
function openListener({ file, at, value }: Setting, sockets: Sockets): void {
  const address = /^\d+$/.test(value) ? `:${value}` : value;
  sockets.openAddress(file, at, address);
}

type Plugin = 'management' | 'prometheus';

const USUAL: Readonly<Record<Plugin, number>> = { management: 15672, prometheus: 15692 };

/** What `enabled_plugins` lists; the image's own where none is mounted, which its tag tells. */
function pluginsOf(
  files: readonly ConfigFile[],
  around: ConfigSurroundings | undefined,
  sockets: Sockets,
): readonly Plugin[] {
  const list = files.find(({ path }) => path === `${HOME}/enabled_plugins`);
  if (!list && around?.covers(HOME)) return [];
  const tag = around?.tag ?? '';
  const own = tag.includes('management')
    ? 'rabbitmq_management rabbitmq_prometheus'
    : isBefore(tag, '3.8')
      ? ''
      : 'rabbitmq_prometheus';
  const text = list?.text.value ?? own;
  const [other] = LISTENING.exec(text) ?? [];
  if (other && list) sockets.doubt(doubt('plugin-not-followed', { plugin: other, from: list.from }));
  return (['management', 'prometheus'] as const).filter((name) =>
    new RegExp(`\\brabbitmq_${name}\\b`).test(text),
  );
}

/** TLS on a port of its own leaves out the plain one, unless that is written down too. */
function openPlugin(
  plugin: Plugin,
  settings: ReadonlyMap<string, Setting>,
  file: ConfigFile,
  sockets: Sockets,
): void {
  const [plain, secure] = ['tcp', 'ssl'].map((kind) => settings.get(`${plugin}.${kind}.port`));
  const host = settings.get(`${plugin}.tcp.ip`)?.value ?? '';
  const old = settings.get('management.listener.port');
  if (plugin === 'management' && old) {
    const isSecure = settings.get('management.listener.ssl')?.value === 'true';
    sockets.open(old.file, old.at, settings.get('management.listener.ip')?.value ?? '', old.value, {
      speaks: isSecure ? 'HTTPS' : 'HTTP',
    });
    return;
  }
  if (secure) sockets.open(secure.file, secure.at, '', secure.value, { speaks: 'HTTPS' });
  if (plain) sockets.open(plain.file, plain.at, host, plain.value, { speaks: 'HTTP' });
  else if (!secure) {
    sockets.open(file, topOf(file), host, String(USUAL[plugin]), {
      said: leftOut(`${plugin}.tcp.port`),
      speaks: 'HTTP',
    });
  }
}
