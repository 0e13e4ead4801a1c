/** What an API server answers: data from elsewhere, of whatever shape. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Its own field alone; an empty object for what is none. */
export const objectAt = (value: Json | undefined, ...keys: readonly string[]): JsonObject => {
  const found = at(value, ...keys);
  return isObject(found) ? found : {};
};

export function at(value: Json | undefined, ...keys: readonly string[]): Json | undefined {
  let found = value;
  for (const key of keys) found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  return found;
}

export const listAt = (value: Json | undefined, ...keys: readonly string[]): readonly Json[] => {
  const found = at(value, ...keys);
  return Array.isArray(found) ? found : [];
};

export const numberAt = (value: Json | undefined, ...keys: readonly string[]): number | undefined => {
  const found = at(value, ...keys);
  return typeof found === 'number' ? found : undefined;
};

/** Undefined for what is no text. */
export const textAt = (value: Json | undefined, ...keys: readonly string[]): string | undefined => {
  const found = at(value, ...keys);
  return typeof found === 'string' ? found : undefined;
};
