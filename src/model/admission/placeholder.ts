import type { Scalar, YamlNode } from '../../text/yaml-node.ts';
import { isPlaceholder } from '../ports.ts';

/** `$NAME` of envsubst, `<NAME>`, `{NAME}` and `{it.name}`, `__NAME__` and `NAME_OF_IT-web` of people who tell others what to fill in. */
const TO_FILL_IN: readonly RegExp[] = [
  /\$[A-Za-z_]|<[^<>]+>|\{[A-Z][A-Z0-9_]*\}|%[A-Z_]+%|@[A-Z_]+@/,
  /__[A-Z][A-Z0-9_]*__/,
  /\{[a-z_]\w*(?:\.\w+)+\}/,
  /(?:^|[-./])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?:$|[-./])/,
];

/** A value that is not the one that will be applied. */
export const isToFillIn = (node: { readonly value: Scalar }): boolean =>
  typeof node.value === 'string' &&
  MARK.test(node.value) &&
  (isPlaceholder(node) || TO_FILL_IN.some((form) => form.test(node.value as string)));

/** Each of them has one; most texts have none. */
const MARK = /[$<{@%_]|[A-Z]{4}/;

/** The same of any node: without quotes, `{NAME}` is a map of one key to YAML, and `[IMAGE_URL]` a list of one item. */
export function isLeftOpen(node: YamlNode): boolean {
  if (node.type === 'scalar') return isToFillIn(node);
  if (node.type === 'list') {
    const [item, ...others] = node.items;
    return item?.type === 'scalar' && others.length === 0 && NAMED.test(String(item.value));
  }
  const [only, ...more] = node.type === 'map' ? node.entries : [];
  if (!only || more.length > 0 || only.value.type !== 'scalar') return false;
  return only.value.value === null && /^(?:[A-Z][A-Z0-9_]*|[a-z_]\w*(?:\.\w+)+)$/.test(only.key);
}

/** Two words at least: one alone may be a value, as that of a list of capabilities or methods. */
const NAMED = /^[A-Z][A-Z0-9]*(?:[_ ][A-Z0-9]+)+$/;
