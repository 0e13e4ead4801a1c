/** An idea behind the rules, with a page of its own: what one number of the chain means. */
export interface Concept {
  /** The name of its page's file. */
  readonly id: string;
  /** As Kubernetes spells it, where it is a field. */
  readonly name: string;
  /** What else people ask for. */
  readonly also: readonly string[];
  /** One sentence with a full stop, for lists. */
  readonly summary: string;
  /** The rules that are about it. */
  readonly rules: readonly string[];
}

/** Every concept, in the order in which they are best read. */
export const concepts: readonly Concept[] = [
  {
    id: 'chain',
    name: 'chain',
    also: ['port chain', '502', '503', 'bad gateway'],
    summary: 'A request passes one port number after another, and each must fit the next.',
    rules: ['unbound-target-port', 'unserved-port', 'contradicted-manifest', 'coupled-chart-port'],
  },
  {
    id: 'service-port',
    name: 'port',
    also: ['Service', 'Service port', 'servicePort'],
    summary: 'The number at which a Service is called: by an Ingress, and by other Pods.',
    rules: [
      'undefined-client-port',
      'host-without-service',
      'undefined-webhook-port',
      'duplicate-service-port',
      'unnamed-service-port',
      'external-name-port',
      'misread-node-port',
      'port-out-of-range',
    ],
  },
  {
    id: 'target-port',
    name: 'targetPort',
    also: [],
    summary: 'Where a Service sends what arrives at its `port`: a port of the Pod, by number or by name.',
    rules: [
      'implicit-target-port',
      'unbound-target-port',
      'undeclared-target-port',
      'unresolved-target-port',
      'partly-resolved-target-port',
    ],
  },
  {
    id: 'container-port',
    name: 'containerPort',
    also: ['EXPOSE'],
    summary: 'What a container says about its port. It opens nothing and closes nothing.',
    rules: [
      'unbound-target-port',
      'undeclared-target-port',
      'misdeclared-container-port',
      'container-port-conflict',
      'unprivileged-low-port',
    ],
  },
  {
    id: 'named-ports',
    name: 'named ports',
    also: ['port name'],
    summary: 'A port of the Pod can have a name, and `targetPort` can say the name instead of the number.',
    rules: [
      'unresolved-target-port',
      'partly-resolved-target-port',
      'duplicate-port-name',
      'invalid-port-name',
      'quoted-port-number',
      'unaddressable-port-name',
      'undefined-monitor-port',
      'mesh-protocol-name',
    ],
  },
  {
    id: 'port-variable',
    name: 'PORT',
    also: ['env', 'environment variable', 'port variable'],
    summary: 'A variable that moves a process to another port, if the program reads it.',
    rules: [
      'ignored-port-variable',
      'misunderstood-port-variable',
      'overridden-port-variable',
      'disagreeing-port-variable',
      'unexpanded-variable',
      'non-string-config-value',
      'undefined-config-reference',
      'stale-config',
    ],
  },
  {
    id: 'loopback',
    name: 'loopback',
    also: ['localhost', '127.0.0.1', '0.0.0.0', 'bind'],
    summary: 'A process that binds 127.0.0.1 is heard inside its own Pod and nowhere else.',
    rules: ['loopback-only-listener', 'localhost-client', 'hostname-bound-listener', 'probe-host'],
  },
  {
    id: 'ingress',
    name: 'ingress',
    also: ['backend'],
    summary: 'An Ingress names a port of the Service, not of the Pod.',
    rules: [
      'undefined-backend-port',
      'undefined-backend-service',
      'unforwarded-request',
      'controller-dependent-backend',
      'backend-protocol-mismatch',
      'ignored-default-backend',
      'unserved-ingress',
      'foreign-annotation',
      'removed-ingress-api',
      'unaddressable-port-name',
    ],
  },
  {
    id: 'selector',
    name: 'selector',
    also: ['labels', 'matchLabels', 'endpoints'],
    summary: 'A Service finds its Pods by labels, and sends to nobody if none match.',
    rules: [
      'unmatched-selector',
      'misdirected-selector',
      'overlapping-selector',
      'unselected-template',
      'orphaned-service',
      'no-replicas',
    ],
  },
  {
    id: 'probes',
    name: 'probes',
    also: ['readinessProbe', 'livenessProbe', 'startupProbe', 'readiness', 'liveness'],
    summary: 'The kubelet asks the Pod itself, so a probe needs the port of the process.',
    rules: [
      'unbound-probe-port',
      'unresolved-probe-port',
      'probe-on-service-port',
      'probe-scheme-mismatch',
      'invalid-probe-scheme',
      'probe-host',
    ],
  },
  {
    id: 'headless',
    name: 'headless',
    also: ['headless Service', 'clusterIP None', 'StatefulSet'],
    summary: 'A Service with `clusterIP: None` forwards nothing: its name leads straight to the Pods.',
    rules: ['headless-port-mapping', 'undefined-governing-service'],
  },
  {
    id: 'node-port',
    name: 'nodePort',
    also: [],
    summary: 'A door to a Service at the same number on every node, for callers from outside.',
    rules: ['node-port-out-of-range', 'node-port-conflict', 'misread-node-port'],
  },
  {
    id: 'host-port',
    name: 'hostPort',
    also: [],
    summary: 'A container takes a port of the very node that it runs on, past every Service.',
    rules: ['host-port', 'host-port-conflict', 'shared-load-balancer-port'],
  },
  {
    id: 'host-network',
    name: 'hostNetwork',
    also: [],
    summary: 'A Pod without a network of its own: its processes listen on the ports of the node.',
    rules: ['host-network-mismatch', 'host-port-conflict'],
  },
  {
    id: 'service-links',
    name: 'service links',
    also: ['enableServiceLinks', 'tcp://', 'REDIS_PORT'],
    summary: 'A Service puts variables into the Pods of its namespace, and one may look like your setting.',
    rules: ['service-link-collision'],
  },
  {
    id: 'network-policy',
    name: 'NetworkPolicy',
    also: ['policy'],
    summary: 'A policy sees traffic at the Pod, so its ports are those of the Pod.',
    rules: ['policy-on-service-port', 'blocked-port', 'unresolved-policy-port', 'invalid-port-range'],
  },
  {
    id: 'compose',
    name: 'compose',
    also: ['docker compose', 'docker', 'HOST:CONTAINER', '13378:80'],
    summary: 'In `HOST:CONTAINER` of a compose file only the right number is the process.',
    rules: ['compose-host-port', 'compose-port-syntax', 'unbound-target-port'],
  },
];
