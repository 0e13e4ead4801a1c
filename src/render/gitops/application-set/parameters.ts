import type { Location } from '../../../text/source.ts';
import type { Scalar, YamlMap, YamlNode, YamlScalar } from '../../../text/yaml-node.ts';

/** What a generator gives for one Application: a tree, as its values may have a place in a file. */
export type Parameters = YamlMap;

/** Where nodes were written that do not stand in the ApplicationSet's own text: filled in, or worked out. */
export type Places = Map<YamlNode, Location | undefined>;

const NOWHERE = { start: 0, end: 0 };

export const mapOf = (node: YamlNode | undefined): Parameters =>
  node?.type === 'map' ? node : { ...NOWHERE, type: 'map', entries: [] };

/** The later ones win. */
export function together(...maps: readonly Parameters[]): Parameters {
  const entries = new Map(maps.flatMap((map) => map.entries.map((entry) => [entry.key, entry] as const)));
  return { ...NOWHERE, type: 'map', entries: [...entries.values()] };
}

/** What stands in no file. */
export class Made {
  readonly #places: Places;

  constructor(places: Places) {
    this.#places = places;
  }

  text(text: string, place?: Location): YamlScalar {
    const scalar = { ...NOWHERE, type: 'scalar', value: text as Scalar, text, quoted: true } as const;
    this.#places.set(scalar, place);
    return scalar;
  }

  map(fields: Readonly<Record<string, YamlNode>>): Parameters {
    const entries = Object.entries(fields).map(([key, value]) => ({ key, keyNode: this.text(key), value }));
    return { ...NOWHERE, type: 'map', entries };
  }

  list(items: readonly YamlNode[]): YamlNode {
    return { ...NOWHERE, type: 'list', items };
  }
}
