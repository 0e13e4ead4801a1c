/** Ports that a URL means when it names none. For the web they are part of the scheme; other clients have them as defaults. */
const PORTS: ReadonlyMap<string, number> = new Map([
  ['http', 80],
  ['https', 443],
  ['ws', 80],
  ['wss', 443],
  ['postgres', 5432],
  ['postgresql', 5432],
  ['mysql', 3306],
  ['mariadb', 3306],
  ['redis', 6379],
  ['rediss', 6379],
  ['mongodb', 27_017],
  ['amqp', 5672],
  ['amqps', 5671],
  ['nats', 4222],
  ['ldap', 389],
  ['ldaps', 636],
  ['smtp', 25],
]);

const WEB = new Set(['http', 'https', 'ws', 'wss']);

/** Of a database's URL without a port, an environment variable or a file may say another one than the default. */
export const portOfScheme = (
  scheme: string | undefined,
): { readonly port: number; readonly certain: boolean } | undefined => {
  const port = scheme === undefined ? undefined : PORTS.get(scheme);
  return port === undefined ? undefined : { port, certain: WEB.has(scheme!) };
};
