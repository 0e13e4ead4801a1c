import fc from 'fast-check';

/**
 * One chain as its numbers and names, written down as YAML; `brokenLinks` says independently of all other code which
 * links of it cannot hold.
 */
export interface Shop {
  readonly ingress: { namespace: string; service: string; port: number | string };
  readonly service: {
    namespace: string;
    selector: string;
    name: string;
    port: number;
    targetPort: number | string;
    protocol: 'TCP' | 'UDP';
  };
  readonly pod: {
    namespace: string;
    label: string | undefined;
    portName: string;
    containerPort: number;
    protocol: 'TCP' | 'UDP';
    probe: number | string;
  };
  /** grafana listens on 3000 unless GF_SERVER_HTTP_PORT moves it. */
  readonly variable: number;
}

/** Either end of each arrow by name or by number; everything agrees. */
export const wholeShop: fc.Arbitrary<Shop> = fc
  .record({
    servicePort: fc.integer({ min: 1024, max: 30_000 }),
    process: fc.integer({ min: 30_001, max: 65_000 }),
    backendByName: fc.boolean(),
    targetByName: fc.boolean(),
    probeByName: fc.boolean(),
  })
  .map(
    ({ servicePort, process, backendByName, targetByName, probeByName }): Shop => ({
      ingress: { namespace: 'shop', service: 'till', port: backendByName ? 'web' : servicePort },
      service: {
        namespace: 'shop',
        selector: 'till',
        name: 'web',
        port: servicePort,
        targetPort: targetByName ? 'http' : process,
        protocol: 'TCP',
      },
      pod: {
        namespace: 'shop',
        label: 'till',
        portName: 'http',
        containerPort: process,
        protocol: 'TCP',
        probe: probeByName ? 'http' : process,
      },
      variable: process,
    }),
  );

/** As what a shop is written down: several may be applied beside one another. */
export interface Written {
  /** Behind every name and label. */
  readonly id: string;
  readonly namespaces: { readonly shop: string; readonly yard: string };
  readonly image: string;
  /** The variable that moves the process. */
  readonly variable: string;
  /** More variables, and more of the readiness probe. */
  readonly env?: string;
  readonly probe?: string;
  readonly className?: string;
}

export const yamlOf = (
  { ingress, service, pod, variable }: Shop,
  { id, namespaces, image, variable: name, env = '', probe = '', className }: Written,
): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: till${id}, namespace: ${placeOf(ingress.namespace, namespaces)} }
spec:${className === undefined ? '' : `\n  ingressClassName: ${className}`}
  rules:
    - host: till${id}.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: ${ingress.service}${id}, port: { ${typeof ingress.port === 'number' ? 'number' : 'name'}: ${ingress.port} } } }
---
apiVersion: v1
kind: Service
metadata: { name: till${id}, namespace: ${placeOf(service.namespace, namespaces)} }
spec:
  selector: { app: ${service.selector}${id} }
  ports:
    - { name: ${service.name}, port: ${service.port}, targetPort: ${service.targetPort}, protocol: ${service.protocol} }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: till${id}, namespace: ${placeOf(pod.namespace, namespaces)} }
data: { ${name}: "${variable}" }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: till${id}, namespace: ${placeOf(pod.namespace, namespaces)} }
spec:
  selector: { matchLabels: { tier: front${id} } }
  template:
    metadata: { labels: { tier: front${id}${pod.label === undefined ? '' : `, app: ${pod.label}${id}`} } }
    spec:
      containers:
        - name: till
          image: ${image}
          envFrom: [{ configMapRef: { name: till${id} } }]${env === '' ? '' : `\n          env: [${env}]`}
          ports: [{ name: ${pod.portName}, containerPort: ${pod.containerPort}, protocol: ${pod.protocol} }]
          readinessProbe: { httpGet: { port: ${pod.probe} }${probe} }
`;

const placeOf = (namespace: string, { shop, yard }: Written['namespaces']): string =>
  namespace === 'shop' ? shop : yard;

/** Another shop in each namespace, so that a document that moves never lands where the input says nothing. */
export const cranes = (namespaces: readonly string[], image: string): string =>
  namespaces
    .map(
      (namespace) => `
apiVersion: v1
kind: Service
metadata: { name: crane, namespace: ${namespace} }
spec: { selector: { app: crane }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: crane, namespace: ${namespace}, labels: { app: crane } }
spec: { containers: [{ name: crane, image: ${image} }] }
`,
    )
    .join('---');

/** Which links cannot hold, worked out from the numbers alone. */
export function brokenLinks({ ingress, service, pod, variable }: Shop): string[] {
  const backend =
    ingress.service === 'till' &&
    ingress.namespace === service.namespace &&
    (typeof ingress.port === 'number' ? ingress.port === service.port : ingress.port === service.name);
  const selector = service.selector === pod.label && service.namespace === pod.namespace;
  const podPort =
    typeof service.targetPort === 'number'
      ? service.targetPort
      : service.targetPort === pod.portName && service.protocol === pod.protocol
        ? pod.containerPort
        : undefined;
  const bind = podPort === variable && service.protocol === 'TCP';
  const probed =
    typeof pod.probe === 'number' ? pod.probe : pod.probe === pod.portName ? pod.containerPort : undefined;
  return [
    ...(backend ? [] : ['backend']),
    ...(selector ? [] : ['selector']),
    ...(selector && podPort === undefined ? ['target-port'] : []),
    ...(selector && podPort !== undefined && !bind ? ['bind'] : []),
    ...(probed === variable ? [] : ['probe']),
  ];
}

/** One thing that people get wrong. */
export interface Mutation {
  readonly name: string;
  readonly change: (shop: Shop) => Shop;
}

export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  ...(
    [
      [
        'a Service port changed',
        (shop) => ({ ...shop, service: { ...shop.service, port: shop.service.port + 1 } }),
      ],
      ['a Service port renamed', (shop) => ({ ...shop, service: { ...shop.service, name: 'wbe' } })],
      ['a backend number changed', (shop) => ({ ...shop, ingress: { ...shop.ingress, port: 31_000 } })],
      ['a backend name misspelt', (shop) => ({ ...shop, ingress: { ...shop.ingress, port: 'wed' } })],
      ['a backend Service misspelt', (shop) => ({ ...shop, ingress: { ...shop.ingress, service: 'tlil' } })],
      [
        'a targetPort number changed',
        (shop) => ({ ...shop, service: { ...shop.service, targetPort: 65_001 } }),
      ],
      [
        'a targetPort name misspelt',
        (shop) => ({ ...shop, service: { ...shop.service, targetPort: 'htttp' } }),
      ],
      ['a container port renamed', (shop) => ({ ...shop, pod: { ...shop.pod, portName: 'htpp' } })],
      ['a containerPort changed', (shop) => ({ ...shop, pod: { ...shop.pod, containerPort: 65_002 } })],
      ['a label dropped', (shop) => ({ ...shop, pod: { ...shop.pod, label: undefined } })],
      ['a label misspelt', (shop) => ({ ...shop, pod: { ...shop.pod, label: 'tlil' } })],
      ['a selector misspelt', (shop) => ({ ...shop, service: { ...shop.service, selector: 'tilll' } })],
      [
        'the Service protocol changed',
        (shop) => ({ ...shop, service: { ...shop.service, protocol: 'UDP' } }),
      ],
      ['the container protocol changed', (shop) => ({ ...shop, pod: { ...shop.pod, protocol: 'UDP' } })],
      ['a probe number changed', (shop) => ({ ...shop, pod: { ...shop.pod, probe: 65_003 } })],
      ['a probe name misspelt', (shop) => ({ ...shop, pod: { ...shop.pod, probe: 'http-web' } })],
      ['the variable changed', (shop) => ({ ...shop, variable: 65_004 })],
      ['the Ingress moved', (shop) => ({ ...shop, ingress: { ...shop.ingress, namespace: 'yard' } })],
      ['the Service moved', (shop) => ({ ...shop, service: { ...shop.service, namespace: 'yard' } })],
      ['the Deployment moved', (shop) => ({ ...shop, pod: { ...shop.pod, namespace: 'yard' } })],
    ] satisfies [string, (shop: Shop) => Shop][]
  ).map(([name, change]) => fc.constant({ name, change })),
);
