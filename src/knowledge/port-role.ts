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
