/**
 * A YAML document as a tree of plain values with offsets: just what decoding needs, nothing of layout or comments.
 * Aliases are followed and merge keys (`<<`) are merged, so a node may be reached from several places; its offsets
 * are always those of the text that spelled it.
 */
export type YamlNode = YamlMap | YamlList | YamlScalar;

export interface YamlMap {
  readonly type: 'map';
  readonly start: number;
  readonly end: number;
  /** In order of appearance. A key written twice keeps its last value, as kubectl has it; merged keys come last. */
  readonly entries: readonly YamlEntry[];
}

export interface YamlEntry {
  /** The key as text: `8080:` and `"8080":` are the same key here, as in the JSON that kubectl sends. */
  readonly key: string;
  readonly keyNode: YamlScalar;
  readonly value: YamlNode;
}

export interface YamlList {
  readonly type: 'list';
  readonly start: number;
  readonly end: number;
  readonly items: readonly YamlNode[];
}

/** What kubectl would send to the API server for this scalar (YAML 1.1 of sigs.k8s.io/yaml, S-001). */
export type Scalar = string | number | boolean | null;

export interface YamlScalar {
  readonly type: 'scalar';
  readonly start: number;
  readonly end: number;
  readonly value: Scalar;
  /** The characters of the scalar after unquoting and folding, before any type is given to it: `0777` for 511. */
  readonly text: string;
  readonly quoted: boolean;
}

export interface YamlDocument {
  /** Range of the document in its source, without the `---` line. */
  readonly start: number;
  readonly end: number;
  /** Null for an empty document or one that holds only comments or `null`. */
  readonly root: YamlNode | null;
}

export interface YamlError {
  /** Offset into the whole source. */
  readonly offset: number;
  /** One sentence for a person, without position and without a full stop. */
  readonly message: string;
}
