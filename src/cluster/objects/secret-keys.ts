import { isObject, type Json, type JsonObject, objectAt } from '../json.ts';
import { mayPlacePort, type SecretUse } from './references.ts';

/** A Secret with its keys, and the values of those alone that may say a port; nothing else of it is kept. */
export function keptOfSecret(secret: Json | undefined, { keys }: SecretUse): JsonObject | undefined {
  if (!isObject(secret)) return undefined;
  const { namespace, name, uid, labels } = objectAt(secret, 'metadata');
  const data = Object.entries(objectAt(secret, 'data')).map(([key, value]) => [
    key,
    keys.has(key) || mayPlacePort(key) ? value : '',
  ]);
  return { metadata: { namespace, name, uid, labels }, type: secret.type, data: Object.fromEntries(data) };
}
