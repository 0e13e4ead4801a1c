interface Valued {
  readonly value: string;
}

/** A host and a port that are given under two names which belong together: `DB_HOST` and `DB_PORT`. */
interface HostAndPort<T extends Valued> {
  /** What both names begin with: `DB_`. */
  readonly prefix: string;
  readonly host: T;
  readonly port: T;
}

const HOST_NAME =
  /^(.*?)(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS|SERVICE|host|hostname|server|Host|Server|address|Address)$/;
const PORT_NAMES = ['PORT', 'port', 'Port'];
const DNS_NAME = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i;

const URL_NAME =
  /^(.*?)(?:URL|URI|HOST|ADDR|ADDRESS|ENDPOINT|SERVER|url|uri|host|addr|address|endpoint|server)$/;

/** Whether the port of the address in a value is given by itself: `DB_URL` beside `DB_PORT`. */
export function isPortApart(name: string, has: (other: string) => boolean): boolean {
  const prefix = URL_NAME.exec(name)?.[1];
  return prefix !== undefined && PORT_NAMES.some((suffix) => has(`${prefix}${suffix}`));
}

/** Whether a value can give an address, by itself or with the one of another name. */
export const mayAddress = (name: string, value: string): boolean =>
  value.includes(':') || HOST_NAME.test(name) || PORT_NAMES.some((suffix) => name.endsWith(suffix));

/** The pairs among some named values. */
export function pairsIn<T extends Valued>(values: ReadonlyMap<string, T>): HostAndPort<T>[] {
  const pairs: HostAndPort<T>[] = [];
  for (const [name, host] of values) {
    const prefix = HOST_NAME.exec(name)?.[1];
    if (prefix === undefined || !DNS_NAME.test(host.value)) continue;
    const port = PORT_NAMES.map((suffix) => values.get(`${prefix}${suffix}`)).find(
      (one) => one !== undefined,
    );
    if (port && /^\d{1,5}$/.test(port.value)) pairs.push({ prefix, host, port });
  }
  return pairs;
}
