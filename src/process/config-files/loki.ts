import { leftOut } from '../listeners/grounds/file-words.ts';
import type { ConfigReader, ConfigSurroundings } from './config-file.ts';
import { Sockets, topOf } from './sockets.ts';
import { fillVariable, UNKNOWN_VALUE } from './variables.ts';
import { entryOf, rootOf, stretchOf, textAt, textOfNode } from './yaml-file.ts';

/** The `server` block of Loki's configuration, with the ports that Loki itself has where it says none. */
const SERVERS = [
  { key: 'http', port: '3100', tls: 'http_tls_config', speaks: 'HTTP' },
  { key: 'grpc', port: '9095', tls: 'grpc_tls_config', speaks: undefined },
] as const;

/** Without a file of one's own, that of the image stays. */
export const readLokiFiles: ConfigReader = (_, main, around) => {
  const sockets = new Sockets();
  const root = main && rootOf(main, sockets);
  if (!main || !root) return sockets.reading();
  const server = entryOf(root, 'server');
  for (const { key, port: usual, tls, speaks } of SERVERS) {
    const port = entryOf(server?.value, `${key}_listen_port`);
    const host = fill(textAt(server?.value, `${key}_listen_address`) ?? '', around);
    const isSecure = entryOf(server?.value, tls, 'cert_file') !== undefined;
    sockets.open(
      main,
      port ? stretchOf(port) : topOf(main),
      host,
      fill(textOfNode(port?.value) || usual, around),
      {
        ...(port ? {} : { said: leftOut(`${key}_listen_port`) }),
        speaks: isSecure ? (speaks ? 'HTTPS' : 'unknown') : speaks,
      },
    );
  }
  return sockets.reading();
};

/** `${NAME:default}`, with `-config.expand-env`. */
const fill = (text: string, around: ConfigSurroundings | undefined): string =>
  text
    .replace(/\$\{(\w+)(?::-?([^{}]*))?\}/g, (_, name: string, preset?: string) =>
      fillVariable(around, name, preset ?? ''),
    )
    .replace(/\$.*/s, UNKNOWN_VALUE);
