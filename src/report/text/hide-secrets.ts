import { readYaml } from '../../text/yaml.ts';
import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from '../../text/yaml-node.ts';
import { chunksOf } from '../../text/yaml-split.ts';

/**
 * A source as it may be shown: what Secrets hold and what URLs carry before an `@` becomes dots. Frames show lines
 * around a place, and logs of CI are read by many. Every offset stays what it was.
 */
export function hideSecrets(text: string): string {
  const shown = text.includes('Secret') ? hideData(text) : text;
  return shown.replace(/(?<=:\/\/)[^\s/?#"'`]+(?=@)/g, dots);
}

const dots = (text: string): string => text.replace(/\S/g, '•');

function hideData(text: string): string {
  let shown = '';
  for (const { start, end } of chunksOf(text)) {
    const document = text.slice(start, end);
    shown += text.slice(shown.length, start);
    shown += document.includes('Secret') ? hideInDocument(document) : document;
  }
  return shown + text.slice(shown.length);
}

function hideInDocument(text: string): string {
  const { documents, errors, template } = readYaml(text);
  if (errors.length > 0 || template !== undefined) return hideByLine(text);
  return documents
    .flatMap(({ root }) => (root ? stretchesIn(root, text) : []))
    .reduce((shown, stretch) => hideStretch(shown, stretch), text);
}

/** Where the tree cannot be had, a Secret keeps its keys alone. */
const hideByLine = (text: string): string =>
  /["']?kind["']?\s*:\s*["']?Secret\b/.test(text)
    ? text.replace(/^(\s*(?:- +)?["']?[\w./-]+["']?:)?(.*)$/gm, (_, key = '', rest = '') => key + dots(rest))
    : text;

/** A part of a text, and the keys in it that may be shown. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly keys: readonly YamlScalar[];
}

/** What holds the secrets of Secrets; an annotation may hold what was applied last. */
function stretchesIn(node: YamlNode, text: string): Stretch[] {
  if (node.type === 'list') return node.items.flatMap((item) => stretchesIn(item, text));
  if (node.type !== 'map') return [];
  const kind = entryOf(node, 'kind')?.value;
  if (kind?.type === 'scalar' && kind.value === 'Secret') {
    const metadata = entryOf(node, 'metadata')?.value;
    return [
      ...stretchesOf(node, 'data', text),
      ...stretchesOf(node, 'stringData', text),
      ...(metadata?.type === 'map' ? stretchesOf(metadata, 'annotations', text) : []),
    ];
  }
  const items = entryOf(node, 'items')?.value;
  return items ? stretchesIn(items, text) : [];
}

const entryOf = ({ entries }: YamlMap, key: string): YamlEntry | undefined =>
  entries.find((entry) => entry.key === key);

/** From a key to the next one, as comments hold secrets, too; and the value, which may stand at an anchor elsewhere. */
function stretchesOf(map: YamlMap, key: string, text: string): Stretch[] {
  const entry = entryOf(map, key);
  if (!entry) return [];
  const { keyNode, value } = entry;
  const keys = value.type === 'map' ? value.entries.map((one) => one.keyNode) : [];
  const next = map.entries.map((one) => one.keyNode.start).filter((start) => start > keyNode.end);
  const end = Math.min(...next, Math.max(keyNode.end, map.end));
  return [
    { start: behindColon(text, keyNode), end: end + COMMENTS.exec(text.slice(end))![0].length, keys },
    { start: value.start, end: value.end, keys },
  ];
}

const COMMENTS = /^[^\S\n]*(?:#.*)?(?:\n\s*#.*)*/;

const behindColon = (text: string, { end }: YamlScalar): number =>
  end + (/^\s*:/.exec(text.slice(end))?.[0].length ?? 0);

function hideStretch(text: string, { start, end, keys }: Stretch): string {
  const own = keys.filter((key) => key.start >= start && key.end <= end).sort((a, b) => a.start - b.start);
  let shown = text.slice(0, start);
  for (const key of own) {
    shown += dots(text.slice(shown.length, key.start)) + text.slice(key.start, behindColon(text, key));
  }
  return shown + dots(text.slice(shown.length, end)) + text.slice(Math.max(shown.length, end));
}
