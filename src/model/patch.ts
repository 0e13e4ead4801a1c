import { lastPart } from '../text/slashes.ts';
import type { YamlNode } from '../text/yaml-node.ts';

/** `manager_image_patch.yaml`, `patches/scheduler.yaml`: what kustomize or kubeadm merges, whoever takes it. */
export const isCalledPatch = (path: string): boolean =>
  /(?:^|[/_.-])patch(?:es)?\//.test(path) || /(?:^|[_.-])patch(?:es)?[_.-]/.test(lastPart(path));

/** Fields in which no port, name, label or image can stand, with all that is in them. */
const HARMLESS: ReadonlySet<string> = new Set([
  'affinity',
  'imagePullPolicy',
  'imagePullSecrets',
  'minReadySeconds',
  'nodeSelector',
  'priorityClassName',
  'progressDeadlineSeconds',
  'replicas',
  'resources',
  'revisionHistoryLimit',
  'schedule',
  'storageClassName',
  'terminationGracePeriodSeconds',
  'tolerations',
  'topologySpreadConstraints',
  'volumeClaimTemplates',
]);

/** Fields on the way to those. */
const ON_THE_WAY: ReadonlySet<string> = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'name',
  'namespace',
  'spec',
  'template',
  'containers',
  'initContainers',
  'jobTemplate',
]);

/**
 * Whether a patch, strategic or a list of operations, leaves everything alone that a port, a label or an address can
 * hang on.
 */
export function isHarmlessPatch(root: YamlNode): boolean {
  if (root.type === 'list') return root.items.length > 0 && root.items.every(isHarmlessOperation);
  return root.type === 'map' && isHarmless(root);
}

function isHarmless(node: YamlNode): boolean {
  if (node.type === 'list') return node.items.every(isHarmless);
  if (node.type === 'scalar') return true;
  return node.entries.every(
    ({ key, value }) => HARMLESS.has(key) || (ON_THE_WAY.has(key) && isHarmless(value)),
  );
}

/** `{ op: replace, path: /spec/replicas, value: 3 }`. */
function isHarmlessOperation(node: YamlNode): boolean {
  const path = node.type === 'map' ? node.entries.find(({ key }) => key === 'path')?.value : undefined;
  return (
    path?.type === 'scalar' &&
    typeof path.value === 'string' &&
    path.value.split('/').some((name) => HARMLESS.has(name))
  );
}
