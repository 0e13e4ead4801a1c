import type { SourceFile } from '../text/source.ts';
import type { YamlNode } from '../text/yaml-node.ts';
import { decodeConfigMap, decodeSecret } from './kinds/config.ts';
import { decodeEndpointSlice, decodeEndpoints } from './kinds/endpoints.ts';
import { decodeIngress, decodeIngressClass, isIngress } from './kinds/ingress.ts';
import { readMetadata } from './kinds/metadata.ts';
import { decodeService } from './kinds/service.ts';
import { decodeWorkload, isWorkload } from './kinds/workload.ts';
import type { OtherResource, Resource } from './model.ts';
import { get, Reader } from './reader.ts';

/** Kinds that say something about ports; other documents need not even be parsed. */
export function isRelevant(kind: string, apiVersion: string): boolean {
  return decoderOf(kind, apiVersion) !== undefined || kind === 'Kustomization' || kind === 'Component';
}

type Decoder = (read: Reader, root: YamlNode, namespace: string) => Resource;

function decoderOf(kind: string, apiVersion: string): Decoder | undefined {
  if (isWorkload(kind, apiVersion))
    return (read, root, namespace) => decodeWorkload(read, root, namespace, kind);
  if (apiVersion === 'v1') return CORE.get(kind);
  if (kind === 'Ingress' && isIngress(apiVersion)) return decodeIngress;
  if (kind === 'IngressClass' && isIngress(apiVersion)) return decodeIngressClass;
  if (kind === 'EndpointSlice' && apiVersion.startsWith('discovery.k8s.io/')) return decodeEndpointSlice;
  return undefined;
}

const CORE: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['Service', decodeService],
  ['Endpoints', decodeEndpoints],
  ['ConfigMap', decodeConfigMap],
  ['Secret', decodeSecret],
]);

/**
 * The resources of one document: none for a document that is no Kubernetes object, several for a `List` of any kind
 * (S-186). Kinds that are not followed are resources too. Never throws.
 */
export function decode(source: SourceFile, root: YamlNode, namespace: string): Resource[] {
  const { kind, apiVersion } = typeOf(root);
  if (kind === '') return [];
  const items = get(root, 'items');
  if (kind.endsWith('List') && items?.type === 'list') {
    return items.items.flatMap((item) => decode(source, item, namespace));
  }
  const read = new Reader(source);
  const decoder = decoderOf(kind, apiVersion);
  if (decoder) return [decoder(read, root, namespace)];
  return [other(kind, readMetadata(read, root, namespace))];
}

/** A resource of a kind that is not followed, from its type alone: its document was never parsed. */
export function undecoded(
  source: SourceFile,
  kind: string,
  apiVersion: string,
  start: number,
): OtherResource {
  const nameAt = { source, start, end: start };
  return other(kind, { apiVersion, namespace: '', name: '', nameAt, source, start, misfits: [] });
}

function other(kind: string, metadata: Omit<Resource, 'kind'>): OtherResource {
  const slash = metadata.apiVersion.indexOf('/');
  return { kind, group: slash < 0 ? '' : metadata.apiVersion.slice(0, slash), ...metadata };
}

export function typeOf(root: YamlNode): { kind: string; apiVersion: string } {
  const kind = get(root, 'kind');
  const apiVersion = get(root, 'apiVersion');
  return {
    kind: kind?.type === 'scalar' && typeof kind.value === 'string' ? kind.value : '',
    apiVersion: apiVersion?.type === 'scalar' && typeof apiVersion.value === 'string' ? apiVersion.value : '',
  };
}
