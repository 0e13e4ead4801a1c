import type { FrameworkFact, ImageFact, Setting } from '../../knowledge/image-fact.ts';
import { isPlaceholder, isPortNumber } from '../../model/ports.ts';
import type { Environment } from '../../process/environment/environment.ts';
import type { Variable } from '../../process/environment/variables.ts';
import { parsePort, parseSetting } from '../../process/listeners/bind-address.ts';
import { groupBy } from '../../text/group-by.ts';

/** A variable of the Pod whose value names a port in a form that the program does not take. */
export interface MalformedSetting {
  readonly variable: Variable;
  /** What is wrong with it: `has a blank around the number`. */
  readonly fault: string;
  /** What the program takes: `a port number`, `an address with a port`. */
  readonly takes: string;
  /** The value that was meant, where there is one. */
  readonly meant: string | undefined;
}

export function malformedSettings(
  { ports }: ImageFact | FrameworkFact,
  { variables }: Environment,
): MalformedSetting[] {
  const byName = groupBy(
    ports.flatMap(({ moves }) => moves.env),
    ({ name }) => name,
  );
  return [...byName].flatMap(([name, settings]) => {
    const variable = variables.get(name);
    if (variable?.value === undefined || isPlaceholder({ value: variable.value })) return [];
    const { value } = variable;
    if (settings.some((setting) => parseSetting(setting, value))) return [];
    const fault = settings.length === 1 && faultOf(settings[0]!, value);
    return fault ? [{ variable, ...fault }] : [];
  });
}

function faultOf({ form }: Setting, value: string): Omit<MalformedSetting, 'variable'> | undefined {
  const trimmed = value.trim();
  if (form === 'port') {
    const takes = 'a port number';
    if (/^\d+$/.test(trimmed) && Number(trimmed) !== 0 && !isPortNumber(Number(trimmed))) {
      return { takes, fault: 'is out of the range of ports', meant: undefined };
    }
    const meant = /^(?:.*:)?(\d+)$/s.exec(trimmed)?.[1];
    if (meant === undefined || parsePort(meant) === undefined) return undefined;
    const fault = trimmed === meant ? 'has a blank around the number' : 'has more than a number';
    return { takes, fault, meant };
  }
  if (form === 'address' && parsePort(trimmed) !== undefined) {
    return { takes: 'an address with a port', fault: 'has a number and no colon', meant: `:${trimmed}` };
  }
  return undefined;
}
