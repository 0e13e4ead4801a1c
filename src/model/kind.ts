import type { YamlNode } from '../text/yaml-node.ts';
import type { Resource } from './model.ts';
import type { Reader } from './reader.ts';

/** How one kind of object is read, and what it takes part in. The table of supported kinds is made of these. */
export interface KindDecoder {
  readonly kind: string;
  /** API groups that serve it; `` is the core group. Every version of a group is read the same way. */
  readonly groups: readonly string[];
  /** Kinds of links that start or end at it, outside in. */
  readonly links: readonly string[];
  /** A word without which a document says nothing that is followed, so that it need not be parsed. */
  readonly needs?: string;
  decode(read: Reader, root: YamlNode, namespace: string): Resource;
}

/** Group of an apiVersion: `apps` of `apps/v1`, `` of `v1`. */
export const groupOf = (apiVersion: string): string => {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
};

/** The decoders of a run, by kind. */
export type Kinds = ReadonlyMap<string, readonly KindDecoder[]>;

export const kindsOf = (decoders: readonly KindDecoder[]): Kinds => {
  const byKind = new Map<string, KindDecoder[]>();
  for (const decoder of decoders) {
    const same = byKind.get(decoder.kind);
    if (same) same.push(decoder);
    else byKind.set(decoder.kind, [decoder]);
  }
  return byKind;
};

export const decoderOf = (kinds: Kinds, kind: string, apiVersion: string): KindDecoder | undefined => {
  const group = groupOf(apiVersion);
  return kinds.get(kind)?.find(({ groups }) => groups.includes(group));
};
