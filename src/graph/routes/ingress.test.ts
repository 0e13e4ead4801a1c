import { expect, test } from 'vitest';
import { graphOf, linesOf } from '../../testing/graph-of.ts';

const ingress = (
  backend: string,
  more: { spec?: string; namespace?: string; annotations?: string } = {},
): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: gate, namespace: ${more.namespace ?? 'harbour'}, annotations: ${more.annotations ?? '{}'} }
spec:
  ${more.spec ?? ''}
  rules: [{ host: pier.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: ${backend} }] } }]
`;
const to = (port: string, name = 'pier'): string => `{ service: { name: ${name}, port: ${port} } }`;
const service = (ports = '{ name: web, port: 80, targetPort: 8080 }', spec = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: pier, namespace: harbour }
spec:
  ${spec}
  selector: { app: pier }
  ports: [${ports}]
`;
const nginxClass = `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: outside }
spec: { controller: k8s.io/ingress-nginx }
`;
const backends = (...documents: string[]): string[] => linesOf(documents.join('---'), 'backend');

test('S-115 a backend names a Service or a resource', () => {
  expect(backends(ingress('{}'), service())).toEqual(['broken gate → nothing']);
  expect(backends(ingress('{ resource: { kind: StorageBucket, name: icons } }'), service())).toEqual([
    'unproved gate → nothing',
  ]);
});

test('S-116 exactly one of number and name', () => {
  expect(backends(ingress(to('{ number: 80 }')), service())).toEqual(['whole 80 → Service/pier:80']);
  expect(backends(ingress(to('{ name: web }')), service())).toEqual(['whole web → Service/pier:80']);
  expect(backends(ingress(to('{ number: 80, name: web }')), service())[0]).toMatch(/^broken/);
  expect(backends(ingress(to('{}')), service())[0]).toMatch(/^broken/);
});

test('S-117 the number is the Service port, never its targetPort', () => {
  expect(backends(ingress(to('{ number: 8080 }')), service())).toEqual(['broken 8080 → Service/pier']);
});

test('S-117 a number before a single port without a name is wrong too', () => {
  expect(backends(ingress(to('{ number: 81 }')), service('{ port: 80 }'))).toEqual([
    'broken 81 → Service/pier',
  ]);
});

test('S-117 the Service must be in the namespace of the Ingress', () => {
  const other =
    '\napiVersion: v1\nkind: Service\nmetadata: { name: quay, namespace: yard }\nspec: { ports: [{ port: 80 }] }\n';
  expect(backends(ingress(to('{ number: 80 }'), { namespace: 'yard' }), service(), other)).toEqual([
    'broken 80 → nothing',
  ]);
});

test('a namespace of which the input has no Service proves nothing', () => {
  expect(backends(ingress(to('{ number: 80 }')))).toEqual(['unproved 80 → nothing']);
});

test.each(['extensions/v1beta1', 'networking.k8s.io/v1beta1'])(
  'S-123 %s: serviceName and servicePort',
  (apiVersion) => {
    const beta = (port: string): string => `
apiVersion: ${apiVersion}
kind: Ingress
metadata: { name: gate, namespace: harbour }
spec:
  backend: { serviceName: pier, servicePort: ${port} }
`;
    expect(backends(beta('80'), service())).toEqual(['whole 80 → Service/pier:80']);
    expect(backends(beta('web'), service())).toEqual(['whole web → Service/pier:80']);
    expect(backends(beta('"80"'), service())[0]).toMatch(/^broken/);
  },
);

test('S-124 the default backend is a way in of its own', () => {
  const bare =
    '\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: gate, namespace: harbour }\nspec: { defaultBackend: { service: { name: pier, port: { number: 80 } } } }\n';
  const { chains } = graphOf([bare, service()].join('---'));
  expect(chains.map(({ entry }) => [entry.kind, entry.host, entry.path, entry.pathType])).toEqual([
    ['ingress', '*', '/', undefined],
  ]);
});

test('S-122 a class named nginx is ingress-nginx only as far as its IngressClass says so', () => {
  const asked = (className: string): string =>
    ingress(to('{ number: 8080 }'), { spec: `ingressClassName: ${className}` });
  expect(backends(asked('outside'), service(), nginxClass)).toEqual(['whole 8080 → Service/pier:80']);
  expect(backends(asked('nginx'), service())).toEqual(['unproved 8080 → Service/pier']);
  expect(backends(asked('traefik'), service())).toEqual(['broken 8080 → Service/pier']);
});

test('S-121 the default class serves an Ingress that names none', () => {
  const byDefault = nginxClass.replace(
    'name: outside',
    'name: outside, annotations: { ingressclass.kubernetes.io/is-default-class: "true" }',
  );
  expect(backends(ingress(to('{ number: 8080 }')), service(), byDefault)).toEqual([
    'whole 8080 → Service/pier:80',
  ]);
  expect(backends(ingress(to('{ number: 8080 }')), service(), byDefault.replace('"true"', '"True"'))).toEqual(
    ['broken 8080 → Service/pier'],
  );
});

test('S-125, S-126 ingress-nginx takes the first port that fits by number, targetPort or name', () => {
  const shadowed = service(
    '{ name: a, port: 80, targetPort: 9090 }, { name: b, port: 9090, targetPort: 7000 }',
  );
  const lines = backends(
    ingress(to('{ number: 9090 }'), { spec: 'ingressClassName: outside' }),
    shadowed,
    nginxClass,
  );
  expect(lines).toEqual(['whole 9090 → Service/pier:80']);
});

test('S-129 with service-upstream a targetPort does not do', () => {
  const upstream = ingress(to('{ number: 8080 }'), {
    spec: 'ingressClassName: outside',
    annotations: '{ nginx.ingress.kubernetes.io/service-upstream: "true" }',
  });
  expect(backends(upstream, service(), nginxClass)).toEqual(['broken 8080 → Service/pier']);
});

test('S-130 which port of an ExternalName is dialled depends on the controller', () => {
  const external = service('', 'type: ExternalName\n  externalName: pier.example.com');
  expect(backends(ingress(to('{ number: 443 }')), external)).toEqual(['unproved 443 → Service/pier']);
});

test.each(['http-public-metrics', '80', 'web--old'])(
  'S-006, S-007 a Service port may be called %s, and no Ingress can say so',
  (name) => {
    const named = service(`{ name: "${name}", port: 80, targetPort: 8080 }`);
    expect(backends(ingress(to(`{ name: "${name}" }`)), named)).toEqual([`broken ${name} → Service/pier:80`]);
    expect(backends(ingress(to('{ number: 80 }')), named)).toEqual(['whole 80 → Service/pier:80']);
  },
);

test('S-125 ingress-nginx compares texts: a number is also a port of that name', () => {
  const asked = ingress(to('{ number: 80 }'), { spec: 'ingressClassName: outside' });
  const named = service('{ name: "80", port: 8080 }');
  expect(backends(asked, named, nginxClass)).toEqual(['whole 80 → Service/pier:8080']);
  expect(backends(ingress(to('{ number: 80 }')), named)).toEqual(['broken 80 → Service/pier']);
});

test('S-129 without a cluster IP service-upstream falls back to the endpoints', () => {
  const upstream = ingress(to('{ number: 8080 }'), {
    spec: 'ingressClassName: outside',
    annotations: '{ nginx.ingress.kubernetes.io/service-upstream: "true" }',
  });
  expect(backends(upstream, service(undefined, 'clusterIP: None'), nginxClass)).toEqual([
    'whole 8080 → Service/pier:80',
  ]);
});

test('what is filled in later may be the port or the name that is asked for', () => {
  expect(backends(ingress(to('{ number: 80 }')), service('{ port: "${PORT}" }'))).toEqual([
    'unproved 80 → Service/pier',
  ]);
  expect(backends(ingress(to('{ number: 80 }')), service().replace('name: pier', 'name: "${NAME}"'))).toEqual(
    ['unproved 80 → nothing'],
  );
});

test('S-118 a rule with a host and no paths is accepted and leads nowhere', () => {
  const bare =
    '\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: gate }\nspec: { rules: [{ host: pier.example.com }] }\n';
  expect(backends(bare, service())).toEqual([]);
});
