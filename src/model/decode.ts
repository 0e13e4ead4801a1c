import { causeOf, causeWithoutText, type LocatedFault } from '../text/fault.ts';
import type { SourceFile } from '../text/source.ts';
import type { YamlNode } from '../text/yaml-node.ts';
import { refusalsOf } from './admission/admit.ts';
import { mayBeUnknown } from './admission/unknown-kind.ts';
import { decoderOf, groupOf, type KindDecoder, type Kinds, kindsOf } from './kind.ts';
import { CONFIG } from './kinds/config.ts';
import { CONTOUR } from './kinds/contour.ts';
import { ENDPOINTS } from './kinds/endpoints.ts';
import { GATEWAY_API } from './kinds/gateway-api.ts';
import { GKE } from './kinds/gke.ts';
import { HELM_CHARTS } from './kinds/helm-chart.ts';
import { INGRESS } from './kinds/ingress.ts';
import { ISTIO } from './kinds/istio.ts';
import { KNATIVE } from './kinds/knative.ts';
import { readMetadata } from './kinds/metadata.ts';
import { MONITORS } from './kinds/monitor.ts';
import { OPENSHIFT } from './kinds/openshift.ts';
import { POLICIES } from './kinds/policy.ts';
import { ROLLOUTS } from './kinds/rollouts.ts';
import { SERVICE } from './kinds/service.ts';
import { SERVICE_CLIENTS } from './kinds/service-client.ts';
import { TRAEFIK } from './kinds/traefik.ts';
import { WORKLOADS } from './kinds/workload.ts';
import { isArgoApplication } from './kustomization-kinds.ts';
import type { OtherResource, Resource } from './model.ts';
import { get, Reader } from './reader.ts';

/** Every kind that is followed, outside in. */
export const KIND_DECODERS: readonly KindDecoder[] = [
  ...INGRESS,
  ...GATEWAY_API,
  ...TRAEFIK,
  ...ISTIO,
  ...OPENSHIFT,
  ...CONTOUR,
  ...KNATIVE,
  ...SERVICE,
  ...ENDPOINTS,
  ...WORKLOADS,
  ...ROLLOUTS,
  ...CONFIG,
  ...POLICIES,
  ...MONITORS,
  ...GKE,
  ...SERVICE_CLIENTS,
  ...HELM_CHARTS,
];

export const KINDS: Kinds = kindsOf(KIND_DECODERS);

/** Documents that say something about ports; others need not even be parsed. */
export function isRelevant(kind: string, apiVersion: string, text: string, kinds: Kinds = KINDS): boolean {
  const decoder = decoderOf(kinds, kind, apiVersion);
  if (!decoder) {
    return (
      kind === 'Kustomization' ||
      kind === 'Component' ||
      isOpenShiftTemplate(kind, apiVersion) ||
      (isArgoApplication(kind, apiVersion) && text.includes('kustomize')) ||
      mayBeUnknown(apiVersion, kind)
    );
  }
  return decoder.needs === undefined || text.includes(decoder.needs);
}

/**
 * The resources of one document: none for a document that is no Kubernetes object, several for a `List` of any kind
 * (S-186) and for a Template of OpenShift. Kinds that are not followed are resources too, and so is one whose decoder throws: `onFault` hears of it.
 */
export function decode(
  source: SourceFile,
  root: YamlNode,
  namespace: string,
  kinds: Kinds = KINDS,
  onFault: (fault: LocatedFault) => void = fail,
): Resource[] {
  const { kind, apiVersion } = typeOf(root);
  if (kind === '') return [];
  const items = get(root, 'items');
  if (kind.endsWith('List') && items?.type === 'list') {
    return items.items.flatMap((item) => decode(source, item, namespace, kinds, onFault));
  }
  const objects = get(root, 'objects');
  if (isOpenShiftTemplate(kind, apiVersion) && objects?.type === 'list') {
    return objects.items.flatMap((item) => decode(source, item, namespace, kinds, onFault));
  }
  const read = new Reader(source);
  const decoder = decoderOf(kinds, kind, apiVersion);
  try {
    const resource = decoder
      ? decoder.decode(read, root, namespace)
      : other(kind, readMetadata(read, root, namespace));
    return [withRefusals(resource, root)];
  } catch (thrown) {
    const cause = kind === 'Secret' ? causeWithoutText(thrown) : causeOf(thrown);
    onFault({
      part: 'decoder',
      name: kind,
      cause,
      at: read.at(root),
      message: `the decoder of kind ${kind} failed, and this object is not followed: ${cause}`,
    });
    return [undecoded(source, kind, apiVersion, root.start)];
  }
}

/** A list of objects with parameters in them, which `oc process` fills in: whatever holds one says nothing for sure. */
const isOpenShiftTemplate = (kind: string, apiVersion: string): boolean =>
  kind === 'Template' && (groupOf(apiVersion) === 'template.openshift.io' || apiVersion === 'v1');

/** What a cluster has, its API server took. */
function withRefusals(resource: Resource, root: YamlNode): Resource {
  if (resource.source.kind === 'cluster') return resource;
  const refusals = refusalsOf(resource, root);
  return refusals.length > 0 ? { ...resource, refusals } : resource;
}

const fail = ({ message }: LocatedFault): never => {
  throw new Error(message);
};

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

const other = (kind: string, metadata: Omit<Resource, 'shape' | 'kind'>): OtherResource => ({
  shape: 'other',
  kind,
  group: groupOf(metadata.apiVersion),
  ...metadata,
});

export function typeOf(root: YamlNode): { kind: string; apiVersion: string } {
  const kind = get(root, 'kind');
  const apiVersion = get(root, 'apiVersion');
  return {
    kind: kind?.type === 'scalar' && typeof kind.value === 'string' ? kind.value : '',
    apiVersion: apiVersion?.type === 'scalar' && typeof apiVersion.value === 'string' ? apiVersion.value : '',
  };
}
