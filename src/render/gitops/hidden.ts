import type { YamlNode } from '../../text/yaml-node.ts';

/** What stands for a secret: a variable that nobody fills in, which proves nothing. */
const HIDDEN = '${SECRET}';

/** What may be printed: ports and switches. */
const isHarmless = (text: string): boolean => /^(?:\d{1,5}|true|false)$/.test(text);

export const hiddenText = (text: string): string => (isHarmless(text.trim()) ? text : HIDDEN);

/** A tree of values of a Secret, with nothing in it that may be one. */
export function hidden(node: YamlNode): YamlNode {
  if (node.type === 'list') return { ...node, items: node.items.map(hidden) };
  if (node.type === 'map')
    return { ...node, entries: node.entries.map((entry) => ({ ...entry, value: hidden(entry.value) })) };
  return isHarmless(node.text) || node.value === null ? node : { ...node, value: HIDDEN, text: HIDDEN };
}
