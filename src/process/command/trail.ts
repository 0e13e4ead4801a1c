import { type Environment, type FoundVariable, findVariable } from '../environment/environment.ts';
import type { MissingProof } from '../listeners/missing-proof.ts';
import type { Word } from './word.ts';
import type { Done } from './writes.ts';

/** What is learned on the way from `command` to the program that stays. */
export interface Trail {
  readonly environment: Environment;
  /** Variables that a shell or `env` sets for the program. */
  readonly assigned: Map<string, FoundVariable>;
  /** What gives the program variables that no manifest shows: `doppler`. */
  unseen: string | undefined;
  /** Names that a shell reads. */
  readonly reads: Set<string>;
  /** Commands that a shell runs besides the program. */
  readonly done: Done[];
  /** Commands that a shell starts and that go on beside the program. */
  readonly beside: {
    readonly words: readonly Word[];
    readonly assigned: ReadonlyMap<string, FoundVariable>;
  }[];
  /** Why nothing at all is known of the program. */
  readonly unsettled: MissingProof[];
  /** What else can be, although the program is known. */
  readonly remaining: MissingProof[];
}

export const newTrail = (environment: Environment): Trail => ({
  environment,
  assigned: new Map(),
  unseen: undefined,
  reads: new Set(),
  done: [],
  beside: [],
  unsettled: [],
  remaining: [],
});

/** Set by the container runtime or the shell, so that silence of the manifest says nothing. */
const RUNTIME: ReadonlySet<string> = new Set(['HOSTNAME', 'HOME', 'PATH', 'PWD', 'USER', 'SHELL', 'OLDPWD']);

/** What is known of a variable inside the container. */
export type Reading =
  | { readonly kind: 'set'; readonly variable: FoundVariable }
  /** `image`: its ENV was not read and can set it. */
  | { readonly kind: 'unset'; readonly image: boolean }
  | { readonly kind: 'unknown' };

export function readVariable({ environment, assigned }: Trail, name: string): Reading {
  const variable = assigned.get(name) ?? findVariable(environment, name);
  if (variable && (environment.complete || variable.origin === 'pod')) return { kind: 'set', variable };
  if (RUNTIME.has(name) || !environment.complete) return { kind: 'unknown' };
  return { kind: 'unset', image: environment.image?.complete !== true };
}
