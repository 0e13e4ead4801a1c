import type { Kinds } from '../../model/kind.ts';
import type { Bundle, Location, SourceFile } from '../../text/source.ts';
import type { Served } from '../api/discover.ts';
import { type JsonObject, objectAt, textAt } from '../json.ts';
import { printYaml } from './print-yaml.ts';

/** Where a person wrote what stands at an offset of a source, as far as that is known. */
export type WrittenAt = (source: SourceFile, offset: number) => Location | undefined;

export interface Printing {
  readonly bundle: Bundle;
  readonly kinds: Kinds;
  readonly writtenAt: WrittenAt;
}

/** An object of the cluster as a source: what `kubectl get -o yaml` prints, without its status and who wrote which field. */
export function toSource(object: JsonObject, served: Served, printing: Printing): SourceFile {
  const { bundle, kinds, writtenAt } = printing;
  const source: SourceFile = {
    path: pathOf(object, served, kinds),
    kind: 'cluster',
    text: printYaml(declared(object, served)),
    editable: false,
    bundle,
    origin: (offset) => writtenAt(source, offset),
  };
  return source;
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** `last-applied-configuration` says everything twice, and for a Secret its values as well. */
function declared(object: JsonObject, { group, version, kind }: Served): JsonObject {
  const { status, metadata, ...others } = object;
  const { managedFields, annotations, ...rest } = objectAt(metadata);
  const { [LAST_APPLIED]: applied, ...own } = objectAt(annotations);
  return {
    apiVersion: group === '' ? version : `${group}/${version}`,
    kind,
    metadata: { ...rest, ...(Object.keys(own).length > 0 ? { annotations: own } : {}) },
    ...others,
  };
}

/** Of Kubernetes itself. */
const isOwn = (group: string): boolean => !group.includes('.') || group.endsWith('.k8s.io');

/** `cluster:shop/service/api`; with its group where another API than Kubernetes' own has a kind of this name, too. */
function pathOf(object: JsonObject, { kind, group }: Served, kinds: Kinds): string {
  const namespace = textAt(object, 'metadata', 'namespace');
  const isPlain = isOwn(group) || (kinds.get(kind)?.length ?? 0) < 2;
  const place = namespace === undefined ? '' : `${namespace}/`;
  return `cluster:${place}${kind.toLowerCase()}${isPlain ? '' : `.${group}`}/${textAt(object, 'metadata', 'name') ?? ''}`;
}
