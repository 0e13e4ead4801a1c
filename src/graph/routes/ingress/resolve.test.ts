import { expect, test } from 'vitest';
import { graphOf, linesOf } from '../../../testing/graph-of.ts';
import { wordLink } from '../../links/evidence.ts';

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
  const asked = ingress(to('{ number: 8080 }'), { spec: 'ingressClassName: outside' });
  const traefik = nginxClass.replace('k8s.io/ingress-nginx', 'traefik.io/ingress-controller');
  expect(backends(asked, service(), traefik)).toEqual(['broken 8080 → Service/pier']);
});

test.each(['', 'ingressClassName: public'])(
  'S-125 where nobody tells which controller it is, a targetPort may do: %s',
  (spec) => {
    expect(backends(ingress(to('{ number: 8080 }'), { spec }), service())).toEqual([
      'unproved 8080 → Service/pier',
    ]);
  },
);

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
    ['unproved 8080 → Service/pier'],
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
  expect(backends(ingress(to('{ number: 80 }')), named)).toEqual(['unproved 80 → Service/pier']);
});

test('S-045, S-129 without a cluster IP service-upstream falls back to the endpoints', () => {
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

test('S-127 without such a port ingress-nginx has no endpoints, and answers with 503', () => {
  const asked = ingress(to('{ number: 1234 }'), { spec: 'ingressClassName: outside' });
  expect(backends(asked, service(), nginxClass)).toEqual(['broken 1234 → Service/pier']);
});

test('S-128 a UDP port of the Service yields no endpoints to ingress-nginx', () => {
  const asked = (number: number): string =>
    ingress(to(`{ number: ${number} }`), { spec: 'ingressClassName: outside' });
  const udp = service('{ name: quic, port: 443, protocol: UDP }, { name: web, port: 80, targetPort: 443 }');
  expect(backends(asked(443), udp, nginxClass)).toEqual(['whole 443 → Service/pier:80']);
  const alone = service('{ name: quic, port: 443, protocol: UDP }');
  expect(backends(asked(443), alone, nginxClass)).toEqual(['broken 443 → Service/pier']);
  expect(backends(ingress(to('{ number: 443 }')), alone)).toEqual(['unproved 443 → Service/pier:443']);
});

test('S-130 ingress-nginx dials the targetPort of an ExternalName, or the number itself', () => {
  const external = (ports: string): string =>
    service(ports, 'type: ExternalName\n  externalName: pier.example.com');
  const reasons = (port: string, ports: string): string[] =>
    graphOf(
      [ingress(to(port), { spec: 'ingressClassName: outside' }), external(ports), nginxClass].join('---'),
    ).backends.map((link) => `${link.state}: ${wordLink(link)}`);
  const dials = (number: number): string[] => [
    `unproved: ingress-nginx dials port ${number} of pier.example.com; a connection would prove it`,
  ];
  expect(reasons('{ number: 8443 }', '')).toEqual(dials(8443));
  expect(reasons('{ number: 80 }', '{ port: 80, targetPort: 8080 }')).toEqual(dials(8080));
  expect(reasons('{ name: web }', '{ name: web, port: 80, targetPort: http }')).toEqual(dials(80));
  expect(reasons('{ number: 80 }', '{ port: 80, targetPort: http }')).toEqual([
    'unproved: ingress-nginx makes port 0 of a targetPort that is a name',
  ]);
  expect(reasons('{ name: tea }', '{ name: web, port: 80 }')).toEqual([
    'broken: Service pier has no such port',
  ]);
});

test('S-132 what passes TLS through goes to the cluster IP, if ingress-nginx lets it', () => {
  const asked = (path = '/'): string =>
    ingress(to('{ number: 8080 }'), {
      spec: 'ingressClassName: outside',
      annotations: '{ nginx.ingress.kubernetes.io/ssl-passthrough: "true" }',
    }).replace('path: /', `path: ${path}`);
  const nginx = (flag: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: nginx, namespace: quay }
spec:
  template:
    spec: { containers: [{ name: controller, image: "registry.k8s.io/ingress-nginx/controller:v1.12.1", args: [${flag}] }] }
`;
  const on = nginx('--enable-ssl-passthrough');
  expect(backends(asked(), service(), nginxClass)).toEqual(['unproved 8080 → Service/pier']);
  expect(backends(asked(), service(), nginxClass, on)).toEqual(['broken 8080 → Service/pier']);
  expect(backends(asked(), service(), nginxClass, nginx(''))).toEqual(['whole 8080 → Service/pier:80']);
  expect(backends(asked('/tea'), service(), nginxClass, on)).toEqual(['whole 8080 → Service/pier:80']);
  const headless = service('{ name: web, port: 8080 }', 'clusterIP: None');
  expect(backends(asked(), headless, nginxClass)).toEqual(['whole 8080 → Service/pier:8080']);
  expect(backends(asked(), headless, nginxClass, on)).toEqual(['broken 8080 → Service/pier:8080']);
});

test('S-133 the default-backend annotation names a Service, of which the first port counts', () => {
  const asked = (className: string): string =>
    ingress(to('{ number: 80 }'), {
      spec: `ingressClassName: ${className}`,
      annotations: '{ nginx.ingress.kubernetes.io/default-backend: shed }',
    });
  const shed = service('{ name: a, port: 9000 }, { name: b, port: 80 }').replace('name: pier', 'name: shed');
  expect(backends(asked('outside'), service(), nginxClass, shed)).toEqual([
    'whole 80 → Service/pier:80',
    'whole gate → Service/shed:9000',
  ]);
  expect(backends(asked('outside'), service(), nginxClass)).toEqual([
    'whole 80 → Service/pier:80',
    'unproved gate → nothing',
  ]);
  expect(backends(asked('traefik'), service(), nginxClass, shed)).toEqual(['whole 80 → Service/pier:80']);
});

test('S-134 ingress-nginx leaves out a backend that is no Service', () => {
  const asked = ingress('{ resource: { kind: StorageBucket, name: icons } }', {
    spec: 'ingressClassName: outside',
  });
  expect(backends(asked, nginxClass)).toEqual(['broken gate → nothing']);
});

const controlledBy = (controller: string): string => nginxClass.replace('k8s.io/ingress-nginx', controller);

test.each([
  ['k8s.io/ingress-nginx', 'ingress-nginx true'],
  ['k8s.io/internal-ingress-nginx', 'ingress-nginx false'],
  ['nginx.org/ingress-controller', 'f5-nginx true'],
  ['haproxy.org/ingress-controller/edge', 'haproxy true'],
  ['haproxy-ingress.github.io/controller', 'haproxy-ingress true'],
  ['ingress.k8s.aws/alb', 'aws-alb true'],
  ['projectcontour.io/ingress-controller', 'contour true'],
  ['example.com/lighthouse', 'other true'],
])('S-122 the controller %s', (controller, known) => {
  const asked = ingress(to('{ number: 80 }'), { spec: 'ingressClassName: outside' });
  const { backends: links } = graphOf([asked, service(), controlledBy(controller)].join('---'));
  expect(links.map((link) => `${link.controller.name} ${link.controller.certain}`)).toEqual([known]);
});

test('S-117 haproxy-ingress looks for names and targetPorts before numbers; haproxy.org takes the Service port', () => {
  const asked = ingress(to('{ number: 9090 }'), { spec: 'ingressClassName: outside' });
  const shadowing = service('{ name: a, port: 9090 }, { name: b, port: 80, targetPort: 9090 }');
  expect(backends(asked, shadowing, controlledBy('haproxy-ingress.github.io/controller'))).toEqual([
    'whole 9090 → Service/pier:80',
  ]);
  expect(backends(asked, shadowing, controlledBy('haproxy.org/ingress-controller'))).toEqual([
    'whole 9090 → Service/pier:9090',
  ]);
});
