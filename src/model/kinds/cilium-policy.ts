import { Located } from '../../text/source.ts';
import type { Scalar, YamlNode } from '../../text/yaml-node.ts';
import type { KindDecoder } from '../kind.ts';
import { isEmpty, type LabelSelector } from '../label-selector.ts';
import type { Direction, Policy, PolicyPart, PolicyPeer, PolicyPort, PolicyRule } from '../policy.ts';
import { get, mapsIn, type Reader } from '../reader.ts';
import { readLabelSelector } from './label-selector.ts';
import { readMetadata } from './metadata.ts';

/**
 * What the ports of Cilium's policies say: `spec`, or a list of `specs`. Rules that deny are left aside, as are those
 * for HTTP and names of hosts: they close more than the ports do.
 */
function decode(read: Reader, root: YamlNode, namespace: string, kind: string): Policy {
  const metadata = readMetadata(read, root, namespace);
  const wide = kind === 'CiliumClusterwideNetworkPolicy';
  const spec = get(root, 'spec');
  const specs = [
    ...(spec ? [{ node: spec, field: 'spec' }] : []),
    ...mapsIn(root, 'specs').map((node, index) => ({ node, field: `specs[${index}]` })),
  ];
  return {
    ...metadata,
    shape: 'policy',
    kind,
    namespace: wide ? '' : metadata.namespace,
    // One with a nodeSelector is about nodes.
    parts: specs.flatMap(({ node, field }) =>
      get(node, 'endpointSelector') ? [decodeSpec(read, node, field, wide)] : [],
    ),
  };
}

function decodeSpec(read: Reader, spec: YamlNode, field: string, wide: boolean): PolicyPart {
  const { pods, namespaces } = readEndpoints(read, get(spec, 'endpointSelector'), field);
  const isolates = (['ingress', 'egress'] as const).filter((direction) => {
    const deny = get(spec, 'enableDefaultDeny', direction);
    return get(spec, direction) !== undefined && !(deny?.type === 'scalar' && deny.value === false);
  });
  return {
    pods,
    namespaces: namespaces ?? (wide ? EVERYTHING : undefined),
    isolates,
    rules: (['ingress', 'egress'] as const).flatMap((direction) =>
      mapsIn(spec, direction).map((rule, index) =>
        decodeRule(read, rule, direction, `${field}.${direction}[${index}]`, wide),
      ),
    ),
  };
}

const EVERYTHING: LabelSelector = { labels: new Map(), expressions: [] };

function decodeRule(
  read: Reader,
  rule: YamlNode,
  direction: Direction,
  field: string,
  wide: boolean,
): PolicyRule {
  const towards = direction === 'ingress' ? 'from' : 'to';
  const others =
    rule.type === 'map'
      ? rule.entries.map(({ key }) => key).filter((key) => key !== 'toPorts' && key.startsWith(towards))
      : [];
  const peers = others.flatMap((key): PolicyPeer[] => {
    if (key !== `${towards}Endpoints`) return ['elsewhere'];
    return mapsIn(rule, key).map((peer) => {
      const { pods, namespaces } = readEndpoints(read, peer, `${field}.${key}`);
      return { pods, namespaces: namespaces ?? (wide ? EVERYTHING : undefined) };
    });
  });
  const ports = mapsIn(rule, 'toPorts').flatMap((one) => mapsIn(one, 'ports'));
  // A rule that says neither admits nobody, unlike one of a NetworkPolicy.
  const isOpen = others.length === 0 && get(rule, 'toPorts') !== undefined;
  return {
    direction,
    field,
    peers: isOpen ? undefined : peers,
    ports: ports.length > 0 ? ports.map((port) => decodePort(read, port, `${field}.toPorts`)) : undefined,
  };
}

const NAMESPACE = 'io.kubernetes.pod.namespace';
const NAMESPACE_LABEL = 'io.cilium.k8s.namespace.labels.';

/** Labels of Pods and of their namespaces stand in one selector, with their source before a colon. */
function readEndpoints(
  read: Reader,
  node: YamlNode | undefined,
  field: string,
): { readonly pods: LabelSelector; readonly namespaces: LabelSelector | undefined } {
  const all = readLabelSelector(read, node, field);
  const pods = withKeys(all, (key) => (namespaceKeyOf(key) === undefined ? bare(key) : undefined));
  const namespaces = withKeys(all, namespaceKeyOf);
  return { pods, namespaces: isEmpty(namespaces) ? undefined : namespaces };
}

const bare = (key: string): string => key.replace(/^(?:k8s|any):/, '');

/** The key as a Namespace has it; undefined for a label of Pods. */
function namespaceKeyOf(key: string): string | undefined {
  const own = bare(key);
  if (own === NAMESPACE) return 'kubernetes.io/metadata.name';
  return own.startsWith(NAMESPACE_LABEL) ? own.slice(NAMESPACE_LABEL.length) : undefined;
}

/** The same selector under other keys, without those that have none. */
const withKeys = (
  { labels, expressions }: LabelSelector,
  keyOf: (key: string) => string | undefined,
): LabelSelector => ({
  labels: new Map(
    [...labels].flatMap(([key, value]) => {
      const own = keyOf(key);
      return own === undefined ? [] : [[own, value] as const];
    }),
  ),
  expressions: expressions.flatMap((one) => {
    const key = keyOf(one.key);
    return key === undefined ? [] : [{ ...one, key }];
  }),
});

function decodePort(read: Reader, port: YamlNode, field: string): PolicyPort {
  const said = read.scalar(port, 'port');
  return {
    port: said && inDigits(said),
    endPort: read.integer(port, 'endPort', `${field}.endPort`),
    protocol: read.string(port, 'protocol', `${field}.protocol`),
  };
}

/** Numbers are written as text there: `port: "8080"`. */
const inDigits = (port: Located<Scalar>): Located<Scalar> =>
  typeof port.value === 'string' && /^\d+$/.test(port.value)
    ? new Located<Scalar>(Number(port.value), port.source, port.start, port.end)
    : port;

export const CILIUM_POLICIES: readonly KindDecoder[] = [
  'CiliumNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
].map((kind) => ({
  kind,
  groups: ['cilium.io'],
  links: ['policy'],
  decode: (read, root, namespace) => decode(read, root, namespace, kind),
}));
