/** What a port is for. A Service is never pointed from one role to another. */
export const PORT_ROLES = [
  'main',
  'web',
  'https',
  'api',
  'grpc',
  'admin',
  'metrics',
  'health',
  'debug',
  'ssh',
  'dns',
  'dhcp',
  'mail',
  'media',
  'peers',
  'discovery',
  'cluster',
  'agents',
  'data',
  'events',
  'telemetry',
] as const;

export type PortRole = (typeof PORT_ROLES)[number];

const WORDS: readonly (readonly [RegExp, PortRole])[] = [
  [/(?:^|-)(?:ssh|sftp)/, 'ssh'],
  [/metric|(?:^|-)prom/, 'metrics'],
  [/(?:^|-)h?grpc(?:-|$)/, 'grpc'],
  [/(?:^|-)(?:https|tls|ssl)(?:-|$)/, 'https'],
  [/(?:^|-)dns/, 'dns'],
  [/(?:^|-)(?:smtp|imap|pop3)s?(?:-|$)/, 'mail'],
  [/(?:^|-)(?:health|ready|live)/, 'health'],
  [/(?:^|-)(?:debug|pprof|jdwp)/, 'debug'],
  [/(?:^|-)(?:admin|manage)/, 'admin'],
  [/(?:^|-)(?:http|web|ui)\d*(?:-|$)/, 'web'],
];

/** What a port is for, where its name says it: `ssh`, `git-ssh`, `http-metrics`. */
export const roleOfName = (name: string): PortRole | undefined =>
  WORDS.find(([words]) => words.test(name))?.[1];

/** Roles that browsers and plain clients of HTTP may be sent to. */
export const WEB: ReadonlySet<PortRole> = new Set<PortRole>(['main', 'web', 'api']);
/** What many programs serve on their only port, whatever a manifest calls it. */
export const SIDE: ReadonlySet<PortRole> = new Set<PortRole>(['metrics', 'health', 'admin', 'data']);
const OF_NO_HTTP: ReadonlySet<PortRole> = new Set<PortRole>(['ssh', 'dns', 'mail']);

const roleOf = (name: string | undefined): PortRole | undefined =>
  name === undefined ? undefined : roleOfName(name);

/** Whether the only port that there is may be what is asked for by these names, as far as names say what ports are for. */
export function mayMean(asked: readonly (string | undefined)[], name: string | undefined): boolean {
  const wanted = asked.map(roleOf).find((role) => role !== undefined);
  const role = roleOf(name);
  if (wanted === undefined || role === undefined || wanted === role) return true;
  return WEB.has(role) ? WEB.has(wanted) || SIDE.has(wanted) : SIDE.has(role) && SIDE.has(wanted);
}

/** Whether a port of this name may be sent requests of HTTP. */
export function mayTakeHttp(name: string | undefined): boolean {
  const role = roleOf(name);
  return role === undefined || !OF_NO_HTTP.has(role);
}
