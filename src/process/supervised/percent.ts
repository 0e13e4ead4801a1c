import { readVariable, type Trail } from '../command/trail.ts';
import { UNKNOWN } from '../environment/environment.ts';

export interface Filled {
  /** With UNKNOWN for what is not known. */
  readonly text: string;
  readonly secret: boolean;
}

/**
 * Fills in `%(ENV_PORT)s` and `%(process_num)02d` as `%` of Python does. A name that there is not keeps supervisord from
 * starting, and a lone `%` too: what stands there is not known then.
 */
export function fillPercent(text: string, trail: Trail, names: Readonly<Record<string, string>>): Filled {
  let secret = false;
  const filled = text.replace(
    /%(?:%|\((\w+)\)0?(\d*)([sd])|)/g,
    (whole, name: string | undefined, width: string, kind: string) => {
      if (whole === '%%') return '%';
      if (name === undefined) return UNKNOWN;
      const variable = name.startsWith('ENV_') ? readVariable(trail, name.slice('ENV_'.length)) : undefined;
      if (variable?.kind === 'set') secret ||= variable.variable.secret;
      const value = variable?.kind === 'set' ? variable.variable.value : names[name];
      if (value === undefined) return UNKNOWN;
      return kind === 'd' ? value.padStart(Math.min(Number(width), MOST_DIGITS), '0') : value;
    },
  );
  return { text: filled, secret };
}

const MOST_DIGITS = 10;
