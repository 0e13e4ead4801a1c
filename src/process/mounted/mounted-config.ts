import type { ConfigFormat, ImageFact } from '../../knowledge/image-fact.ts';
import { parseImage } from '../../knowledge/image-reference.ts';
import type { Container, PodTemplate } from '../../model/model.ts';
import { causeOf, causeWithoutText, type LocatedFault } from '../../text/fault.ts';
import { folderOf } from '../../text/slashes.ts';
import type { Word } from '../command/word.ts';
import type {
  ConfigFile,
  ConfigListener,
  ConfigReader,
  ConfigReading,
  ConfigSurroundings,
  VariableValue,
} from '../config-files/config-file.ts';
import { type Environment, findVariable, type ObjectLookup } from '../environment/environment.ts';
import type { KnownListener } from '../listeners/container-process.ts';
import { type Doubt, doubt, wordDoubt } from '../listeners/doubts/doubt.ts';
import { readOnce } from './kept-readings.ts';
import { covers, type MountedFiles, mountedFiles } from './mounted-files.ts';
import { coveringMounts, overlap, placeOf } from './mounts.ts';

/** How a program of one format finds its configuration. */
interface Finding {
  /** The file that it starts from unless it is told another; the first that is mounted. */
  readonly main: readonly string[];
  /** Arguments that name the file: `-c`, before `config_file=` where that is so. */
  readonly flags: readonly string[];
  /** True where the first bare argument names it. */
  readonly bare?: boolean;
  /** Directories whose files the image's own main file includes. */
  readonly included?: readonly string[];
}

const FINDING: Readonly<Record<ConfigFormat, Finding>> = {
  nginx: {
    main: ['/etc/nginx/nginx.conf'],
    flags: ['-c'],
    included: ['/etc/nginx/conf.d', '/etc/nginx/http.d', '/etc/nginx/sites-enabled', '/etc/nginx/templates'],
  },
  redis: { main: [], flags: [], bare: true },
  mongod: { main: [], flags: ['-f', '--config'] },
  mosquitto: { main: ['/mosquitto/config/mosquitto.conf'], flags: ['-c', '--config-file'] },
  haproxy: { main: ['/usr/local/etc/haproxy/haproxy.cfg'], flags: ['-f'] },
  caddyfile: { main: ['/etc/caddy/Caddyfile'], flags: ['-c', '--config'] },
  postgresql: { main: [], flags: ['-c config_file', '--config-file', '--config_file'] },
  spring: { main: [], flags: [] },
  grafana: { main: ['/etc/grafana/grafana.ini'], flags: ['-config', '--config'] },
  'otel-collector': {
    main: ['/etc/otelcol/config.yaml', '/etc/otelcol-contrib/config.yaml'],
    flags: ['--config', '-config'],
  },
  traefik: {
    main: ['/etc/traefik/traefik.yml', '/etc/traefik/traefik.yaml', '/etc/traefik/traefik.toml'],
    flags: ['--configFile', '--configfile'],
  },
  corefile: { main: ['/Corefile', '/home/nonroot/Corefile'], flags: ['-conf', '--conf'] },
  rabbitmq: {
    main: ['/etc/rabbitmq/rabbitmq.conf'],
    flags: [],
    included: ['/etc/rabbitmq/conf.d', '/etc/rabbitmq'],
  },
  loki: { main: ['/etc/loki/local-config.yaml'], flags: ['-config.file', '--config.file'] },
  httpd: { main: ['/usr/local/apache2/conf/httpd.conf'], flags: ['-f'] },
};

/** What mounted configuration says of the sockets of an image's program. */
export interface MountedConfig {
  /** Undefined where the image's own configuration stays in force. */
  readonly listeners: readonly KnownListener[] | undefined;
  /** Why nothing is known. */
  readonly unsettled: readonly Doubt[];
  /** What else can be. */
  readonly doubts: readonly Doubt[];
  /** The arguments without the one that names the file. */
  readonly words: readonly Word[];
  /** A reader that threw; nothing is known then. */
  readonly fault?: LocatedFault;
}

/**
 * Reads the files that a ConfigMap or Secret puts in the place of the image's configuration. What is mounted there and
 * cannot be read leaves everything open.
 */
export function mountedConfig(
  container: Container,
  template: PodTemplate,
  fact: ImageFact,
  words: readonly Word[],
  environment: Environment,
  objects: ObjectLookup,
  readerOf: (format: ConfigFormat) => ConfigReader,
): MountedConfig {
  const covering = coveringMounts(container, fact.configPaths);
  const finding = fact.configFormat && FINDING[fact.configFormat];
  const named = finding && namedFile(words, finding);
  const replaced = (mounts: typeof covering): Doubt[] =>
    mounts.map((mount) => doubt('mount-hides-configuration', { ...placeOf(mount), image: fact.id }));
  const nothing = { listeners: undefined, doubts: [], words };
  if (!finding || !fact.configFormat) return { ...nothing, unsettled: replaced(covering) };
  if (covering.length === 0 && !named) return { ...nothing, unsettled: [] };

  const mounted = mountedFiles(container, template, objects);
  const main = mounted.firstAt(named ? [named.path] : finding.main);
  // A file that is named and not mounted is the image's, or nobody's: the arguments tell of it.
  if (named && !main) return { ...nothing, unsettled: replaced(covering) };
  const { included = [] } = finding;
  const homes = [...finding.main, ...(main ? [main.path] : [])].map(folderOf).concat(included);
  const isIn = (paths: readonly string[], path: string): boolean => paths.some((one) => overlap(one, path));
  // Nothing else is read until a main file of one's own includes it.
  const read = [...finding.main, ...included];
  const isRead = (path: string): boolean => isIn(read, path);
  const unsettled = [
    ...replaced(covering.filter(({ mountPath }) => !isIn(homes, mountPath.value))),
    ...mounted.unknown
      .filter(({ path }) => (main ? path === main.path : isRead(path)))
      .map(({ path, doubt: why }) => doubt('configuration-unread', { path, image: fact.id, doubt: why })),
    ...hiddenMain(mounted, main, finding),
  ];
  if (unsettled.length > 0) return { ...nothing, unsettled };

  const files = main ? mounted.files : mounted.overlapping(read);
  const around = surroundingsOf(container, environment, mounted);
  let reading: ConfigReading;
  try {
    reading = readOnce(readerOf(fact.configFormat), files, main, around);
  } catch (thrown) {
    const first = main ?? files[0];
    const read = first?.from ?? `container ${container.name}`;
    // What a reader repeats of a file may be what only a Secret should hold.
    const cause = files.some(({ secret }) => secret) ? causeWithoutText(thrown) : causeOf(thrown);
    const failed = doubt('reader-failed', { format: fact.configFormat, read, cause });
    const fault: LocatedFault = {
      part: 'config-reader',
      name: fact.configFormat,
      cause,
      at: first?.text.at ?? container.nameAt,
      message: wordDoubt(failed),
    };
    return { ...nothing, unsettled: [failed], fault };
  }
  return {
    listeners: isInForce(reading, main, mounted, finding) ? reading.listeners.map(toListener) : undefined,
    unsettled: [],
    doubts: reading.doubts,
    words: named?.others ?? words,
  };
}

/** The file that the arguments name, and the arguments without it. */
function namedFile(
  words: readonly Word[],
  { flags, bare }: Finding,
): { path: string; others: readonly Word[] } | undefined {
  for (const [index, { text = '' }] of words.entries()) {
    const next = words[index + 1]?.text;
    const without = (count: number): readonly Word[] => words.toSpliced(index, count);
    for (const flag of flags) {
      const [name = '', key] = flag.split(' ');
      if (key && text === name && next?.startsWith(`${key}=`)) {
        return { path: next.slice(key.length + 1), others: without(2) };
      }
      if (key) continue;
      if (text === name && next !== undefined) return { path: next, others: without(2) };
      if (text.startsWith(`${name}=`)) return { path: text.slice(name.length + 1), others: without(1) };
    }
    if (bare && index === 0 && text.startsWith('/')) return { path: text, others: without(1) };
  }
  return undefined;
}

/** A volume over the directory of the main file that does not hold it. */
const hiddenMain = (mounted: MountedFiles, main: ConfigFile | undefined, finding: Finding): Doubt[] =>
  main
    ? []
    : finding.main
        .slice(0, 1)
        .filter((path) => covers(mounted, folderOf(path)))
        .map((path) => doubt('main-file-hidden', { path }));

/** Without a main file, included ones count where they open something or take the place of all that the image includes. */
const isInForce = (
  { listeners }: ConfigReading,
  main: ConfigFile | undefined,
  mounted: MountedFiles,
  { included = [] }: Finding,
): boolean =>
  main !== undefined || listeners.length > 0 || included.some((directory) => covers(mounted, directory));

export const toListener = (listener: ConfigListener): KnownListener => ({
  port: listener.port,
  protocol: listener.protocol,
  bind: listener.bind,
  speaks: listener.speaks,
  get grounds() {
    const { said, file, at } = listener;
    return [{ kind: 'mounted-file', said, from: file.from, at } as const];
  },
  get at() {
    return listener.at;
  },
});

function surroundingsOf(
  { image }: Container,
  environment: Environment,
  mounted: MountedFiles,
): ConfigSurroundings {
  return {
    variable: (name) => valueOfVariable(environment, name),
    // What hides the image's files and is not known itself can hold others.
    covers: (directory) =>
      covers(mounted, directory) && !mounted.unknown.some(({ path }) => overlap(path, directory)),
    tag: parseImage(image?.value ?? '')?.tag,
  };
}

function valueOfVariable(environment: Environment, name: string): VariableValue {
  const variable = findVariable(environment, name);
  if (!environment.complete && variable?.origin !== 'pod') return { kind: 'unknown' };
  if (!variable) return { kind: 'unset' };
  if (variable.value !== undefined) return { kind: 'value', value: variable.value };
  return { kind: variable.from === 'status.podIP' ? 'pod-ip' : 'unknown' };
}
