import { readYaml } from '../yaml.ts';
import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from '../yaml-node.ts';
import { chunksOf } from '../yaml-split.ts';
import { namesSecrets } from './names-in-text.ts';
import { isSecretName } from './secret-names.ts';
import type { Stretch } from './stretch.ts';

/** What may not be shown of a text, and the keys among it that may. */
export interface Hidden {
  readonly stretches: Stretch[];
  readonly kept: Stretch[];
}

/** What the trees of a text say: the data of Secrets, values under secret names, and variables that have such names. */
export function secretsInYaml(text: string): Hidden {
  const hidden: Hidden = { stretches: [], kept: [] };
  for (const { start, end } of chunksOf(text)) addChunk(text, start, end, hidden);
  return hidden;
}

function addChunk(text: string, start: number, end: number, hidden: Hidden): void {
  const chunk = text.slice(start, end);
  if (!namesSecrets(chunk)) return;
  const { documents, errors, template } = readYaml(chunk);
  if (errors.length > 0 || template !== undefined) {
    addLines(chunk, start, hidden);
    return;
  }
  const own: Hidden = { stretches: [], kept: [] };
  const seen = new Set<YamlNode>();
  for (const { root } of documents) if (root) addNode(root, chunk, own, seen);
  for (const one of own.stretches) hidden.stretches.push(shifted(one, start));
  for (const one of own.kept) hidden.kept.push(shifted(one, start));
}

const shifted = ({ start, end }: Stretch, by: number): Stretch => ({ start: start + by, end: end + by });

const KEY = /^\s{0,200}(?:- {1,200})?["']?[\w./-]{1,256}["']?:/;

/** Where the tree cannot be had, a Secret keeps its keys alone. */
function addLines(chunk: string, base: number, { stretches }: Hidden): void {
  if (!/["']?\bkind["']?[ \t]{0,16}:[ \t]{0,16}["']?Secret\b/.test(chunk)) return;
  let at = 0;
  for (const line of chunk.split('\n')) {
    const key = KEY.exec(line)?.[0].length ?? 0;
    stretches.push({ start: base + at + key, end: base + at + line.length });
    at += line.length + 1;
  }
}

/** Aliases lead to one node from many places: each is looked at once. */
function addNode(root: YamlNode, text: string, hidden: Hidden, seen: Set<YamlNode>): void {
  const left = [root];
  for (let node = left.pop(); node; node = left.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.type === 'list') for (const item of node.items) left.push(item);
    if (node.type !== 'map') continue;
    if (isNamed(node, 'kind', (kind) => kind === 'Secret')) addSecret(node, text, hidden);
    addPair(node, hidden);
    for (const { key, value } of node.entries) {
      if (isSecretName(key)) addValue(value, hidden);
      left.push(value);
    }
  }
}

/** What holds the secrets of Secrets; an annotation may hold what was applied last. */
function addSecret(node: YamlMap, text: string, hidden: Hidden): void {
  addField(node, 'data', text, hidden);
  addField(node, 'stringData', text, hidden);
  const metadata = entryOf(node, 'metadata')?.value;
  if (metadata?.type === 'map') addField(metadata, 'annotations', text, hidden);
}

/** `{ name: DB_PASSWORD, value: … }`, in either order. */
function addPair(node: YamlMap, hidden: Hidden): void {
  if (!isNamed(node, 'name', isSecretName) && !isNamed(node, 'key', isSecretName)) return;
  const value = entryOf(node, 'value')?.value;
  if (value) addValue(value, hidden);
}

/** Numbers and texts; `true` is none, and a reference to where the secret is begins with a `$`. */
function addValue(value: YamlNode, { stretches }: Hidden): void {
  const items = value.type === 'list' ? value.items : [value];
  for (const item of items) {
    if (item.type !== 'scalar' || item.value === null || typeof item.value === 'boolean') continue;
    if (!/^(?:\$\([^()]*\)|\$\{[^{}]*\})?$/.test(item.text.slice(0, 300))) stretches.push(item);
  }
}

const isNamed = (node: YamlMap, key: string, test: (name: string) => boolean): boolean => {
  const value = entryOf(node, key)?.value;
  return value?.type === 'scalar' && typeof value.value === 'string' && test(value.value);
};

const entryOf = ({ entries }: YamlMap, key: string): YamlEntry | undefined =>
  entries.find((entry) => entry.key === key);

/** From a key to the next one, as comments hold secrets, too; and the value, which may stand at an anchor elsewhere. */
function addField(map: YamlMap, key: string, text: string, { stretches, kept }: Hidden): void {
  const entry = entryOf(map, key);
  if (!entry) return;
  const { keyNode, value } = entry;
  let end = Math.max(keyNode.end, map.end);
  for (const { keyNode: other } of map.entries)
    if (other.start > keyNode.end && other.start < end) end = other.start;
  stretches.push({ start: behindColon(text, keyNode), end: commentsEnd(text, end) }, value);
  if (value.type !== 'map') return;
  for (const one of value.entries)
    kept.push({ start: one.keyNode.start, end: behindColon(text, one.keyNode) });
}

/** Comments that follow, in the line and in lines of their own. */
function commentsEnd(text: string, from: number): number {
  COMMENTS.lastIndex = from;
  return COMMENTS.test(text) ? COMMENTS.lastIndex : from;
}

const COMMENTS = /[^\S\n]*(?:#.*)?(?:\n\s*#.*)*/y;

function behindColon(text: string, { end }: YamlScalar): number {
  COLON.lastIndex = end;
  return COLON.test(text) ? COLON.lastIndex : end;
}

const COLON = /\s{0,200}:/y;
