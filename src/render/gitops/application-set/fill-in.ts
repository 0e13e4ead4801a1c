import type { Plain } from '../../../text/to-plain.ts';
import { Undecided } from './undecided.ts';

/** What a generator gives for one Application. */
export interface Parameters {
  readonly [key: string]: Plain;
}

const PLACE = /\{\{([^{}]*)\}\}/g;

/**
 * Fills parameters into every text of a template: `{{path.basename}}`, and with `goTemplate: true` `{{.path.basename}}`
 * and `{{index .path.segments 1}}`.
 *
 * @throws Undecided for what a function works out, or what no parameter says
 */
export function fillIn(template: Plain, parameters: Parameters, isGo: boolean): Plain {
  if (typeof template === 'string')
    return template.replace(PLACE, (_, inner: string) => filled(expressionIn(inner), parameters, isGo));
  if (Array.isArray(template)) return template.map((one: Plain) => fillIn(one, parameters, isGo));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) => [
      String(fillIn(key, parameters, isGo)),
      fillIn(value, parameters, isGo),
    ]),
  );
}

/** Without the marks that trim the text around it: `{{- .path.path -}}`. */
const expressionIn = (inner: string): string => inner.replace(/^-/, '').replace(/-$/, '').trim();

function filled(inner: string, parameters: Parameters, isGo: boolean): string {
  const value = isGo ? goValue(inner, parameters) : flatValue(inner, parameters);
  if (value === undefined || value === null || typeof value === 'object')
    throw new Undecided(`nothing in the repository says what \`{{${inner}}}\` is`);
  return String(value);
}

function goValue(inner: string, parameters: Parameters): Plain | undefined {
  const indexed = /^index \.([\w.]+) (\d+)$/.exec(inner);
  if (indexed) {
    const list = at(parameters, indexed[1]!.split('.'));
    return Array.isArray(list) ? (list as readonly Plain[])[Number(indexed[2])] : undefined;
  }
  const field = /^\.([\w.]+)$/.exec(inner);
  return field ? at(parameters, field[1]!.split('.')) : undefined;
}

/** Keys are written flat: `path`, `path.basename`, `path[1]`, `values.tier`. */
function flatValue(inner: string, parameters: Parameters): Plain | undefined {
  const item = /^path\[(\d+)\]$/.exec(inner);
  const path = parameters.path;
  if (item) return (at(parameters, ['path', 'segments']) as readonly Plain[] | undefined)?.[Number(item[1])];
  if (inner === 'path' && typeof path === 'object') return at(parameters, ['path', 'path']);
  return at(parameters, inner.split('.'));
}

function at(from: Plain | undefined, [key, ...more]: readonly string[]): Plain | undefined {
  if (key === undefined) return from;
  if (typeof from !== 'object' || from === null || Array.isArray(from) || !Object.hasOwn(from, key))
    return undefined;
  return at((from as Parameters)[key], more);
}
