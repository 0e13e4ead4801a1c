import { Located } from '../../text/source.ts';
import type { YamlNode } from '../../text/yaml-node.ts';
import { fieldMap } from '../field-map.ts';
import type { KindDecoder } from '../kind.ts';
import type { ConfigMap, Secret } from '../model.ts';
import { get, isTrue, type Reader } from '../reader.ts';
import { readAnnotations, readMetadata } from './metadata.ts';

function decodeConfigMap(read: Reader, root: YamlNode, namespace: string): ConfigMap {
  return {
    shape: 'config-map',
    kind: 'ConfigMap',
    data: fieldMap(readData(read, root, 'data')),
    binaryKeys: keysOf(get(root, 'binaryData')),
    annotations: readAnnotations(read, root),
    immutable: isTrue(root, 'immutable'),
    ...readMetadata(read, root, namespace),
  };
}

/** `stringData` is written over `data` (S-097). What is no base64 has no value that an environment could hold. */
function decodeSecret(read: Reader, root: YamlNode, namespace: string): Secret {
  const data = new Map<string, Located<string>>();
  for (const [key, encoded] of readData(read, root, 'data')) {
    const value = fromBase64(encoded.value);
    if (value !== undefined) data.set(key, new Located(value, encoded.source, encoded.start, encoded.end));
  }
  for (const [key, value] of readData(read, root, 'stringData')) data.set(key, value);
  return { shape: 'secret', kind: 'Secret', data, ...readMetadata(read, root, namespace) };
}

/** A null value is the empty string (S-099); a number or boolean is refused by the API server, and its text is meant. */
function readData(read: Reader, root: YamlNode, field: string): (readonly [string, Located<string>])[] {
  const data: [string, Located<string>][] = [];
  for (const { key, value } of entriesOf(get(root, field))) {
    if (value.type !== 'scalar') continue;
    const text = value.value === null ? '' : read.text(value, `${field}.${key}`);
    data.push([key, text || new Located('', read.source, value.start, value.end)]);
  }
  return data;
}

const NO_KEYS: ReadonlySet<string> = new Set();

const keysOf = (node: YamlNode | undefined): ReadonlySet<string> =>
  entriesOf(node).length === 0 ? NO_KEYS : new Set(entriesOf(node).map(({ key }) => key));

const entriesOf = (node: YamlNode | undefined): readonly { key: string; value: YamlNode }[] =>
  node?.type === 'map' ? node.entries : [];

function fromBase64(text: string): string | undefined {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

export const CONFIG: readonly KindDecoder[] = [
  {
    kind: 'ConfigMap',
    groups: [''],
    links: ['parent', 'backend', 'config', 'client'],
    decode: decodeConfigMap,
  },
  { kind: 'Secret', groups: [''], links: ['config'], decode: decodeSecret },
];
