import type { YamlEntry, YamlMap, YamlNode } from '../../text/yaml-node.ts';
import { leftOut } from '../listeners/grounds/file-words.ts';
import type { ConfigFile, ConfigReader } from './config-file.ts';
import { Sockets, type Stretch, topOf } from './sockets.ts';
import { readToml } from './toml-tree.ts';
import { entriesOf, rootOf, stretchOf, textOfNode } from './yaml-file.ts';

/** The entry point that ping, the API and Prometheus are on unless they say otherwise. */
const INTERNAL = 'traefik';

/**
 * Traefik's static configuration, in YAML or TOML. Without a main file the rest is dynamic configuration, which opens
 * no port.
 */
export const readTraefikFiles: ConfigReader = (_, main) => {
  const sockets = new Sockets();
  if (!main) return sockets.reading();
  const root = main.path.endsWith('.toml') ? readToml(main.text.value) : rootOf(main, sockets);
  if (root) readStatic(main, root, sockets);
  else if (main.path.endsWith('.toml')) sockets.doubtFile(main, 'unreadable-toml');
  return sockets.reading();
};

function readStatic(file: ConfigFile, root: YamlMap, sockets: Sockets): void {
  if (find(root, 'defaultEntryPoints')) {
    sockets.doubtFile(file, 'traefik-1');
    return;
  }
  const entryPoints = entriesOf(find(root, 'entryPoints')?.value);
  for (const entryPoint of entryPoints) openEntryPoint(file, entryPoint, sockets);
  // Mirrors SetEffectiveConfiguration in pkg/config/static/static_config.go.
  if (entryPoints.length === 0) {
    sockets.add(file, topOf(file), 80, 'all', { said: leftOut('entryPoints') });
  }
  const internal = internalUser(root);
  if (internal && !entryPoints.some(({ key }) => key.toLowerCase() === INTERNAL)) {
    sockets.add(file, placeOf(internal), 8080, 'all', {
      said: { is: 'user', key: internal.key, entryPoint: INTERNAL },
    });
  }
}

/** `address: ":443/udp"`, with a second socket for HTTP/3. */
function openEntryPoint(file: ConfigFile, entryPoint: YamlEntry, sockets: Sockets): void {
  const address = find(entryPoint.value, 'address');
  const [, at = '', transport = 'tcp'] =
    /^(.*?)(?:\/(tcp|udp))?$/is.exec(textOfNode(address?.value) ?? '') ?? [];
  if (!address) {
    sockets.doubtAbout(file, placeOf(entryPoint), 'names-no-address');
    return;
  }
  const protocol = transport.toLowerCase() === 'udp' ? 'UDP' : 'TCP';
  // Without it routers decide, one by one, and both schemes are served on one socket.
  const speaks = find(entryPoint.value, 'http', 'tls') ? 'HTTPS' : 'unknown';
  sockets.openAddress(file, placeOf(address), at, { protocol, speaks });
  const http3 = find(entryPoint.value, 'http3');
  if (http3) sockets.openAddress(file, placeOf(address), at, { protocol: 'UDP' });
}

/** What needs the internal entry point. */
function internalUser(root: YamlMap): YamlEntry | undefined {
  const api = find(root, 'api');
  if (isTrue(find(api?.value, 'insecure'))) return api;
  const rest = find(root, 'providers', 'rest');
  if (isTrue(find(rest?.value, 'insecure'))) return rest;
  return [find(root, 'ping'), find(root, 'metrics', 'prometheus')].find((entry) => {
    if (!entry || isTrue(find(entry.value, 'manualRouting')) || isFalse(entry)) return false;
    return (textOfNode(find(entry.value, 'entryPoint')?.value) ?? INTERNAL) === INTERNAL;
  });
}

const isTrue = (entry: YamlEntry | undefined): boolean => textOfNode(entry?.value) === 'true';
const isFalse = (entry: YamlEntry): boolean => textOfNode(entry.value) === 'false';

/** Keys are the same in any case. */
function find(node: YamlNode | undefined, ...path: readonly string[]): YamlEntry | undefined {
  let entry: YamlEntry | undefined;
  let current = node;
  for (const key of path) {
    entry = entriesOf(current).find((one) => one.key.toLowerCase() === key.toLowerCase());
    current = entry?.value;
  }
  return entry;
}

/** In TOML a key and its value have places of their own; the value's is the surer one. */
const placeOf = (entry: YamlEntry): Stretch =>
  entry.keyNode.start === 0 && entry.value.start > 0
    ? { start: entry.value.start, end: entry.value.end }
    : stretchOf(entry);
