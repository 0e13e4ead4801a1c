import { mapsIn } from '../../model/reader.ts';
import type { YamlNode } from '../../text/yaml-node.ts';
import { fields } from '../fields.ts';

/** Patches that are written where they are asked for. Controllers know no others, and no file is read for one. */
export function writtenPatches(node: YamlNode | undefined): { readonly patches?: readonly unknown[] } {
  const patches = mapsIn(node, 'patches').map((one) => fields(one, ['patch', 'target', 'options']));
  return patches.length > 0 ? { patches } : {};
}
