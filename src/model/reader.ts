import { compact } from '../text/compact.ts';
import { Located, type Location, type SourceFile } from '../text/source.ts';
import type { Scalar, YamlMap, YamlNode, YamlScalar } from '../text/yaml-node.ts';
import { locatedTexts } from './located-texts.ts';
import type { Labels, Misfit } from './model.ts';
import { isPlaceholder } from './ports.ts';

export const NO_LABELS: Labels = new Map();

/** Reads the fields of one resource, and notes the values whose type the API server would refuse (S-001, S-099). */
export class Reader {
  readonly source: SourceFile;
  readonly misfits: Misfit[] = [];

  constructor(source: SourceFile) {
    this.source = source;
  }

  at(node: YamlNode): Location {
    return new Located(undefined, this.source, node.start, node.end);
  }

  /** Where the key of a field stands, to point at when the value is a block of its own. */
  keyAt(node: YamlNode | undefined, key: string): Location | undefined {
    const entry = node?.type === 'map' ? node.entries.find((one) => one.key === key) : undefined;
    return entry && this.at(entry.keyNode);
  }

  scalar(node: YamlNode | undefined, key: string): Located<Scalar> | undefined {
    const value = get(node, key);
    if (value?.type !== 'scalar' || value.value === null) return undefined;
    return new Located(value.value, this.source, value.start, value.end);
  }

  /** A string field. A scalar of another type is a misfit, and its text is what its author meant. */
  string(node: YamlNode | undefined, key: string, field: string): Located<string> | undefined {
    const value = get(node, key);
    return value?.type === 'scalar' ? this.text(value, field) : undefined;
  }

  /** An int32 field. A string is a misfit (S-001); its value is kept as it is, so that nobody takes it for a number. */
  integer(node: YamlNode | undefined, key: string, field: string): Located<Scalar> | undefined {
    const got = this.scalar(node, key);
    if (got && !Number.isInteger(got.value) && !isPlaceholder(got))
      this.misfits.push({ field, expected: 'integer', got });
    return got;
  }

  /** A map of strings: labels, selectors, annotations. */
  labels(node: YamlNode | undefined, key: string, field: string): Labels {
    const map = get(node, key);
    if (map?.type !== 'map' || map.entries.length === 0) return NO_LABELS;
    const flat: (string | number)[] = [];
    for (const { key: name, value } of map.entries) {
      if (value.type !== 'scalar') continue;
      flat.push(name, this.#written(value, `${field}.`, name), value.start, value.end);
    }
    return locatedTexts(this.source, compact(flat));
  }

  /** The strings of a list; other scalars are misfits, anything else passes by. */
  strings(node: YamlNode | undefined, key: string, field: string): readonly Located<string>[] | undefined {
    const list = get(node, key);
    if (list?.type !== 'list') return undefined;
    return compact(
      list.items.flatMap((item, index) => {
        const text = item.type === 'scalar' ? this.text(item, `${field}[${index}]`) : undefined;
        return text ? [text] : [];
      }),
    );
  }

  text(node: YamlScalar, field: string): Located<string> | undefined {
    if (node.value === null) return undefined;
    return new Located(this.#written(node, field), this.source, node.start, node.end);
  }

  /** The text that is meant; an empty one where there is none. */
  #written({ value, text, start, end }: YamlScalar, field: string, key = ''): string {
    if (typeof value === 'string') return value;
    if (value === null) return '';
    const got = new Located<Scalar>(value, this.source, start, end);
    this.misfits.push({ field: field + key, expected: 'string', got });
    return text;
  }
}

/** Follows keys through nested maps. */
export function get(node: YamlNode | undefined, ...path: string[]): YamlNode | undefined {
  let current = node;
  for (const key of path) {
    if (current?.type !== 'map') return undefined;
    current = valueAt(current, key);
  }
  return current;
}

function valueAt(map: YamlMap, key: string): YamlNode | undefined {
  for (const entry of map.entries) if (entry.key === key) return entry.value;
  return undefined;
}

/** The maps of a list; what is no map passes by, as there is nothing in it to follow. */
export function mapsIn(node: YamlNode | undefined, key: string): YamlMap[] {
  const list = get(node, key);
  return list?.type === 'list' ? list.items.filter((item) => item.type === 'map') : [];
}

export const isTrue = (node: YamlNode | undefined, key: string): boolean => {
  const value = get(node, key);
  return value?.type === 'scalar' && value.value === true;
};
