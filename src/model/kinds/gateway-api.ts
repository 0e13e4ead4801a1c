import type { Located } from '../../text/source.ts';
import type { YamlMap, YamlNode } from '../../text/yaml-node.ts';
import {
  type AllowedNamespaces,
  type CertificateRef,
  GATEWAY_GROUP,
  GATEWAY_TRIAL_GROUP,
  type Gateway,
  type GatewayClass,
  type Listener,
  type ListenerOwner,
  type ListenerSet,
  type ReferenceGrant,
} from '../gateway-api.ts';
import type { KindDecoder } from '../kind.ts';
import type { Resource } from '../model.ts';
import { get, mapsIn, type Reader } from '../reader.ts';
import { decodeParentRef, GATEWAY_ROUTES } from './gateway-route.ts';
import { readLabelSelector } from './label-selector.ts';
import { readMetadata } from './metadata.ts';

function decodeGatewayClass(read: Reader, root: YamlNode): GatewayClass {
  return {
    ...readMetadata(read, root, ''),
    shape: 'gateway-class',
    kind: 'GatewayClass',
    namespace: '',
    controllerName: read.string(get(root, 'spec'), 'controllerName', 'spec.controllerName'),
  };
}

function decodeGateway(read: Reader, root: YamlNode, namespace: string): Gateway {
  const spec = get(root, 'spec');
  return {
    ...readListeners(read, root, namespace),
    shape: 'gateway',
    kind: 'Gateway',
    className: read.string(spec, 'gatewayClassName', 'spec.gatewayClassName'),
    addresses: mapsIn(spec, 'addresses').flatMap((address, index) => {
      const field = `spec.addresses[${index}]`;
      const value = read.string(address, 'value', `${field}.value`);
      return value && read.string(address, 'type', `${field}.type`)?.value === 'Hostname' ? [value] : [];
    }),
    allowedListeners: readNamespaces(read, get(spec, 'allowedListeners'), 'spec.allowedListeners'),
  };
}

function decodeListenerSet(read: Reader, root: YamlNode, namespace: string): ListenerSet {
  const owner = readListeners(read, root, namespace);
  const parent = get(root, 'spec', 'parentRef');
  return {
    ...owner,
    shape: 'listener-set',
    kind: read.string(root, 'kind', 'kind')?.value === 'XListenerSet' ? 'XListenerSet' : 'ListenerSet',
    parentRef: parent && decodeParentRef(read, parent, 'spec.parentRef'),
  };
}

function readListeners(
  read: Reader,
  root: YamlNode,
  namespace: string,
): Omit<ListenerOwner, 'shape' | 'kind'> {
  const spec = get(root, 'spec');
  const metadata = readMetadata(read, root, namespace);
  return {
    listeners: mapsIn(spec, 'listeners').map((node, index) =>
      decodeListener(read, node, `spec.listeners[${index}]`),
    ),
    listenersAt: read.keyAt(spec, 'listeners') ?? metadata.nameAt,
    ...metadata,
  };
}

function decodeListener(read: Reader, node: YamlMap, field: string): Listener {
  const allowed = get(node, 'allowedRoutes');
  return {
    name: read.string(node, 'name', `${field}.name`),
    protocol: read.string(node, 'protocol', `${field}.protocol`),
    port: read.integer(node, 'port', `${field}.port`),
    hostname: read.string(node, 'hostname', `${field}.hostname`),
    tlsMode: read.string(get(node, 'tls'), 'mode', `${field}.tls.mode`),
    tlsAt: read.keyAt(node, 'tls'),
    hasTlsOptions: get(node, 'tls', 'options') !== undefined,
    certificates: readCertificates(read, get(node, 'tls'), `${field}.tls`),
    allowedNamespaces: readNamespaces(read, allowed, `${field}.allowedRoutes`),
    allowedKinds: mapsIn(allowed, 'kinds').flatMap((one, index) => {
      const at = `${field}.allowedRoutes.kinds[${index}]`;
      const kind = read.string(one, 'kind', `${at}.kind`);
      return kind ? [{ group: read.string(one, 'group', `${at}.group`)?.value ?? GATEWAY_GROUP, kind }] : [];
    }),
    at: read.at(node),
  };
}

function readNamespaces(read: Reader, allowed: YamlNode | undefined, field: string): AllowedNamespaces {
  const namespaces = get(allowed, 'namespaces');
  const at = `${field}.namespaces`;
  return {
    from: read.string(namespaces, 'from', `${at}.from`),
    selector: readLabelSelector(read, get(namespaces, 'selector'), `${at}.selector`),
    hasSelector: get(namespaces, 'selector') !== undefined,
  };
}

const readCertificates = (read: Reader, tls: YamlNode | undefined, field: string): CertificateRef[] =>
  mapsIn(tls, 'certificateRefs').map((ref, index) => {
    const text = (key: string): Located<string> | undefined =>
      read.string(ref, key, `${field}.certificateRefs[${index}].${key}`);
    return {
      group: text('group')?.value ?? '',
      kind: text('kind')?.value ?? 'Secret',
      name: text('name'),
      namespace: text('namespace'),
    };
  });

function decodeReferenceGrant(read: Reader, root: YamlNode, namespace: string): ReferenceGrant {
  const spec = get(root, 'spec');
  const text = (node: YamlNode, key: string, field: string): string | undefined =>
    read.string(node, key, `${field}.${key}`)?.value;
  return {
    ...readMetadata(read, root, namespace),
    shape: 'reference-grant',
    kind: 'ReferenceGrant',
    from: mapsIn(spec, 'from').map((node, index) => ({
      group: text(node, 'group', `spec.from[${index}]`) ?? '',
      kind: text(node, 'kind', `spec.from[${index}]`) ?? '',
      namespace: text(node, 'namespace', `spec.from[${index}]`) ?? '',
    })),
    to: mapsIn(spec, 'to').map((node, index) => ({
      group: text(node, 'group', `spec.to[${index}]`) ?? '',
      kind: text(node, 'kind', `spec.to[${index}]`) ?? '',
      name: text(node, 'name', `spec.to[${index}]`),
    })),
  };
}

const decoder = (
  kind: string,
  links: readonly string[],
  decode: KindDecoder['decode'],
  groups: readonly string[] = [GATEWAY_GROUP],
): KindDecoder => ({ kind, groups, links, decode });

export const GATEWAY_API: readonly KindDecoder[] = [
  decoder('GatewayClass', [], decodeGatewayClass),
  decoder('Gateway', ['parent'], decodeGateway),
  decoder('ListenerSet', ['parent'], decodeListenerSet),
  decoder('XListenerSet', ['parent'], decodeListenerSet, [GATEWAY_TRIAL_GROUP]),
  ...GATEWAY_ROUTES,
  decoder(
    'ReferenceGrant',
    [],
    (read, root, namespace): Resource => decodeReferenceGrant(read, root, namespace),
  ),
];
