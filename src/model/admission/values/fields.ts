import type { YamlList, YamlMap, YamlNode, YamlScalar } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import { isToFillIn } from '../placeholder.ts';
import { type Check, SAME_AGAIN, type Site } from '../site.ts';
import type { Step } from '../step.ts';
import type { NameFault } from './names.ts';

/** Text that is what it says: not left to another tool to fill in. */
export function textIn(node: YamlNode | undefined, ...path: string[]): YamlScalar | undefined {
  return asText(get(node, ...path));
}

const asText = (value: YamlNode | undefined): YamlScalar | undefined =>
  value?.type === 'scalar' && typeof value.value === 'string' && !isToFillIn(value) ? value : undefined;

/** A whole number of 32 bits; what is none is a fault of its type. */
export function integerIn(
  node: YamlNode | undefined,
  ...path: string[]
): (YamlScalar & { readonly value: number }) | undefined {
  return wholeNumber(get(node, ...path), 2 ** 31);
}

/** A whole number of 64 bits, as far as it is exact. */
export const longIn = (node: YamlNode | undefined): ReturnType<typeof wholeNumber> =>
  wholeNumber(node, Number.MAX_SAFE_INTEGER);

function wholeNumber(
  value: YamlNode | undefined,
  most: number,
): (YamlScalar & { readonly value: number }) | undefined {
  return value?.type === 'scalar' && Number.isInteger(value.value) && Math.abs(value.value as number) < most
    ? (value as YamlScalar & { readonly value: number })
    : undefined;
}

export function listIn(node: YamlNode | undefined, ...path: string[]): YamlList | undefined {
  const value = get(node, ...path);
  return value?.type === 'list' ? value : undefined;
}

/** The texts of a list, with their places in it. */
export const textsIn = (node: YamlNode | undefined, ...path: string[]): [index: number, text: YamlScalar][] =>
  (listIn(node, ...path)?.items ?? []).flatMap((item, index): [number, YamlScalar][] => {
    // In a list, Go makes an empty text of a null.
    const isNull = item.type === 'scalar' && item.value === null;
    const text = isNull ? { ...item, value: '', text: '' } : asText(item);
    return text ? [[index, text]] : [];
  });

/** Whether a field is there and not null. */
export function has(node: YamlNode | undefined, ...path: string[]): boolean {
  const value = get(node, ...path);
  return value !== undefined && !(value.type === 'scalar' && value.value === null);
}

export function mapsOf(node: YamlNode | undefined, ...path: string[]): [index: number, map: YamlMap][] {
  const list = listIn(node, ...path);
  return (
    list?.items.flatMap((item, index) => (item.type === 'map' ? [[index, item] as [number, YamlMap]] : [])) ??
    []
  );
}

/** A text that must be a name of some kind. */
export function checkName(
  site: Site,
  node: YamlMap,
  key: string,
  faultOf: NameFault,
  before: readonly Step[] = [],
): void {
  const text = get(node, key);
  if (text?.type !== 'scalar' || typeof text.value !== 'string' || text.value === '') return;
  const fault = faultOf(text.text);
  // Most names are right, and need not be looked at for what others are to fill in.
  if (fault && !isToFillIn(text))
    site.refuses(text, [...before, key], `Invalid value: ${JSON.stringify(text.text)}: ${fault}`, {
      label: labelFor(fault),
    });
}

/** The same of each text of a list; there, none may be empty. */
export function checkNames(
  site: Site,
  node: YamlMap,
  list: string,
  faultOf: NameFault,
  before: readonly Step[] = [],
): void {
  for (const [index, text] of textsIn(node, list)) {
    const fault = faultOf(text.text);
    if (fault)
      site.refuses(text, [...before, list, index], `Invalid value: ${JSON.stringify(text.text)}: ${fault}`, {
        label: labelFor(fault),
      });
  }
}

/** One that must be there as well. */
export function checkRequiredName(site: Site, node: YamlMap, key: string, faultOf: NameFault): void {
  const text = get(node, key);
  if (text?.type === 'scalar' && text.value === '')
    site.refuses(text, [key], 'Required value', { label: 'empty' });
  else checkName(site, node, key, faultOf);
}

/** A text that must be one of a closed list. */
export function checkListed(
  site: Site,
  text: YamlScalar,
  steps: readonly Step[],
  list: readonly string[],
): void {
  if (list.includes(text.text)) return;
  const near = list.find((one) => one.toLowerCase() === text.text.toLowerCase());
  site.refuses(
    text,
    steps,
    `Unsupported value: ${JSON.stringify(text.text)}: supported values: ${list.map((one) => JSON.stringify(one)).join(', ')}`,
    near
      ? { label: `\`${near}\` is meant`, fix: site.writing(text, near) }
      : { label: 'not on the list of what is taken' },
  );
}

/** What the description requires is told where it is not there; this is where it is empty. */
export const checkFilled =
  (...keys: readonly string[]): Check =>
  (node, site) => {
    for (const key of keys) {
      const text = textIn(node, key);
      if (text?.text === '') site.refuses(text, [key], 'Required value', { label: 'empty' });
    }
  };

/** A number that must lie in a range. */
export function checkRange(
  site: Site,
  node: YamlMap,
  path: readonly string[],
  [least, most]: readonly [number, number],
  reason: string,
): void {
  const number = integerIn(node, ...path);
  if (number && (number.value < least || number.value > most)) {
    site.refuses(number, path, `Invalid value: ${number.value}: ${reason}`, { label: reason });
  }
}

export const AT_LEAST_0 = 'must be greater than or equal to 0';
export const ANY: number = Number.POSITIVE_INFINITY;

/** Items that repeat what must be said once. */
export function checkRepeated(
  site: Site,
  node: YamlMap,
  list: string,
  key: string,
  { unless = () => false }: { readonly unless?: (item: YamlMap) => boolean } = {},
): void {
  const seen = new Set<string>();
  for (const [index, item] of mapsOf(node, list)) {
    const text = textIn(item, key);
    if (!text || text.text === '' || unless(item)) continue;
    if (seen.has(text.text))
      site.refuses(text, [list, index, key], `Duplicate value: ${JSON.stringify(text.text)}`, SAME_AGAIN);
    seen.add(text.text);
  }
}

/** The server's reason as far as a label has room for it. */
export const labelFor = (fault: string): string =>
  fault.length > 80 ? 'not of the form that is taken' : fault;
