import type { Scalar, YamlList, YamlNode, YamlScalar } from '../../text/yaml-node.ts';
import { get } from '../reader.ts';
import type { Facets, ListSchema, ScalarSchema } from './schema.ts';
import { clip } from './step.ts';

export interface FacetFault {
  readonly says: string;
  readonly label: string;
  readonly reason: string;
  readonly help: readonly string[];
  /** The value is none of a closed list. */
  readonly isList: boolean;
  /** The one of the list that differs in case alone. */
  readonly meant?: string;
}

/** Whether a value of the right type keeps the description: no path is made for what is right. */
export const keepsFacets = (node: YamlNode, { facets }: ScalarSchema | ListSchema): boolean =>
  node.type === 'list'
    ? (facets.least === undefined || node.items.length >= facets.least) &&
      (facets.most === undefined || node.items.length <= facets.most)
    : node.type !== 'scalar' || keeps(node.value, facets);

/**
 * What a value of the right type breaks of the description: a closed list, a pattern, a least and a most.
 *
 * @param keepsEmpty whether a text that is left empty is not taken for one that is left out
 */
export const facetFault = (
  node: YamlScalar | YamlList,
  { facets }: ScalarSchema | ListSchema,
  field: string,
  keepsEmpty: boolean,
): FacetFault | undefined =>
  node.type === 'list' ? listFault(node.items, facets, field) : scalarFault(node, facets, field, keepsEmpty);

function keeps(value: Scalar, { enum: list, min, max, least, most, pattern }: Facets): boolean {
  if (list) return list.includes(value);
  if (typeof value === 'number')
    return !(min !== undefined && value < min) && !(max !== undefined && value > max);
  if (typeof value !== 'string') return true;
  const { length } = value;
  return (
    !(least !== undefined && length < least) &&
    !(most !== undefined && length > most) &&
    (pattern === undefined || matches(value, pattern))
  );
}

function scalarFault(
  node: YamlScalar,
  facets: Facets,
  field: string,
  keepsEmpty: boolean,
): FacetFault | undefined {
  const { value } = node;
  const says = `gives \`${clip(node.text)}\` as`;
  const fault = (reason: string, label: string): FacetFault => ({
    says,
    label,
    reason: `${field}: ${reason}`,
    help: [],
    isList: false,
  });
  if (facets.enum && !facets.enum.includes(value)) {
    // Text that is left empty counts as left out, wherever the server has no need of it.
    if (value === '' && !keepsEmpty) return undefined;
    const near = facets.enum.find((one) => String(one).toLowerCase() === String(value).toLowerCase());
    const supported = facets.enum.map((one) => JSON.stringify(one)).join(', ');
    return {
      says,
      label: near === undefined ? 'not on the list of what is taken' : `\`${near}\` is meant`,
      reason: `${field}: Unsupported value: ${JSON.stringify(value)}: supported values: ${supported}`,
      help: near === undefined ? [`write ${oneOf(facets.enum)}`] : [],
      isList: true,
      ...(typeof near === 'string' ? { meant: near } : {}),
    };
  }
  if (typeof value === 'number') {
    const invalid = `Invalid value: ${value}: ${field} in body should be`;
    if (facets.min !== undefined && value < facets.min)
      return fault(`${invalid} greater than or equal to ${facets.min}`, `less than ${facets.min}`);
    if (facets.max !== undefined && value > facets.max)
      return fault(`${invalid} less than or equal to ${facets.max}`, `more than ${facets.max}`);
  }
  if (typeof value === 'string') {
    const invalid = `Invalid value: ${JSON.stringify(value)}: ${field} in body should`;
    const { length } = value;
    if (facets.least !== undefined && length < facets.least)
      return fault(`${invalid} be at least ${facets.least} chars long`, 'too short');
    if (facets.most !== undefined && length > facets.most)
      return fault(`Too long: may not be more than ${facets.most} bytes`, 'too long');
    if (facets.pattern !== undefined && !matches(value, facets.pattern))
      return fault(`${invalid} match '${facets.pattern}'`, 'not of the form that is taken');
  }
  return undefined;
}

const oneOf = (values: readonly unknown[]): string =>
  values.length === 1
    ? `\`${values[0]}\``
    : `${values
        .slice(0, -1)
        .map((one) => `\`${one}\``)
        .join(', ')} or \`${values.at(-1)}\``;

/** Longer texts could keep a regex busy that was written for RE2, and no such field takes them. */
const LONGEST_MATCHED = 2048;
const compiled = new Map<string, RegExp | undefined>();

function matches(text: string, pattern: string): boolean {
  if (text.length > LONGEST_MATCHED) return true;
  if (!compiled.has(pattern)) compiled.set(pattern, compile(pattern));
  return compiled.get(pattern)?.test(text) ?? true;
}

/** Undefined for what RE2 reads and JavaScript does not. */
function compile(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}

function listFault(items: readonly YamlNode[], facets: Facets, field: string): FacetFault | undefined {
  const fault = (reason: string, label: string): FacetFault => ({
    says: `has a list that is refused as`,
    label,
    reason: `${field}: ${reason}`,
    help: [],
    isList: false,
  });
  if (facets.least !== undefined && items.length < facets.least)
    return fault(
      `Invalid value: ${items.length}: ${field} in body should have at least ${facets.least} items`,
      'too few items',
    );
  if (facets.most !== undefined && items.length > facets.most)
    return fault(`Too many: ${items.length}: must have at most ${facets.most} items`, 'too many items');
  return undefined;
}

/** The items of a list that say the same in what tells them apart, each after its first. */
export function* repeatedItems(
  items: readonly YamlNode[],
  { keys, set }: Facets,
): Generator<{ readonly index: number; readonly node: YamlNode; readonly value: string }> {
  if (!keys && !set) return;
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    const values = keys ? keys.map((key) => get(item, key)) : [item];
    const texts = values.map((value) => (value?.type === 'scalar' ? value.value : undefined));
    if (texts.every((text) => text === undefined)) continue;
    const value = JSON.stringify(
      keys ? Object.fromEntries(keys.map((key, at) => [key, texts[at]])) : texts[0],
    );
    if (seen.has(value)) yield { index, node: values.find((one) => one?.type === 'scalar') ?? item, value };
    seen.add(value);
  }
}
