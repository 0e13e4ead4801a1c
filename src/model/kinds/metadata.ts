import type { Location } from '../../text/source.ts';
import type { YamlNode } from '../../text/yaml-node.ts';
import type { Labels, LiveObject, Misfit } from '../model.ts';
import { get, isTrue, mapsIn, type Reader } from '../reader.ts';

/** What every resource has, in the shape of `Resource`. */
export interface Metadata {
  readonly apiVersion: string;
  readonly namespace: string;
  readonly unplaced?: true;
  readonly name: string;
  readonly nameAt: Location;
  readonly source: Reader['source'];
  readonly start: number;
  readonly misfits: readonly Misfit[];
}

/** The object's own namespace, else the run's; an explicit `default` and a missing one are the same (S-188). */
export function readMetadata(read: Reader, root: YamlNode, namespace: string): Metadata {
  const metadata = get(root, 'metadata');
  const name = read.string(metadata, 'name', 'metadata.name');
  const own = read.string(metadata, 'namespace', 'metadata.namespace')?.value;
  return {
    apiVersion: read.string(root, 'apiVersion', 'apiVersion')?.value ?? '',
    namespace: own || namespace,
    ...(own ? {} : { unplaced: true }),
    name: name?.value ?? '',
    nameAt: name?.at ?? read.keyAt(metadata, 'generateName') ?? read.keyAt(root, 'kind') ?? read.at(root),
    source: read.source,
    start: root.start,
    misfits: read.misfits,
  };
}

/** Undefined for what a person wrote: the API server alone gives a uid, and controllers alone set owners. */
export function readLive(read: Reader, root: YamlNode): LiveObject | undefined {
  const metadata = get(root, 'metadata');
  const text = (node: YamlNode | undefined, key: string): string | undefined => {
    const value = read.scalar(node, key)?.value;
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const uid = text(metadata, 'uid');
  const controlling = mapsIn(metadata, 'ownerReferences').find((one) => isTrue(one, 'controller'));
  if (uid === undefined && !controlling) return undefined;
  return {
    uid,
    created: text(metadata, 'creationTimestamp'),
    owner: controlling && {
      apiVersion: text(controlling, 'apiVersion') ?? '',
      kind: text(controlling, 'kind') ?? '',
      name: text(controlling, 'name') ?? '',
      uid: text(controlling, 'uid'),
    },
  };
}

export const readLabels = (read: Reader, root: YamlNode | undefined): Labels =>
  read.labels(get(root, 'metadata'), 'labels', 'metadata.labels');

export const readAnnotations = (read: Reader, root: YamlNode | undefined): Labels =>
  read.labels(get(root, 'metadata'), 'annotations', 'metadata.annotations');
