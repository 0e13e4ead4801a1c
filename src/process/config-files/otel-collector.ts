import { isBefore } from '../../knowledge/settle.ts';
import type { Table } from '../../text/table.ts';
import type { YamlEntry, YamlMap, YamlNode } from '../../text/yaml-node.ts';
import { doubt } from '../listeners/doubts/doubt.ts';
import type { ConfigFile, ConfigReader, ConfigSpeech, ConfigSurroundings } from './config-file.ts';
import {
  type Endpoint,
  EXPORTERS,
  EXTENSIONS,
  LOCALHOST_SINCE,
  OWN_METRICS_LOCALHOST_SINCE,
  OWN_METRICS_PORT,
  RECEIVERS,
  SILENT_EXTENSIONS,
  SILENT_RECEIVERS,
} from './otel-components.ts';
import { readWithout, Sockets, topOf } from './sockets.ts';
import { fillVariable, UNKNOWN_VALUE } from './variables.ts';
import { entriesOf, entryOf, rootOf, stretchOf, textAt, textOfNode, textsOf } from './yaml-file.ts';

/** The configuration of an OpenTelemetry Collector: what its pipelines and `service.extensions` use. */
export const readOtelFiles: ConfigReader = (files, main, around) => {
  if (!main) return readWithout(files, 'the collector');
  const sockets = new Sockets();
  const root = rootOf(main, sockets);
  if (root) new Collector(main, root, sockets, around).read();
  return sockets.reading();
};

class Collector {
  readonly #file: ConfigFile;
  readonly #root: YamlMap;
  readonly #sockets: Sockets;
  readonly #around: ConfigSurroundings | undefined;

  constructor(file: ConfigFile, root: YamlMap, sockets: Sockets, around: ConfigSurroundings | undefined) {
    this.#file = file;
    this.#root = root;
    this.#sockets = sockets;
    this.#around = around;
  }

  read(): void {
    const service = entryOf(this.#root, 'service')?.value;
    const pipelines = entriesOf(entryOf(service, 'pipelines')?.value).map(({ value }) => value);
    const used = (field: string): Set<string> =>
      new Set(pipelines.flatMap((pipeline) => textsOf(entryOf(pipeline, field)?.value)));
    const connectors = new Set(entriesOf(entryOf(this.#root, 'connectors')?.value).map(({ key }) => key));
    const receivers = [...used('receivers')].filter((id) => !connectors.has(id));
    this.#components('receivers', receivers, RECEIVERS, SILENT_RECEIVERS);
    const extensions = textsOf(entryOf(service, 'extensions')?.value);
    this.#components('extensions', extensions, EXTENSIONS, SILENT_EXTENSIONS);
    const exporters = [...used('exporters')].filter((id) => typeOf(id) in EXPORTERS);
    this.#components('exporters', exporters, EXPORTERS, new Set());
    this.#ownMetrics(entryOf(service, 'telemetry', 'metrics'));
    if (/\$\{(?:file|http|https|yaml|s3):/.test(this.#file.text.value)) {
      this.#sockets.doubtFile(this.#file, 'parts-elsewhere');
    }
  }

  #components(
    section: string,
    ids: readonly string[],
    known: Table<readonly Endpoint[]>,
    silent: ReadonlySet<string>,
  ): void {
    for (const id of ids) {
      const endpoints = known[typeOf(id)];
      const entry = entryOf(this.#root, section, id);
      if (endpoints && entry) for (const endpoint of endpoints) this.#open(entry, endpoint);
      else if (!silent.has(typeOf(id))) {
        const { from, secret } = this.#file;
        const component = secret ? undefined : id;
        this.#sockets.doubt(doubt('component-unknown', { component, section, from }));
      }
    }
  }

  #open(component: YamlEntry, endpoint: Endpoint): void {
    const { path, field, protocol, onlyIfNamed } = endpoint;
    const holder = path.length > 0 ? entryOf(component.value, ...path) : component;
    if (!holder) {
      if (!onlyIfNamed) this.#byDefault(component, endpoint);
      return;
    }
    if (textAt(holder.value, 'transport')?.startsWith('unix')) return;
    const address = entryOf(holder.value, field);
    if (address) this.#openAt(address, protocol, speechOf(holder, endpoint));
    else this.#byDefault(holder, endpoint);
  }

  #byDefault(entry: YamlEntry, endpoint: Endpoint): void {
    const { port, protocol, local } = endpoint;
    if (port === undefined) {
      this.#sockets.doubtAbout(this.#file, stretchOf(entry), 'names-no-endpoint');
      return;
    }
    const bind = !local && this.#before(LOCALHOST_SINCE) ? 'all' : 'loopback';
    this.#sockets.add(this.#file, stretchOf(entry), port, bind, {
      protocol,
      speaks: speechOf(entry, endpoint),
      said: { is: 'part', part: this.#file.secret ? undefined : entry.key, without: 'endpoint' },
    });
  }

  /** The collector serves Prometheus with its own metrics unless `level` is `none`. */
  #ownMetrics(metrics: YamlEntry | undefined): void {
    if (textAt(metrics?.value, 'level') === 'none') return;
    const address = entryOf(metrics?.value, 'address');
    const readers = entryOf(metrics?.value, 'readers')?.value;
    if (address) this.#openAt(address, 'TCP');
    else if (readers) this.#readers(readers);
    else {
      const at = metrics ? stretchOf(metrics) : topOf(this.#file);
      const bind = this.#before(OWN_METRICS_LOCALHOST_SINCE) ? 'all' : 'loopback';
      this.#sockets.add(this.#file, at, OWN_METRICS_PORT, bind, {
        said: { is: 'part', part: 'metrics', without: 'address' },
      });
    }
  }

  #readers(readers: YamlNode): void {
    for (const reader of readers.type === 'list' ? readers.items : []) {
      const prometheus = entryOf(reader, 'pull', 'exporter', 'prometheus');
      const port = entryOf(prometheus?.value, 'port');
      if (port) {
        const host = this.#fill(textAt(prometheus?.value, 'host') ?? 'localhost');
        this.#sockets.open(this.#file, stretchOf(port), host, this.#fill(textOfNode(port.value) ?? ''));
      } else if (prometheus) this.#sockets.doubtAbout(this.#file, stretchOf(prometheus), 'names-no-port');
    }
  }

  #openAt(entry: YamlEntry, protocol: 'TCP' | 'UDP', speaks?: ConfigSpeech): void {
    const address = this.#fill(textOfNode(entry.value) ?? '');
    this.#sockets.openAddress(this.#file, stretchOf(entry), address, { protocol, speaks });
  }

  #before(version: string): boolean {
    return this.#around?.tag !== undefined && isBefore(this.#around.tag, version);
  }

  /** `${env:NAME:-default}` and `${NAME}`; `$NAME` was replaced before 0.104 only. */
  #fill(text: string): string {
    return text
      .replace(/\$\{(?:env:)?(\w+)(?::-([^{}]*))?\}/g, (_, name: string, preset?: string) =>
        fillVariable(this.#around, name, preset ?? ''),
      )
      .replace(/\$.*/s, UNKNOWN_VALUE);
  }
}

/** `tls` makes HTTPS of HTTP; what of several protocols others carry then is not followed. */
const speechOf = ({ value }: YamlEntry, { path }: Endpoint): ConfigSpeech | undefined => {
  const isHttp = path.at(-1) === 'http';
  // A key without a value leaves the setting out.
  if (entryOf(value, 'tls') && textAt(value, 'tls') !== '') return isHttp ? 'HTTPS' : 'unknown';
  return isHttp ? 'HTTP' : undefined;
};

/** `otlp` of `otlp/internal`. */
const typeOf = (id: string): string => id.split('/', 1)[0]!.trim();
