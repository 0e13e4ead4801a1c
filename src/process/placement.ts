import type { FactPort, ImageFact, Setting } from '../knowledge/image-fact.ts';
import type { Container } from '../model/model.ts';
import type { Location } from '../text/source.ts';
import { type BindAddress, parseSetting } from './bind-address.ts';
import type { FlagUse } from './command-line.ts';
import type { KnownListener } from './container-process.ts';
import type { Environment, Variable } from './environment.ts';

/** What decides over the ports of one container. */
export interface Setup {
  readonly container: Container;
  readonly fact: ImageFact;
  readonly environment: Environment;
  /** In the order of the command line. */
  readonly flags: readonly FlagUse[];
}

/** Where one port of an image is in one container. */
export interface Placement {
  /** Undefined for a port that stays closed, or whose place is not known. */
  readonly listener: KnownListener | undefined;
  /** Why its place is not known. */
  readonly doubt: string | undefined;
}

/** What one flag or variable says: a place, or why it cannot be known. */
interface Said {
  readonly setting: Setting;
  readonly kind: 'flag' | 'variable';
  readonly place: BindAddress | string;
  /** `PORT=3005 from env`; undefined for what is only possibly there. */
  readonly phrase: string;
  readonly at: Location | undefined;
}

/** Reads every setting that is there, the strongest last: variables in the order of the facts, then flags. */
export function place(factPort: FactPort, setup: Setup): Placement {
  const said = [
    ...factPort.moves.env.flatMap((setting) => readVariable(setting, setup) ?? []),
    ...setup.flags.flatMap((use) => readFlag(factPort, use, setup) ?? []),
  ];
  const number = said.findLast(({ setting }) => setting.form !== 'host');
  const host = said.findLast(({ setting }) => setting.form !== 'port');
  const doubt =
    [number, host].map((one) => one?.place).find((one) => typeof one === 'string') ??
    conflict(factPort, said, number);
  if (doubt !== undefined) return { listener: undefined, doubt };
  if (!number && factPort.closed) return { listener: undefined, doubt: undefined };
  const loopback = placeOf(host)?.loopback ?? (factPort.bind ?? setup.fact.bind) === 'loopback';
  return {
    listener: {
      port: placeOf(number)?.port ?? factPort.port,
      protocol: factPort.protocol,
      bind: loopback ? 'loopback' : 'all',
      because: because(factPort, setup.fact, number, loopback && host !== number ? host : undefined),
      at: number?.at ?? (loopback ? host?.at : undefined),
    },
    doubt: undefined,
  };
}

const placeOf = (said: Said | undefined): BindAddress | undefined =>
  typeof said?.place === 'object' ? said.place : undefined;

function because(
  factPort: FactPort,
  fact: ImageFact,
  number: Said | undefined,
  host: Said | undefined,
): string {
  const usual = factPort.closed ? '' : `; default ${factPort.port}`;
  const reads = number?.kind === 'variable' ? `, which the image ${fact.id} reads${usual}` : '';
  const decided = number ? `${number.phrase}${reads}` : `default of the image ${fact.id}`;
  return host ? `${decided}, bound to loopback by ${host.phrase}` : decided;
}

function readVariable(setting: Setting, { environment, fact }: Setup): Said | undefined {
  const variable = environment.variables.get(setting.name);
  const kind = 'variable';
  if (variable) {
    const { at } = variable;
    return {
      setting,
      kind,
      at,
      place: placeOfVariable(setting, variable),
      phrase: phraseOf(setting, variable),
    };
  }
  if (environment.complete) return undefined;
  const doubt = `an envFrom source that is not in the input can set ${setting.name}, which the image ${fact.id} reads`;
  return { setting, kind, at: undefined, place: doubt, phrase: setting.name };
}

/** An empty value is a default to one program and an error to the next, so it is not known. */
function placeOfVariable(setting: Setting, { name, value, from, secret }: Variable): BindAddress | string {
  if (value === undefined) return `the value of ${name} from ${from} is not in the input`;
  const place = parseSetting(setting.form, value);
  if (place) return place;
  const shown = secret ? name : `${name}=${JSON.stringify(value)}`;
  return `${shown} from ${from} is not a ${NOUNS[setting.form]}`;
}

const NOUNS: Record<Setting['form'], string> = {
  port: 'port number',
  address: 'listen address with a port',
  host: 'wildcard or loopback address',
  list: 'list of ports that is followed',
};

/** A Secret's value is shown only as the port that it is. */
function phraseOf(setting: Setting, { name, value, from, secret }: Variable): string {
  const shown = secret ? parseSetting(setting.form, value ?? '')?.port : value;
  return shown === undefined ? `${name} from ${from}` : `${name}=${shown} from ${from}`;
}

function readFlag(factPort: FactPort, use: FlagUse, { container, flags }: Setup): Said | undefined {
  const setting = factPort.moves.flags.find(({ name }) => name === use.name);
  if (!setting) return undefined;
  const { name, value, written, at, field } = use;
  const where = `in ${field} of container ${container.name}`;
  const place = parseSetting(setting.form, value);
  const shown = written.includes('$') ? (place?.port ?? written) : written;
  const phrase = `${name}=${shown} ${where}`;
  const again = setting.repeatable && flags.filter((other) => other.name === name).length > 1;
  return {
    setting,
    kind: 'flag',
    at,
    phrase,
    place: again
      ? `${name} is given more than once ${where}`
      : (place ?? `${name}=${written} ${where} is not a ${NOUNS[setting.form]}`),
  };
}

/** Some programs ask a flag only whether it differs from its default, and read the variable when it does not. */
function conflict(factPort: FactPort, said: readonly Said[], number: Said | undefined): string | undefined {
  if (number?.kind !== 'flag' || placeOf(number)?.port !== factPort.port) return undefined;
  const rival = said.find(
    (one) => one.kind === 'variable' && one.setting.form !== 'host' && placeOf(one)?.port !== factPort.port,
  );
  return rival && `${number.phrase} repeats the default, while ${rival.phrase} says another port`;
}
