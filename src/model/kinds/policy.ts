import { compact } from '../../text/compact.ts';
import type { YamlNode } from '../../text/yaml-node.ts';
import type { KindDecoder } from '../kind.ts';
import type {
  Direction,
  Namespace,
  Policy,
  PolicyPart,
  PolicyPeer,
  PolicyPort,
  PolicyRule,
} from '../policy.ts';
import { get, mapsIn, type Reader } from '../reader.ts';
import { CILIUM_POLICIES } from './cilium-policy.ts';
import { readLabelSelector, readOptionalSelector } from './label-selector.ts';
import { readLabels, readMetadata } from './metadata.ts';

function decodePolicy(read: Reader, root: YamlNode, namespace: string): Policy {
  return {
    shape: 'policy',
    kind: 'NetworkPolicy',
    ...readMetadata(read, root, namespace),
    parts: [decodeSpec(read, get(root, 'spec'))],
  };
}

const BOTH = ['ingress', 'egress'] as const;
const INGRESS = ['ingress'] as const;

function decodeSpec(read: Reader, spec: YamlNode | undefined): PolicyPart {
  const rules = BOTH.flatMap((direction) =>
    mapsIn(spec, direction).map((rule, index) =>
      decodeRule(read, rule, direction, `spec.${direction}[${index}]`),
    ),
  );
  const types = read.strings(spec, 'policyTypes', 'spec.policyTypes')?.map(({ value }) => value);
  const egress = rules.some(({ direction }) => direction === 'egress');
  return {
    pods: readLabelSelector(read, get(spec, 'podSelector'), 'spec.podSelector'),
    namespaces: undefined,
    // Ingress, and Egress only where there are rules for it (S-181).
    isolates: types?.length
      ? compact(BOTH.filter((one) => types.includes(one === 'ingress' ? 'Ingress' : 'Egress')))
      : egress
        ? BOTH
        : INGRESS,
    rules: compact(rules),
  };
}

function decodeRule(read: Reader, rule: YamlNode, direction: Direction, field: string): PolicyRule {
  const key = direction === 'ingress' ? 'from' : 'to';
  const peers = mapsIn(rule, key);
  const ports = mapsIn(rule, 'ports');
  return {
    direction,
    field,
    // An empty list is the same as none: everyone, every port (S-178).
    peers: peers.length > 0 ? peers.map((peer) => decodePeer(read, peer, `${field}.${key}`)) : undefined,
    ports: ports.length > 0 ? ports.map((port) => decodePort(read, port, `${field}.ports`)) : undefined,
  };
}

function decodePeer(read: Reader, peer: YamlNode, field: string): PolicyPeer {
  const block = get(peer, 'ipBlock');
  if (block) return decodeBlock(read, block, `${field}.ipBlock`);
  return {
    pods: readOptionalSelector(read, peer, 'podSelector', field),
    namespaces: readOptionalSelector(read, peer, 'namespaceSelector', field),
  };
}

function decodeBlock(read: Reader, block: YamlNode, field: string): PolicyPeer {
  const cidr = read.string(block, 'cidr', `${field}.cidr`);
  const except = read.strings(block, 'except', `${field}.except`) ?? [];
  return cidr ? { cidr: cidr.value, except: except.map(({ value }) => value) } : 'elsewhere';
}

const decodePort = (read: Reader, port: YamlNode, field: string): PolicyPort => ({
  port: read.scalar(port, 'port'),
  endPort: read.integer(port, 'endPort', `${field}.endPort`),
  protocol: read.string(port, 'protocol', `${field}.protocol`),
});

function decodeNamespace(read: Reader, root: YamlNode): Namespace {
  return {
    ...readMetadata(read, root, ''),
    shape: 'namespace',
    kind: 'Namespace',
    namespace: '',
    group: '',
    labels: readLabels(read, root),
  };
}

export const POLICIES: readonly KindDecoder[] = [
  {
    kind: 'NetworkPolicy',
    groups: ['networking.k8s.io', 'extensions'],
    links: ['policy'],
    decode: decodePolicy,
  },
  ...CILIUM_POLICIES,
  { kind: 'Namespace', groups: [''], links: [], decode: decodeNamespace },
];
