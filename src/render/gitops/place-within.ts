import { insideScalar } from '../../text/inside-scalar.ts';
import { Located, type Location } from '../../text/source.ts';
import type { YamlNode, YamlScalar } from '../../text/yaml-node.ts';

/**
 * Where a node of the YAML that a text holds was written.
 *
 * @param text the scalar that holds it
 * @param at where that was written; the node's place is exact where the same characters stand there
 */
export function placeWithin(
  text: YamlScalar,
  at: Location | undefined,
  { start, end }: YamlNode,
): Location | undefined {
  return at && insideScalar(new Located(text.text, at.source, at.start, at.end))(start, end);
}
