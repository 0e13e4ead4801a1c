import type { YamlNode } from '../text/yaml-node.ts';
import { get, mapsIn } from './reader.ts';

/**
 * The files that a kustomization uses as patches: each holds a piece of an object, not an object. Paths are as
 * written, relative to the kustomization's folder.
 */
export function patchFilesOf(root: YamlNode): string[] {
  const lists = [get(root, 'patchesStrategicMerge'), get(root, 'patches')];
  const plain = lists.flatMap((list) => (list?.type === 'list' ? list.items.flatMap(textOf) : []));
  const named = ['patches', 'patchesJson6902'].flatMap((key) =>
    mapsIn(root, key).flatMap((patch) => textOf(get(patch, 'path'))),
  );
  return [...plain, ...named].filter((path) => !path.includes('\n'));
}

const textOf = (node: YamlNode | undefined): string[] =>
  node?.type === 'scalar' && typeof node.value === 'string' ? [node.value] : [];

/** Kustomize knows its file by the name, and both fields may be left out. */
export const isKustomization = (kind: string, apiVersion: string, path: string): boolean =>
  apiVersion.startsWith('kustomize.config.k8s.io/') ||
  (apiVersion === '' &&
    (kind === 'Kustomization' || (kind === '' && /(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(path))));
