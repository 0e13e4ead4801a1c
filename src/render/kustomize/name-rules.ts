import { resolve } from 'node:path';
import { get, mapsIn } from '../../model/reader.ts';
import type { YamlNode } from '../../text/yaml-node.ts';
import type { WrittenFiles } from '../written.ts';
import type { Kustomization } from './closure.ts';

/**
 * Which fields hold names of which objects, as `configurations` say it beyond what kustomize knows. The rules of all
 * that is built in one run are put together, and count for the objects of all (api/internal/accumulator: MergeConfig,
 * FixBackReferences). Each by what it says, with the words that stand wherever it applies.
 */
export type NameRules = ReadonlyMap<string, readonly string[]>;

const PARTS = ['group', 'version', 'kind', 'path', 'create'];
const WORDS = /[\w.-]+/g;

/** All else that `configurations` say is about what a kustomization does to its own objects. */
export function nameRulesOf(kustomizations: readonly Kustomization[], written: WrittenFiles): NameRules {
  const rules = new Map<string, readonly string[]>();
  const files = kustomizations.flatMap(({ root, folder }) => {
    const list = get(root, 'configurations');
    const paths = list?.type === 'list' ? list.items : [];
    return paths.flatMap((path) => (path.type === 'scalar' ? resolve(folder, path.text) : []));
  });
  for (const file of new Set(files)) {
    for (const root of written.read(file)?.roots ?? []) {
      for (const target of mapsIn(root, 'nameReference')) {
        for (const field of mapsIn(target, 'fieldSpecs')) {
          const said = [target, field].map((node) => PARTS.map((part) => textAt(node, part)));
          const words = [target, field].flatMap((node) => [textAt(node, 'kind'), textAt(node, 'path')]);
          rules.set(JSON.stringify(said), words.join(' ').match(WORDS) ?? []);
        }
      }
    }
  }
  return rules;
}

const textAt = (node: YamlNode, key: string): string => {
  const value = get(node, key);
  return value?.type === 'scalar' ? value.text : '';
};
