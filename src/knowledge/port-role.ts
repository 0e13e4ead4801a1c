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
