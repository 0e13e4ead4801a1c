import type { FactPort, FrameworkFact, ImageFact, Setting } from '../../knowledge/image-fact.ts';
import type { Location } from '../../text/source.ts';
import { type FlagUse, nameOfUse } from '../command/flag-use.ts';
import { type Environment, type FoundVariable, findVariable } from '../environment/environment.ts';
import { type BindAddress, parseSetting } from '../listeners/bind-address.ts';
import type { KnownListener, ListenerBind, OverriddenSetting } from '../listeners/container-process.ts';
import { type Doubt, doubt } from '../listeners/doubts/doubt.ts';
import { type Decided, factGround, type Ground, settingGround } from '../listeners/grounds/ground.ts';
import type { WrittenSetting } from '../listeners/grounds/written-setting.ts';
import { speechOf, switched } from './switches.ts';
import { writtenFlag, writtenVariable } from './written.ts';

/** What decides over the ports of one container. */
export interface Setup {
  readonly fact: ImageFact | FrameworkFact;
  readonly environment: Environment;
  /** In the order of the command line. */
  readonly flags: readonly FlagUse[];
}

/** Where one port of a program is in one container. */
export interface Placement {
  readonly port: FactPort;
  /** Empty for a port that stays closed, or whose place is not known. */
  readonly listeners: readonly KnownListener[];
  /** Why its place is not known. */
  readonly doubt: Doubt | undefined;
  /** What decides the number and the address; undefined for a default. */
  readonly number: Said | undefined;
  readonly host: Said | undefined;
  readonly overridden: readonly OverriddenSetting[];
}

/** What one flag or variable says: its sockets, or why they cannot be known. */
export interface Said {
  readonly setting: Setting;
  readonly kind: 'flag' | 'variable';
  readonly sockets: readonly BindAddress[] | Doubt;
  readonly written: WrittenSetting;
  readonly at: Location | undefined;
  /** The image says it, and no manifest does. */
  readonly ofImage: boolean;
}

/** Reads every setting that is there, the strongest last: variables in the order of the facts, then flags. */
export function place(factPort: FactPort, setup: Setup): Placement {
  const said = [
    ...factPort.moves.env.flatMap((setting) => readVariable(setting, setup) ?? []),
    ...setup.flags.flatMap((use) => readFlag(factPort, use, setup) ?? []),
  ].sort((a, b) => RANKS[a.setting.rank ?? 'usual'] - RANKS[b.setting.rank ?? 'usual']);
  const number = said.findLast(({ setting }) => setting.form !== 'host');
  const host = said.findLast(mayNameHost);
  const numbers = number?.setting.repeatable ? said.filter(({ setting }) => setting.repeatable) : [number];
  const unread =
    [...numbers, host]
      .map((one) => one?.sockets)
      .find((sockets) => sockets !== undefined && isDoubt(sockets)) ?? conflict(factPort, said, number);
  const overridden = overriddenBy(number, said);
  const state = switched(factPort, setup.environment, setup.flags);
  if (unread !== undefined || state !== 'open' || (!number && factPort.closed)) {
    const unclear = typeof state === 'string' ? undefined : state.doubt;
    return {
      port: factPort,
      listeners: [],
      doubt: state === 'closed' ? undefined : (unread ?? unclear),
      number,
      host,
      overridden,
    };
  }
  const usual = factPort.bind ?? setup.fact.bind;
  const speaks = speechOf(factPort, setup.environment, setup.flags);
  const address = host === number ? undefined : socketsOf(host)[0]?.bind;
  const listeners = numbers.flatMap((one) =>
    (one ? socketsOf(one) : [DEFAULT]).map((socket): KnownListener => {
      const bind = address ?? socket.bind ?? usual;
      const grounds = groundsOf(factPort, setup, one, bind, address ? host : undefined);
      return {
        port: socket.port ?? factPort.port,
        protocol: factPort.protocol,
        bind,
        speaks: socket.speaks ?? speaks,
        ...(socket.port !== undefined && socket.port !== factPort.port ? { usual: factPort.port } : {}),
        grounds,
        at: one?.at ?? (bind === 'loopback' ? host?.at : undefined),
        boundAt: address && host?.at,
      };
    }),
  );
  return { port: factPort, listeners, doubt: undefined, number, host, overridden };
}

/** A number alone, as a bare argument may be, leaves the address to what else says one. */
const mayNameHost = ({ setting, sockets }: Said): boolean =>
  setting.form === 'host' ||
  (setting.form !== 'port' && (isDoubt(sockets) || sockets.some(({ bind }) => bind !== undefined)));

const RANKS = { weak: 0, usual: 1, strong: 2 } as const;

const DEFAULT: BindAddress = { port: undefined, bind: undefined };

const socketsOf = (said: Said | undefined): readonly BindAddress[] =>
  said && !isDoubt(said.sockets) ? said.sockets : [];

export const isDoubt = (sockets: Said['sockets']): sockets is Doubt => 'what' in sockets;

const portOf = (said: Said): number | undefined => socketsOf(said)[0]?.port;

function groundsOf(
  factPort: FactPort,
  { fact, environment }: Setup,
  number: Said | undefined,
  bind: ListenerBind,
  host: Said | undefined,
): Ground[] {
  const usual = factPort.closed ? undefined : factPort.port;
  const decided = number
    ? [groundOf(number, 'port', environment)]
    : [factGround(fact, 'default', factPort.port)];
  if (number?.kind === 'variable') decided.push(factGround(fact, 'reads', usual));
  if (bind === 'hostname') return [...decided, factGround(fact, 'hostname')];
  if (bind !== 'loopback') return decided;
  if (host) return [...decided, groundOf(host, 'loopback', environment)];
  const isSaid = number && socketsOf(number)[0]?.bind !== undefined;
  return isSaid ? decided : [...decided, factGround(fact, 'loopback')];
}

/** What no manifest says, an image does: its Dockerfile, or the configuration that was built of one. */
export function groundOf(
  { kind, written, at, ofImage }: Said,
  decides: Decided,
  { image }: Pick<Environment, 'image'>,
): Ground {
  const built = image?.isDockerfile ? 'dockerfile' : 'image-config';
  return { kind: ofImage && image ? built : kind, decides, written, at };
}

function readVariable(setting: Setting, { environment, fact }: Setup): Said | undefined {
  const variable = findVariable(environment, setting.name);
  const kind = 'variable';
  if (variable?.origin !== 'pod' && !environment.complete) {
    const { unseen } = environment;
    const sockets = doubt('unseen-sets', { unseen, variable: setting.name, fact });
    const written = { is: kind, name: setting.name, value: undefined, from: undefined } as const;
    return { setting, kind, at: undefined, sockets, written, ofImage: false };
  }
  if (!variable) return undefined;
  const sockets = socketsOfVariable(setting, variable, fact);
  if (sockets === undefined) return undefined;
  const written = writtenVariable(variable, setting);
  return { setting, kind, at: variable.at, sockets, written, ofImage: variable.origin === 'image' };
}

/** An empty value is a default to one program and an error to the next, so it is not known. */
function socketsOfVariable(
  setting: Setting,
  variable: FoundVariable,
  fact: ImageFact | FrameworkFact,
): Said['sockets'] | undefined {
  const { name, value, from, secret, origin } = variable;
  if (origin === 'service') {
    const collision = fact.serviceLinks?.find((one) => one.variable === name);
    if (collision?.effect === 'handled') return undefined;
    return doubt('link-in-variable', { variable: name, from, fact });
  }
  if (value === undefined) return doubt('value-outside', { variable: name, from });
  const sockets = parseSetting(setting, value);
  if (sockets) return sockets;
  // The facts of an image were made with its ENV in place.
  if (origin === 'image' && 'match' in fact) return undefined;
  const shown = secret ? undefined : value;
  return doubt('variable-unreadable', { variable: name, value: shown, from, form: setting.form });
}

function readFlag(factPort: FactPort, use: FlagUse, { fact }: Setup): Said | undefined {
  const setting =
    use.name === '' ? bareSetting(fact) : factPort.moves.flags.find((flag) => nameOfUse(flag) === use.name);
  if (!setting) return undefined;
  const written = writtenFlag(use, setting);
  const sockets = parseSetting(setting, use.value);
  return {
    setting,
    kind: 'flag',
    at: use.at,
    written,
    ofImage: use.at === undefined,
    sockets: sockets ?? doubt('flag-unreadable', { setting: written, form: setting.form }),
  };
}

/** What a bare argument says: `runserver 8000` and `runserver 0.0.0.0:8000` are both right. */
const bareSetting = (fact: ImageFact | FrameworkFact): Setting | undefined =>
  'positional' in fact ? { name: '', form: fact.positional === 'host' ? 'host' : 'list' } : undefined;

/** Some programs ask a flag only whether it differs from its default, and read the variable when it does not. */
function conflict(factPort: FactPort, said: readonly Said[], number: Said | undefined): Doubt | undefined {
  if (number?.kind !== 'flag' || portOf(number) !== factPort.port) return undefined;
  const rival = said.find(
    (one) => one.kind === 'variable' && one.setting.form !== 'host' && portOf(one) !== factPort.port,
  );
  return rival && doubt('default-repeated', { flag: number.written, variable: rival.written });
}

/** Settings of a manifest whose port is another than that of the one that wins. */
function overriddenBy(number: Said | undefined, said: readonly Said[]): OverriddenSetting[] {
  if (!number?.at || isDoubt(number.sockets)) return [];
  const { written, at } = number;
  const ports = socketsOf(number).map(({ port }) => port);
  return said.flatMap((one) => {
    const port = portOf(one);
    const loses = one !== number && one.setting.form !== 'host' && !one.setting.repeatable && one.at;
    return loses && port !== undefined && !ports.includes(port)
      ? [
          {
            said: [settingGround(one.written, loses)],
            port,
            at: loses,
            by: { said: written, port: ports[0], at },
          },
        ]
      : [];
  });
}
