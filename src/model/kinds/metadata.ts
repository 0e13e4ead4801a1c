import type { Location } from '../../text/source.ts';
import type { YamlNode } from '../../text/yaml-node.ts';
import type { IgnoreAnnotation, Labels, LiveObject, Misfit, Unsettled } from '../model.ts';
import { get, isTrue, mapsIn, type Reader } from '../reader.ts';
import { readIgnores } from './ignore-annotations.ts';

/** What every resource has, in the shape of `Resource`. */
export interface Metadata {
  readonly apiVersion: string;
  readonly namespace: string;
  readonly unplaced?: true;
  readonly unsettled?: Unsettled;
  readonly name: string;
  readonly nameAt: Location;
  readonly source: Reader['source'];
  readonly start: number;
  readonly misfits: readonly Misfit[];
  readonly ignores?: readonly IgnoreAnnotation[];
}

/** The object's own namespace, else the run's; an explicit `default` and a missing one are the same (S-188). */
export function readMetadata(read: Reader, root: YamlNode, namespace: string): Metadata {
  const metadata = get(root, 'metadata');
  const name = read.string(metadata, 'name', 'metadata.name');
  const own = read.string(metadata, 'namespace', 'metadata.namespace')?.value;
  const ignores = readIgnores(read, get(metadata, 'annotations'));
  return {
    apiVersion: read.string(root, 'apiVersion', 'apiVersion')?.value ?? '',
    namespace: own || namespace,
    ...(own ? {} : { unplaced: true }),
    ...(isPiece(metadata, read.source.path) ? { unsettled: PIECE } : {}),
    name: name?.value ?? '',
    nameAt: name?.at ?? read.keyAt(metadata, 'generateName') ?? read.keyAt(root, 'kind') ?? read.at(root),
    source: read.source,
    start: root.start,
    misfits: read.misfits,
    ...(ignores.length > 0 ? { ignores } : {}),
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

/** Fields that are put on top of an object that somebody else makes: what it lacks here, it has there. */
const PIECE: Unsettled = {
  fields: true,
  labels: true,
  place: true,
  by: { is: 'whole-object' },
};

/** `00-assert.yaml` and `01-errors.yaml` of kuttl and chainsaw: what a test expects of an object that something else makes. */
const ASSERTION = /(?:^|[/-])assert(?:ions?)?(?:-[\w-]{1,60})?\.ya?ml$|(?:^|\/)\d\d-errors?\.ya?ml$/;

const FLUX_PIECES: ReadonlySet<unknown> = new Set(['Override', 'Merge', 'IfNotPresent']);

/** Flux's and Argo CD's words for a server-side apply of some fields. */
function isPiece(metadata: YamlNode | undefined, path: string): boolean {
  if (ASSERTION.test(path)) return true;
  // What a cluster shows is the whole object.
  if (get(metadata, 'uid')) return false;
  const flux = get(metadata, 'annotations', 'kustomize.toolkit.fluxcd.io/ssa');
  if (flux?.type === 'scalar') return FLUX_PIECES.has(flux.value);
  const argo = get(metadata, 'annotations', 'argocd.argoproj.io/sync-options');
  return (
    argo?.type === 'scalar' && /ServerSideApply=true/.test(argo.text) && /Validate=false/.test(argo.text)
  );
}

export const readLabels = (read: Reader, root: YamlNode | undefined): Labels =>
  read.labels(get(root, 'metadata'), 'labels', 'metadata.labels');

export const readAnnotations = (read: Reader, root: YamlNode | undefined): Labels =>
  read.labels(get(root, 'metadata'), 'annotations', 'metadata.annotations');
