import { createHash } from 'node:crypto';
import { type Json, type JsonObject, listAt, objectAt, textAt } from '../json.ts';

/** Containers of a Pod's specification, those that start before the others included. */
export const containersOf = (spec: Json | undefined): readonly Json[] => [
  ...listAt(spec, 'initContainers'),
  ...listAt(spec, 'containers'),
];

export const namesIn = (spec: Json | undefined): ReadonlySet<string> =>
  new Set(containersOf(spec).map((one) => textAt(one, 'name') ?? ''));

const DECISIVE = ['name', 'image', 'command', 'args', 'env', 'envFrom', 'ports'];

/**
 * What of a Pod decides over its ports, as one short text. Containers that somebody else put in, as an admission
 * webhook does, are left out by naming those that count.
 */
export function shapeOf(spec: Json | undefined, names: ReadonlySet<string> = namesIn(spec)): string {
  const parts = containersOf(spec)
    .filter((one) => names.has(textAt(one, 'name') ?? ''))
    .map((one) => DECISIVE.map((key) => objectAt(one)[key] ?? null));
  return createHash('sha1').update(JSON.stringify(parts)).digest('base64');
}

/** The controller among an object's owners. */
export const controllerOf = (object: JsonObject): JsonObject | undefined => {
  const found = listAt(object, 'metadata', 'ownerReferences').find(
    (one) => objectAt(one).controller === true,
  );
  return found === undefined ? undefined : objectAt(found);
};
