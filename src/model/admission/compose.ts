/** Port mappings as compose has them: `"13378:80"`, `127.0.0.1:13378:80/tcp`, `80/tcp`. */
const MAPPING =
  /^(?:(?:(?<address>[\d.]+):)?(?<host>\d{1,5}):)?(?<container>\d{1,5})(?:\/(?<protocol>tcp|udp|sctp))?$/i;

export interface ComposePort {
  /** The port of the machine, which compose publishes. */
  readonly host: number | undefined;
  readonly container: number;
  readonly protocol: string | undefined;
}

/** Undefined for what is no mapping; a number alone is none. */
export function composePortOf(text: string): ComposePort | undefined {
  const groups = MAPPING.exec(text)?.groups;
  if (!groups || (groups.host === undefined && groups.protocol === undefined)) return undefined;
  return {
    host: groups.host === undefined ? undefined : Number(groups.host),
    container: Number(groups.container),
    protocol: groups.protocol?.toUpperCase(),
  };
}

/** What to write in its place: `containerPort: 80`. */
export function helpForPort({ host, container, protocol }: ComposePort, field: string): string[] {
  const value = `write \`${field}: ${container}\`${protocol && protocol !== 'TCP' ? ` and \`protocol: ${protocol}\`` : ''}: ${container} is the container's side`;
  if (host === undefined) return [value];
  return [
    value,
    `${host} is the port of a machine that compose publishes, and has no place here: Pods have addresses of their own, and a Service or an Ingress says at which port they are reached`,
  ];
}
