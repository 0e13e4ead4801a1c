import type { YamlNode } from '../../text/yaml-node.ts';
import type { LabelSelector } from '../label-selector.ts';
import { get, mapsIn, type Reader } from '../reader.ts';

/** A selector with `matchLabels` and `matchExpressions`; one that is left out is empty. */
export const readLabelSelector = (
  read: Reader,
  node: YamlNode | undefined,
  field: string,
): LabelSelector => ({
  labels: read.labels(node, 'matchLabels', `${field}.matchLabels`),
  expressions: mapsIn(node, 'matchExpressions').map((one, index) => {
    const path = `${field}.matchExpressions[${index}]`;
    return {
      key: read.string(one, 'key', `${path}.key`)?.value ?? '',
      operator: read.string(one, 'operator', `${path}.operator`)?.value ?? '',
      values: read.strings(one, 'values', `${path}.values`) ?? [],
    };
  }),
});

export const readOptionalSelector = (
  read: Reader,
  root: YamlNode,
  key: string,
  field: string,
): LabelSelector | undefined => {
  const node = get(root, key);
  return node && readLabelSelector(read, node, `${field}.${key}`);
};
