import type { YamlNode } from '../../text/yaml-node.ts';
import type { KindDecoder } from '../kind.ts';
import { get, type Reader } from '../reader.ts';
import type { Rollout } from '../rollout.ts';
import type { Backend } from '../route.ts';
import { readAnnotations, readMetadata } from './metadata.ts';
import { decodeWorkload, WORKLOAD_LINKS } from './workload.ts';

/** Where a strategy names the Services whose selectors the controller switches from one version to the other. */
const SERVICES = [
  ['canary', 'canaryService'],
  ['canary', 'stableService'],
  ['canary', 'pingPong', 'pingService'],
  ['canary', 'pingPong', 'pongService'],
  ['blueGreen', 'activeService'],
  ['blueGreen', 'previewService'],
] as const;

/** The Pod template is its own, or that of the Deployment that `workloadRef` names (S-176). */
function decodeRollout(read: Reader, root: YamlNode, namespace: string): Rollout {
  const spec = get(root, 'spec');
  const metadata = readMetadata(read, root, namespace);
  const strategy = get(spec, 'strategy');
  const workload = get(spec, 'template') && decodeWorkload(read, root, namespace, 'Rollout');
  return {
    ...(workload ?? metadata),
    shape: workload ? 'rollout' : 'route',
    kind: 'Rollout',
    api: 'rollouts',
    annotations: readAnnotations(read, root),
    parents: [],
    rules: [
      {
        hosts: [],
        matches: [],
        protocol: 'TCP',
        backends: [
          ...SERVICES.flatMap((path) => readService(read, strategy, path)),
          ...readRootService(read, strategy),
        ],
      },
    ],
    rulesAt: read.keyAt(spec, 'strategy') ?? metadata.nameAt,
  };
}

const NO_PORT = {
  portNumber: undefined,
  portName: undefined,
  portNameKeyAt: undefined,
  resource: undefined,
} as const;

function readService(read: Reader, strategy: YamlNode | undefined, path: readonly string[]): Backend[] {
  const field = `spec.strategy.${path.join('.')}`;
  const service = read.string(get(strategy, ...path.slice(0, -1)), path.at(-1)!, field);
  return service ? [{ ...NO_PORT, service, field, at: service.at }] : [];
}

/** The Ingress of an AWS load balancer is pointed at `rootService`, or at the stable one, by its port. */
function readRootService(read: Reader, strategy: YamlNode | undefined): Backend[] {
  const canary = get(strategy, 'canary');
  const alb = get(canary, 'trafficRouting', 'alb');
  const field = 'spec.strategy.canary.trafficRouting.alb';
  const portNumber = read.integer(alb, 'servicePort', `${field}.servicePort`);
  const service =
    read.string(alb, 'rootService', `${field}.rootService`) ??
    read.string(canary, 'stableService', 'spec.strategy.canary.stableService');
  return alb && portNumber && service ? [{ ...NO_PORT, service, portNumber, field, at: read.at(alb) }] : [];
}

export const ROLLOUTS: readonly KindDecoder[] = [
  {
    kind: 'Rollout',
    groups: ['argoproj.io'],
    links: ['backend', ...WORKLOAD_LINKS],
    decode: decodeRollout,
  },
];
