import type { SourceFile } from '../text/source.ts';
import { readYaml } from '../text/yaml.ts';
import type { YamlNode } from '../text/yaml-node.ts';

/** The objects of a text, made when somebody asks and kept for who asks next. */
export type Tree = () => readonly YamlNode[];

/** What a program printed. */
export interface RenderedSource extends SourceFile {
  readonly tree: Tree;
}

export function treeOf(text: string): Tree {
  let roots: readonly YamlNode[] | undefined;
  return () => {
    roots ??= readYaml(text, undefined, true).documents.flatMap(({ root }) => root ?? []);
    return roots;
  };
}
