import type { YamlNode } from '../../text/yaml-node.ts';
import type { IgnoreAnnotation } from '../model.ts';
import type { Reader } from '../reader.ts';

const PREFIX = 'ignore.portolan.dev/';

/** `ignore.portolan.dev/RULE: "why"` among the annotations of an object. */
export function readIgnores(read: Reader, annotations: YamlNode | undefined): IgnoreAnnotation[] {
  if (annotations?.type !== 'map') return [];
  return annotations.entries.flatMap(({ key, keyNode, value }) => {
    if (!key.startsWith(PREFIX)) return [];
    const reason = value.type === 'scalar' && typeof value.value === 'string' ? value.value.trim() : '';
    return { rule: key.slice(PREFIX.length), reason, at: read.at(keyNode) };
  });
}
