import type { ConfigFormat } from '../../knowledge/image-fact.ts';
import type { Environment } from '../environment/environment.ts';
import type { KnownListener, OverriddenSetting } from '../listeners/container-process.ts';
import { type Doubt, doubt } from '../listeners/doubts/doubt.ts';
import { groundOf, type Placement } from '../settings/placement.ts';

/** What is open where configuration is mounted and arguments or variables speak too. */
export interface Settled {
  readonly listeners: readonly KnownListener[];
  readonly overridden: readonly OverriddenSetting[];
  /** Why it cannot be known. */
  readonly doubt: Doubt | undefined;
}

/** Programs of which an argument opens one more socket, or is not read beside a file. */
const BESIDE: ReadonlySet<ConfigFormat> = new Set<ConfigFormat>([
  'mosquitto',
  'traefik',
  'caddyfile',
  'otel-collector',
  'corefile',
  'rabbitmq',
]);

/**
 * Lays arguments and variables over mounted configuration: redis-server, mongod, postgres and grafana let them win over
 * their file. It is followed where one setting meets one socket.
 */
export function overConfig(
  configured: readonly KnownListener[],
  placed: readonly Placement[],
  format: ConfigFormat | undefined,
  environment: Pick<Environment, 'image'>,
): Settled {
  const speaking = placed.filter(({ number, host }) => number || host);
  const [one] = speaking;
  const said = one?.number ?? one?.host;
  if (!one || !said) return { listeners: configured, overridden: [], doubt: undefined };
  const [told, ...more] = one.listeners;
  const [config, ...others] = configured.filter(({ protocol }) => protocol === one.port.protocol);
  const isPlain = speaking.length === 1 && told && more.length === 0 && config && others.length === 0;
  if (!isPlain || (format && BESIDE.has(format))) {
    const unclear = one.doubt ?? doubt('setting-beside-configuration', { setting: said.written });
    return { listeners: [], overridden: [], doubt: unclear };
  }
  const port = one.number ? told.port : config.port;
  const grounds = one.number ? told.grounds : [...config.grounds, groundOf(said, 'address', environment)];
  const listener: KnownListener = {
    port,
    protocol: config.protocol,
    bind: one.host ? told.bind : config.bind,
    speaks: config.speaks,
    grounds,
    at: one.number ? told.at : config.at,
  };
  const by = said.at && { said: said.written, port, at: said.at };
  return {
    listeners: [listener, ...configured.filter((other) => other !== config)],
    overridden:
      by && config.at && config.port !== port
        ? [{ said: config.grounds, port: config.port, at: config.at, by }]
        : [],
    doubt: undefined,
  };
}
