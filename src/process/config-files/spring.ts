import { lastPart } from '../../text/slashes.ts';
import type { YamlEntry, YamlMap } from '../../text/yaml-node.ts';
import { bindOfHost } from '../listeners/bind-address.ts';
import { doubt } from '../listeners/doubts/doubt.ts';
import type { ConfigFile, ConfigReader, ConfigSpeech, ConfigSurroundings } from './config-file.ts';
import { type Property, propertiesOf } from './properties.ts';
import { Sockets } from './sockets.ts';
import { fillVariable, UNKNOWN_VALUE } from './variables.ts';
import { mapsOf, stretchOf, textOfNode } from './yaml-file.ts';

interface Said extends Property {
  readonly file: ConfigFile;
}

/** Servers besides that of `server.port`. */
const MORE_PORTS = ['spring.grpc.server.port', 'grpc.server.port', 'spring.rsocket.server.port'];

/** What decides over sockets, or over what of the configuration counts. */
const DECIDES =
  /^(?:management\.)?server\.(?:port|address|ssl\..+)$|^(?:spring\.)?(?:grpc|rsocket)\.server\.port$|^spring\.(?:config\.(?:import|location|additionallocation|name)|main\.webapplicationtype)$/;
const ELSEWHERE = /^spring\.config\.(?:import|location|additionallocation|name)$/;
const CONDITION = /^spring\.(?:profiles$|config\.activate\.)/;

const STANDARD = /^application\.(?:properties|ya?ml)$/;
const PROFILE = /^application-.*\.(?:properties|ya?ml)$/;

/**
 * application.properties and application.yaml of Spring Boot, laid over what the application brings along: what they
 * leave out is the application's own matter. Of two the properties win (Externalized Configuration).
 */
export const readSpringFiles: ConfigReader = (files, main, around) => {
  const sockets = new Sockets();
  const read = files.filter((file) => file === main || STANDARD.test(nameOf(file)));
  const said = new Map<string, Said>();
  for (const file of read.toSorted((a, b) => rank(a, main) - rank(b, main))) {
    for (const document of documentsOf(file, sockets)) layOver(said, file, document, sockets);
  }
  for (const file of files) {
    if (read.includes(file) || !PROFILE.test(nameOf(file))) continue;
    const decides = documentsOf(file, sockets)
      .flat()
      .some(({ key }) => DECIDES.test(canonical(key)));
    if (decides) sockets.doubtFile(file, 'under-profile');
  }
  openServers(said, sockets, around);
  return sockets.reading();
};

const nameOf = ({ path }: ConfigFile): string => lastPart(path);
const rank = (file: ConfigFile, main: ConfigFile | undefined): number =>
  file === main ? 2 : Number(file.path.endsWith('.properties'));

function layOver(
  said: Map<string, Said>,
  file: ConfigFile,
  document: readonly Property[],
  sockets: Sockets,
): void {
  const conditional = document.some(({ key }) => CONDITION.test(canonical(key)));
  for (const property of document) {
    const key = canonical(property.key);
    if (!DECIDES.test(key)) continue;
    if (conditional) sockets.doubtAbout(file, property, 'under-condition');
    else if (ELSEWHERE.test(key)) sockets.doubtAbout(file, property, 'from-elsewhere');
    else said.set(key, { ...property, file });
  }
}

function openServers(
  said: ReadonlyMap<string, Said>,
  sockets: Sockets,
  around: ConfigSurroundings | undefined,
): void {
  const value = (key: string): string | undefined => {
    const found = said.get(key);
    return found && resolve(found.value, around);
  };
  if (value('spring.main.webapplicationtype')?.toLowerCase() === 'none') return;
  const port = value('server.port');
  const open = (key: string, address: string): void => {
    const found = said.get(key);
    if (!found) return;
    const number = value(key) ?? '';
    // -1 opens no socket, 0 any.
    if (number === '-1') return;
    if (number === '0') sockets.doubtAbout(found.file, found, 'free-port');
    else
      sockets.open(found.file, found, value(address) ?? '', number, { speaks: spokenOn(key, said, around) });
  };
  open('server.port', 'server.address');
  const management = value('management.server.port');
  if (management !== port) open('management.server.port', 'management.server.address');
  for (const key of MORE_PORTS) open(key, '');

  const address = said.get('server.address');
  if (port === undefined && address && bindOfHost(address.value) !== 'all') {
    sockets.doubtAbout(address.file, address, 'binds-address-alone');
  }
  for (const key of ['server.port', 'management.server.port']) {
    if (!said.has(key)) sockets.doubt(doubt('property-unsaid', { key }));
  }
}

/** Any setting of TLS switches it on, unless `enabled` says otherwise; the application can have some of its own. */
function spokenOn(
  key: string,
  said: ReadonlyMap<string, Said>,
  around: ConfigSurroundings | undefined,
): ConfigSpeech | undefined {
  const prefix = key.replace(/port$/, 'ssl.');
  const settings = [...said].filter(([name]) => name.startsWith(prefix));
  if (settings.length === 0) return undefined;
  const enabled = said.get(`${prefix}enabled`);
  const value = enabled ? resolve(enabled.value, around).toLowerCase() : 'true';
  return value === 'true' ? 'HTTPS' : value === 'false' ? 'HTTP' : 'unknown';
}

/** Placeholders within placeholders, and more is no number of a port. */
const MAX_NESTING = 8;

/** `${PORT:8080}`; only what is written like a variable is looked for in the environment alone. */
function resolve(text: string, around: ConfigSurroundings | undefined): string {
  let resolved = text;
  for (let depth = 0; depth < MAX_NESTING && /[$#]\{/.test(resolved); depth++) {
    resolved = resolved.replace(/[$#]\{([^{}:]*)(?::([^{}]*))?\}/g, (whole, name: string, preset?: string) =>
      /^[A-Z][A-Z0-9_]*$/.test(name) && whole.startsWith('$')
        ? fillVariable(around, name, preset ?? UNKNOWN_VALUE)
        : UNKNOWN_VALUE,
    );
  }
  return resolved;
}

/** Case, dashes and underscores do not count (relaxed binding). */
const canonical = (key: string): string => key.toLowerCase().replace(/[-_]/g, '');

function documentsOf(file: ConfigFile, sockets: Sockets): readonly (readonly Property[])[] {
  if (file.path.endsWith('.properties')) return propertiesOf(file);
  return mapsOf(file, sockets).map((map) => [...flatten(map, '')]);
}

function* flatten(map: YamlMap, prefix: string): Generator<Property> {
  for (const entry of map.entries) {
    const key = `${prefix}${entry.key}`;
    if (entry.value.type === 'map') yield* flatten(entry.value, `${key}.`);
    else yield propertyOf(entry, key);
  }
}

const propertyOf = (entry: YamlEntry, key: string): Property => ({
  key,
  value: textOfNode(entry.value) ?? '',
  ...stretchOf(entry),
});
