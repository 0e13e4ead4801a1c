import type { FactPort } from '../../knowledge/image-fact.ts';
import type { FlagUse } from '../command/flag-use.ts';
import { type Environment, findVariable } from '../environment/environment.ts';
import type { KnownListener } from '../listeners/container-process.ts';
import { type Doubt, doubt } from '../listeners/doubts/doubt.ts';

/** Whether a port that is closed until something switches it on is open, or why that is not known. */
export type Switched = 'open' | 'closed' | { readonly doubt: Doubt };

const ON = /^(?:true|1|yes|on|enabled?)?$/i;
const OFF = /^(?:false|0|no|off|disabled?)$/i;

/** Any of its switches opens it; a flag given alone is on. */
export function switched(
  { opensWith, port }: FactPort,
  environment: Environment,
  flags: readonly FlagUse[],
): Switched {
  if (!opensWith) return 'open';
  return switchedBy(opensWith, { effect: 'opens', port }, environment, flags);
}

/** Whether plain HTTP is all that a port speaks which else sends it on to HTTPS. */
export function speechOf(
  { plainWith, port }: FactPort,
  environment: Environment,
  flags: readonly FlagUse[],
): KnownListener['speaks'] {
  if (!plainWith) return undefined;
  const state = switchedBy(plainWith, { effect: 'makes-plain', port }, environment, flags);
  return state === 'open' ? 'HTTP' : state === 'closed' ? 'HTTPS with redirect' : 'unknown';
}

function switchedBy(
  names: readonly string[],
  switching: { readonly effect: 'opens' | 'makes-plain'; readonly port: number },
  environment: Environment,
  flags: readonly FlagUse[],
): Switched {
  const variables = names.filter((name) => !name.startsWith('-'));
  const said = [
    ...flags
      .filter(({ name }) => names.includes(name))
      .map(({ name, value, where }) => ({ name, value, from: where, secret: false })),
    ...variables.flatMap((name) => findVariable(environment, name) ?? []),
  ];
  if (said.some(({ name, value }) => isOn(name, value))) return 'open';
  const unclear = said.find(({ value }) => value === undefined || !OFF.test(value));
  if (unclear) {
    const { name, from } = unclear;
    return { doubt: doubt('switch-unclear', { variable: name, from, ...switching }) };
  }
  const [variable] = variables;
  if (variable !== undefined && said.length === 0 && !environment.complete)
    return { doubt: doubt('unseen-switches', { variable, ...switching }) };
  return 'closed';
}

const isOn = (name: string, value: string | undefined): boolean =>
  value !== undefined && ON.test(value) && (value !== '' || name.startsWith('-'));
