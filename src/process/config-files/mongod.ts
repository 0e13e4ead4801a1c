import { table } from '../../text/table.ts';
import type { YamlEntry, YamlMap } from '../../text/yaml-node.ts';
import { bindOfHost } from '../listeners/bind-address.ts';
import { leftOut } from '../listeners/grounds/file-words.ts';
import type { ConfigReader } from './config-file.ts';
import { readWithout, Sockets, topOf } from './sockets.ts';
import { entryOf, rootOf, stretchOf, textOfNode } from './yaml-file.ts';

/** What `sharding.clusterRole` makes of the default port. */
const PORTS = table<string>({ configsvr: '27019', shardsvr: '27018' });
const PORT = '27017';

/** mongod.conf and mongos.conf: `net` of the configuration file options. */
export const readMongodFiles: ConfigReader = (files, main) => {
  if (!main) return readWithout(files, 'MongoDB');
  const sockets = new Sockets();
  const root = rootOf(main, sockets);
  if (!root) return sockets.reading();

  const port = setting(root, 'net', 'port');
  const role = textOfNode(setting(root, 'sharding', 'clusterRole')?.value);
  const all = setting(root, 'net', 'bindIpAll');
  const addresses = setting(root, 'net', 'bindIp');
  const everywhere = textOfNode(all?.value) === 'true';
  const hosts = everywhere
    ? ['']
    : (textOfNode(addresses?.value) ?? '')
        .split(',')
        .map((host) => host.trim())
        .filter((host) => host !== '' && !host.startsWith('/'));
  const decides = port ?? (everywhere ? all : addresses);
  const at = decides ? stretchOf(decides) : topOf(main);
  const expanded = [port, addresses].find((entry) => entry?.value.type === 'map');
  if (expanded) {
    sockets.doubtAbout(main, stretchOf(expanded), 'value-outside');
    return sockets.reading();
  }
  if (!everywhere && !addresses) {
    // The image's entrypoint adds --bind_ip_all where neither the file nor an argument says anything.
    sockets.doubtFile(main, 'no-bind-ip');
  }
  if (addresses && hosts.some((host) => bindOfHost(host) === undefined)) {
    sockets.doubtAbout(main, stretchOf(addresses), 'binds-one-or-name');
  }
  const number = textOfNode(port?.value) ?? PORTS[role ?? ''] ?? PORT;
  for (const host of hosts.filter((one) => one === '' || bindOfHost(one) !== undefined)) {
    sockets.open(main, at, host, number, port ? {} : { said: leftOut('net.port') });
  }
  return sockets.reading();
};

/** Keys may be nested or joined by dots. */
const setting = (root: YamlMap, section: string, key: string): YamlEntry | undefined =>
  entryOf(root, section, key) ?? entryOf(root, `${section}.${key}`);
