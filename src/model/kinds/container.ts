import { compact } from '../../text/compact.ts';
import type { YamlMap, YamlNode } from '../../text/yaml-node.ts';
import type {
  Container,
  ContainerPort,
  EnvSource,
  EnvVar,
  Probe,
  SecurityContext,
  ValueFrom,
  VolumeMount,
} from '../model.ts';
import { get, isTrue, mapsIn, type Reader } from '../reader.ts';

/** `field` is the container's path in the resource: `spec.template.spec.containers[web]`. */
export function decodeContainer(
  read: Reader,
  node: YamlMap,
  role: Container['role'],
  holder: string,
): Container {
  const name = read.string(node, 'name', `${holder}.name`);
  const field = `${holder}[${name?.value ?? ''}]`;
  return {
    name: name?.value ?? '',
    nameAt: name?.at ?? read.at(node),
    role,
    image: read.string(node, 'image', `${field}.image`),
    command: read.strings(node, 'command', `${field}.command`),
    args: read.strings(node, 'args', `${field}.args`),
    env: compact(mapsIn(node, 'env').flatMap((entry) => decodeEnvVar(read, entry, field))),
    envFrom: compact(mapsIn(node, 'envFrom').flatMap((entry) => decodeEnvSource(read, entry, field))),
    ports: mapsIn(node, 'ports').map((port, index) =>
      decodePort(read, port, index, `${field}.ports[${index}]`),
    ),
    probes: compact(decodeProbes(read, node)),
    postStart: read.strings(
      get(node, 'lifecycle', 'postStart', 'exec'),
      'command',
      `${field}.lifecycle.postStart`,
    ),
    mounts: compact(mapsIn(node, 'volumeMounts').flatMap((mount) => decodeMount(read, mount, field))),
    securityContext: decodeSecurityContext(read, node),
  };
}

/** One object for the many that have none: of their own they took 2.6 MB for 10,000 workloads. */
const NO_CONTEXT: SecurityContext = {
  runAsUser: undefined,
  runAsNonRoot: undefined,
  allowPrivilegeEscalation: undefined,
  addedCapabilities: [],
  droppedCapabilities: [],
};

export function decodeSecurityContext(read: Reader, holder: YamlNode | undefined): SecurityContext {
  const context = get(holder, 'securityContext');
  if (!context) return NO_CONTEXT;
  const capabilities = get(context, 'capabilities');
  return {
    runAsUser: read.scalar(context, 'runAsUser'),
    runAsNonRoot: read.scalar(context, 'runAsNonRoot'),
    allowPrivilegeEscalation: read.scalar(context, 'allowPrivilegeEscalation'),
    addedCapabilities: read.strings(capabilities, 'add', 'securityContext.capabilities.add') ?? [],
    droppedCapabilities: read.strings(capabilities, 'drop', 'securityContext.capabilities.drop') ?? [],
  };
}

function decodePort(read: Reader, node: YamlMap, index: number, field: string): ContainerPort {
  return {
    index,
    name: read.string(node, 'name', `${field}.name`),
    number: read.integer(node, 'containerPort', `${field}.containerPort`),
    protocol: read.string(node, 'protocol', `${field}.protocol`),
    hostPort: read.integer(node, 'hostPort', `${field}.hostPort`),
    hostIP: read.string(node, 'hostIP', `${field}.hostIP`),
    at: read.at(node),
  };
}

function decodeEnvVar(read: Reader, node: YamlMap, container: string): EnvVar[] {
  const name = read.string(node, 'name', `${container}.env.name`);
  if (!name) return [];
  const source = get(node, 'valueFrom');
  return [
    {
      list: 'env',
      name,
      value: read.string(node, 'value', `${container}.env[${name.value}].value`),
      valueFrom: source?.type === 'map' ? decodeValueFrom(read, source) : undefined,
    },
  ];
}

function decodeValueFrom(read: Reader, node: YamlMap): ValueFrom {
  for (const [field, kind] of [
    ['configMapKeyRef', 'ConfigMap'],
    ['secretKeyRef', 'Secret'],
  ] as const) {
    const reference = get(node, field);
    const name = read.string(reference, 'name', `${field}.name`);
    const key = read.string(reference, 'key', `${field}.key`);
    if (name && key) return { kind, name, key, optional: isTrue(reference, 'optional') };
  }
  const path = read.string(get(node, 'fieldRef'), 'fieldPath', 'fieldRef.fieldPath');
  return path ? { kind: 'field', path } : { kind: 'unknown', at: read.at(node) };
}

function decodeEnvSource(read: Reader, node: YamlMap, container: string): EnvSource[] {
  for (const [field, kind] of [
    ['configMapRef', 'ConfigMap'],
    ['secretRef', 'Secret'],
  ] as const) {
    const reference = get(node, field);
    const name = read.string(reference, 'name', `${container}.envFrom.${field}.name`);
    const prefix = read.string(node, 'prefix', `${container}.envFrom.prefix`)?.value ?? '';
    if (name) return [{ list: 'envFrom', kind, name, prefix, optional: isTrue(reference, 'optional') }];
  }
  return [];
}

const PROBES = [
  ['livenessProbe', 'liveness'],
  ['readinessProbe', 'readiness'],
  ['startupProbe', 'startup'],
] as const;
const HOOKS = ['postStart', 'preStop'] as const;
const HANDLERS = ['httpGet', 'tcpSocket', 'grpc'] as const;

function decodeProbes(read: Reader, container: YamlMap): Probe[] {
  const holders: [YamlNode | undefined, Probe['type']][] = [
    ...PROBES.map(([field, type]): [YamlNode | undefined, Probe['type']] => [get(container, field), type]),
    ...HOOKS.map((hook): [YamlNode | undefined, Probe['type']] => [get(container, 'lifecycle', hook), hook]),
  ];
  return holders.flatMap(([holder, type]) =>
    HANDLERS.flatMap((handler): Probe[] => {
      const node = get(holder, handler);
      const port = read.scalar(node, 'port');
      if (!node || !port) return [];
      const host = read.string(node, 'host', `${type}.${handler}.host`);
      const scheme = read.string(node, 'scheme', `${type}.${handler}.scheme`);
      return [{ type, handler, port, host, scheme, at: read.at(node) }];
    }),
  );
}

function decodeMount(read: Reader, node: YamlMap, container: string): VolumeMount[] {
  const mountPath = read.string(node, 'mountPath', `${container}.volumeMounts.mountPath`);
  if (!mountPath) return [];
  const volume = read.string(node, 'name', `${container}.volumeMounts.name`)?.value ?? '';
  // An expression stays as it is written: what it will name is not known, and no key of a ConfigMap has such a name.
  const subPath =
    read.string(node, 'subPath', `${container}.volumeMounts.subPath`)?.value ??
    read.string(node, 'subPathExpr', `${container}.volumeMounts.subPathExpr`)?.value;
  return [{ volume, mountPath, subPath }];
}
