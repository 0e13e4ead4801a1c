import type { Location } from '../../text/source.ts';
import type { YamlNode } from '../../text/yaml-node.ts';
import type { Labels, Misfit } from '../model.ts';
import { get, type Reader } from '../reader.ts';

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

export const readLabels = (read: Reader, root: YamlNode | undefined): Labels =>
  read.labels(get(root, 'metadata'), 'labels', 'metadata.labels');

export const readAnnotations = (read: Reader, root: YamlNode | undefined): Labels =>
  read.labels(get(root, 'metadata'), 'annotations', 'metadata.annotations');
