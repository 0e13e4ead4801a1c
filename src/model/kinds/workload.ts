import { Located } from '../../text/source.ts';
import type { YamlNode } from '../../text/yaml-node.ts';
import type { KindDecoder } from '../kind.ts';
import type { Container, Labels, PodTemplate, Volume, Workload, WorkloadKind } from '../model.ts';
import { get, isTrue, mapsIn, NO_LABELS, type Reader } from '../reader.ts';
import { decodeContainer, decodeSecurityContext } from './container.ts';
import { readAnnotations, readLabels, readLive, readMetadata } from './metadata.ts';
import { projectedSources, sourceOf } from './volume-source.ts';

/** Where each kind keeps its Pod template (S-055). */
const TEMPLATE_PATH: Readonly<Record<WorkloadKind, readonly string[]>> = {
  Pod: [],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  DeploymentConfig: ['spec', 'template'],
  Rollout: ['spec', 'template'],
  Service: ['spec', 'template'],
};

export function decodeWorkload(
  read: Reader,
  root: YamlNode,
  namespace: string,
  kind: WorkloadKind,
): Workload {
  const metadata = readMetadata(read, root, namespace);
  const live = readLive(read, root);
  const spec = get(root, 'spec');
  const path = TEMPLATE_PATH[kind];
  const template = decodeTemplate(read, get(root, ...path), metadata.nameAt, [...path, 'spec'].join('.'));
  return {
    shape: 'workload',
    kind,
    replicas: read.integer(spec, 'replicas', 'spec.replicas'),
    strategy: read.scalar(
      get(spec, 'strategy') ?? get(spec, 'updateStrategy'),
      'type',
    ) as Workload['strategy'],
    serviceName: kind === 'StatefulSet' ? read.string(spec, 'serviceName', 'spec.serviceName') : undefined,
    ownLabels: kind === 'Pod' ? template.labels : readLabels(read, root),
    ownAnnotations: kind === 'Pod' ? template.annotations : readAnnotations(read, root),
    template: { ...template, labels: withControllerLabels(kind, metadata.name, template, read) },
    ...metadata,
    ...(live ? { live } : {}),
  };
}

function decodeTemplate(
  read: Reader,
  root: YamlNode | undefined,
  fallback: Workload['nameAt'],
  field: string,
): PodTemplate {
  const spec = get(root, 'spec');
  const pod = get(spec, 'securityContext');
  const links = get(spec, 'enableServiceLinks');
  const of = (key: string, roleOf: (node: YamlNode) => Container['role']): Container[] =>
    mapsIn(spec, key).map((node) => decodeContainer(read, node, roleOf(node), `${field}.${key}`));
  return {
    labels: readLabels(read, root),
    labelsAt: read.keyAt(get(root, 'metadata'), 'labels') ?? fallback,
    annotations: readAnnotations(read, root),
    ownHosts: mapsIn(spec, 'hostAliases').flatMap((alias) =>
      (read.strings(alias, 'hostnames', `${field}.hostAliases.hostnames`) ?? []).map(({ value }) => value),
    ),
    hostNetwork: isTrue(spec, 'hostNetwork'),
    enableServiceLinks: !(links?.type === 'scalar' && links.value === false),
    securityContext: decodeSecurityContext(read, spec),
    sysctls: readSysctls(read, pod, field),
    volumes: mapsIn(spec, 'volumes').map((node) => decodeVolume(read, node)),
    containers: [
      ...of('containers', () => 'container'),
      ...of('initContainers', (node) => (isAlways(node) ? 'sidecar' : 'init')),
    ],
    containersAt: read.keyAt(spec, 'containers') ?? fallback,
    nodeSelector: read.labels(spec, 'nodeSelector', `${field}.nodeSelector`),
    hasAffinity: get(spec, 'affinity') !== undefined,
  };
}

function isAlways(node: YamlNode): boolean {
  const policy = get(node, 'restartPolicy');
  return policy?.type === 'scalar' && policy.value === 'Always';
}

function decodeVolume(read: Reader, node: YamlNode): Volume {
  const name = read.string(node, 'name', 'volumes.name')?.value ?? '';
  const configMap = read.string(get(node, 'configMap'), 'name', 'volumes.configMap.name');
  if (configMap) {
    return {
      name,
      kind: 'configMap',
      from: configMap,
      sources: [sourceOf(node, 'configMap', configMap.value)],
    };
  }
  const secret = read.string(get(node, 'secret'), 'secretName', 'volumes.secret.secretName');
  if (secret)
    return { name, kind: 'secret', from: secret, sources: [sourceOf(node, 'secret', secret.value)] };
  const projected = get(node, 'projected');
  const kind = get(node, 'emptyDir') ? 'emptyDir' : projected ? 'projected' : 'other';
  return { name, kind, from: undefined, sources: mapsIn(projected, 'sources').flatMap(projectedSources) };
}

function readSysctls(read: Reader, context: YamlNode | undefined, field: string): Labels {
  const entries = mapsIn(context, 'sysctls').flatMap((entry): [string, Located<string>][] => {
    const name = read.scalar(entry, 'name');
    const value = read.string(entry, 'value', `${field}.securityContext.sysctls.value`);
    return typeof name?.value === 'string' && value ? [[name.value, value]] : [];
  });
  return entries.length === 0 ? NO_LABELS : new Map(entries);
}

/** Labels with the workload's name as their value. */
const NAME_LABELS: Partial<Readonly<Record<WorkloadKind, readonly string[]>>> = {
  Job: ['job-name', 'batch.kubernetes.io/job-name'],
  // DeploymentConfigLabel of OpenShift's deployer.
  DeploymentConfig: ['deploymentconfig'],
  Service: ['serving.knative.dev/service', 'serving.knative.dev/configuration'],
};

/**
 * Labels that controllers add and no manifest shows: a Job's name (S-059). Their place is the labels' own. A
 * StatefulSet's ordinals are matched by `selects`; a CronJob's Jobs have names of run time only.
 */
function withControllerLabels(kind: WorkloadKind, name: string, template: PodTemplate, read: Reader): Labels {
  const keys = NAME_LABELS[kind] ?? [];
  if (keys.length === 0 || name === '') return template.labels;
  const { start, end } = template.labelsAt;
  const labels = new Map(template.labels);
  for (const key of keys) {
    if (!labels.has(key)) labels.set(key, new Located(name, read.source, start, end));
  }
  return labels;
}

/** `extensions` and `apps/v1beta1` were served before 1.16. */
const APPS = ['apps', 'extensions'];

const GROUPS: Readonly<Record<Exclude<WorkloadKind, 'Rollout' | 'Service'>, readonly string[]>> = {
  Pod: [''],
  Deployment: APPS,
  StatefulSet: APPS,
  DaemonSet: APPS,
  ReplicaSet: APPS,
  ReplicationController: [''],
  Job: ['batch'],
  CronJob: ['batch'],
  // OpenShift served it in the core group before 3.6.
  DeploymentConfig: ['apps.openshift.io', ''],
};

/** What whoever holds a Pod template takes part in. */
export const WORKLOAD_LINKS: readonly string[] = [
  'parent',
  'selector',
  'target-port',
  'bind',
  'probe',
  'host',
  'policy',
  'client',
  'monitor',
  'config',
];

export const WORKLOADS: readonly KindDecoder[] = Object.entries(GROUPS).map(([kind, groups]) => ({
  kind,
  groups,
  links: WORKLOAD_LINKS,
  decode: (read, root, namespace) => decodeWorkload(read, root, namespace, kind as WorkloadKind),
}));
