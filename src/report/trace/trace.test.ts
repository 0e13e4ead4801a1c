import { describe, expect, test } from 'vitest';
import { reportOf } from '../../testing/report-of.ts';
import { plainStyle } from '../text/style.ts';
import { renderTrace } from './render.ts';
import { traceTarget } from './trace.ts';

const ingress = (more = '', path = '/shop'): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop${more.startsWith('annotations') ? `, ${more}` : ''} }
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.com
      http: { paths: [{ path: ${path}, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
`;
const service = (spec = 'ports: [{ name: http, port: 80 }]', name = 'web'): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: ${name} }, ${spec} }
`;
const workload = (kind = 'Deployment', name = 'web'): string => `
apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: web, image: "nginx:1.27", ports: [{ containerPort: 80 }] }] }
`;

const traced = (target: string, ...manifests: string[]) => {
  const report = reportOf({ 'app.yaml': manifests.join('---') });
  const { traced: ways, isBroken, missing } = traceTarget(report, target);
  return { text: missing ?? renderTrace(report, ways, plainStyle), isBroken, count: ways.length };
};

test('what is wrong with one port of a workload is told on no way to another', () => {
  const wrong = service('ports: [{ port: 81, targetPort: 81 }]', 'web').replace('name: web', 'name: wrong');
  expect(traced('svc/wrong', service(), wrong, workload()).text).toContain('error[unbound-target-port]');
  const right = traced('svc/web', service(), wrong, workload());
  expect(right.text).not.toContain('unbound-target-port');
  expect(right.isBroken).toBe(false);
});

const SHOP = [ingress(), service(), workload()];

describe('a target as people paste it', () => {
  const all = [
    ...SHOP,
    service('ports: [{ port: 5432 }]', 'db').replace('namespace: shop }', 'namespace: shop }'),
    workload('StatefulSet', 'db'),
    workload('DaemonSet', 'agent'),
    service('ports: [{ port: 9100, targetPort: 80 }]', 'agent'),
  ];
  test.each([
    ['deployment.apps/web', 'Deployment shop/web'],
    ['deployments.v1.apps/web', 'Deployment shop/web'],
    ['service/web', 'Service shop/web'],
    ['ingress.networking.k8s.io/web', 'Ingress shop/web'],
    ['statefulset.apps/db', 'StatefulSet shop/db'],
    ['web', 'Service shop/web'],
    ['web:80', 'Service shop/web'],
    ['http://web/health', 'Service shop/web'],
    ['web.shop', 'Service shop/web'],
    ['web.shop.svc', 'Service shop/web'],
    ['web.shop.svc.cluster.local:80', 'Service shop/web'],
    ['http://web.shop.svc.cluster.local/x', 'Service shop/web'],
    ['db-0.db.shop.svc.cluster.local', 'StatefulSet shop/db'],
    ['web-7d9c5b6f4-abcde', 'Deployment shop/web'],
    ['pod/web-7d9c5b6f4-abcde', 'Deployment shop/web'],
    ['replicaset.apps/web-7d9c5b6f4', 'Deployment shop/web'],
    ['pod/db-0', 'StatefulSet shop/db'],
    ['pod/agent-x7k2p', 'DaemonSet shop/agent'],
    ['https://shop.example.com/shop/1', 'Ingress shop/web'],
  ])('%s', (target, node) => {
    const { text, count } = traced(target, ...all);
    expect(text).toContain(`\n  ${node}\n`);
    expect(count).toBe(1);
  });

  test('a port of any node', () => {
    const exposed = service('type: NodePort, ports: [{ port: 80, nodePort: 30080 }]');
    for (const target of ['http://node:30080', 'http://192.0.2.7:30080/x', 'localhost:30080']) {
      expect(traced(target, exposed, workload()).text).toContain('the port of any node');
    }
    expect(traced('http://node:30081', exposed, workload()).text).toContain(
      'the ports of the nodes are 30080',
    );
  });
});

describe('what nothing serves is said, with what there is', () => {
  test.each([
    ['http://shop.example.com:8080/shop', 'host shop.example.com is served at port 80, not at 8080'],
    ['http://shop.example.com/cart', 'host shop.example.com has no such path; its paths are /shop (Prefix)'],
    ['http://cart.example.com/', 'no route serves host cart.example.com; the hosts are shop.example.com'],
    ['wbe', 'the hosts are shop.example.com; no Service is called wbe either; there are web'],
    ['svc/web:81', 'no chain passes svc/web:81: the Service has no port 81; it has 80 (http)'],
    ['http://web.shop.svc:81', 'the Service has no port 81; it has 80 (http)'],
    ['web.cart.svc', 'namespace cart has no Service web; there is one in shop'],
    ['pod/wbe-7d9c5b6f4-abcde', 'no Pod is part of any chain of the input'],
  ])('%s', (target, said) => {
    const { text, count } = traced(target, ...SHOP);
    expect(text).toContain(said);
    expect(count).toBe(0);
  });

  test('what is wrong with a workload that no chain passes', () => {
    const client = workload('Deployment', 'client').replace(
      'image: "nginx:1.27"',
      'image: example/client, env: [{ name: REDIS_HOST, value: localhost }, { name: REDIS_PORT, value: "6379" }]',
    );
    const redis = service('ports: [{ port: 6379 }]', 'redis');
    const { text } = traced('deploy/client', ...SHOP, client, redis);
    expect(text).toBe('no chain passes deploy/client; `portolan check` tells of it: localhost-client');
    // Nor does the report know every object.
    expect(traced('deploy/other', ...SHOP).text).toBe('no chain passes a Deployment other; they pass web');
  });

  test('a scheme', () => {
    const { text, isBroken } = traced('https://shop.example.com/shop', ...SHOP);
    expect(text).toContain('note: no TLS is configured for this host');
    expect(isBroken).toBe(false);
  });
});

describe('what keeps a request from being answered', () => {
  const answer = (...manifests: string[]) => traced('http://shop.example.com/shop', ...manifests);

  test('nothing, where all holds', () => {
    const { text, isBroken } = answer(...SHOP);
    expect(text).toContain('✓ whole: every link holds');
    expect(isBroken).toBe(false);
  });

  test.each<[string, string, string, string[]]>([
    [
      'HTTPS to a port of HTTP',
      'backend-protocol-mismatch',
      'take the annotation from',
      [
        ingress('annotations: { nginx.ingress.kubernetes.io/backend-protocol: HTTPS }'),
        service(),
        workload(),
      ],
    ],
    [
      'a class that nobody serves',
      'unserved-ingress',
      'ask for class',
      [
        ...SHOP,
        '\napiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: nginz }\nspec: { controller: k8s.io/ingress-nginx }\n',
      ],
    ],
    [
      'a policy that admits nobody',
      'blocked-port',
      'add `{ port: 80 }`',
      [
        ...SHOP,
        '\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: none, namespace: shop }\nspec: { podSelector: {}, policyTypes: [Ingress] }\n',
      ],
    ],
    [
      'no replicas',
      'no-replicas',
      'ask for',
      [ingress(), service(), workload().replace('spec:\n', 'spec:\n  replicas: 0\n')],
    ],
    [
      'an object that the API server refuses',
      'invalid-port-name',
      '',
      [ingress(), service('ports: [{ name: Web_Port, port: 80 }]'), workload()],
    ],
  ])('%s', (_name, rule, help, manifests) => {
    const { text, isBroken } = answer(...manifests);
    expect(text).toContain(`[${rule}]: `);
    expect(text).toContain(help);
    expect(text).toContain(`  more: portolan explain ${rule}\n`);
    expect(text).not.toContain('every link holds');
    expect(isBroken).toBe(true);
  });

  test('what is about another way is not told', () => {
    const other = service('ports: [{ port: 81, targetPort: web }]', 'other');
    const { text, isBroken } = answer(...SHOP, other, workload('Deployment', 'other'));
    expect(text).toContain('✓ whole: every link holds');
    expect(isBroken).toBe(false);
  });
});

test('sets never mix', () => {
  const broken = service('ports: [{ port: 80, targetPort: htpt }]');
  const report = reportOf({
    'dev/app.yaml': [ingress(), service(), workload()].join('---'),
    'prod/app.yaml': [ingress('', '/'), broken, workload()].join('---'),
  });
  const { traced: ways } = traceTarget(report, 'http://shop.example.com/shop/x');
  expect(ways.map(({ chain }) => [chain.set, chain.state, chain.entry.path])).toEqual([
    ['dev', 'whole', '/shop'],
    ['prod', 'broken', '/'],
  ]);
  const [dev] = renderTrace(report, ways, plainStyle).split('(set prod)');
  expect(dev).toContain('✓ whole: every link holds');
  expect(dev).not.toContain('error[');
});

test('what somebody ignores with a reason stops nothing', () => {
  const broken = [ingress(), service('ports: [{ name: http, port: 80, targetPort: htpt }]'), workload()];
  expect(traced('shop.example.com/shop', ...broken).isBroken).toBe(true);
  const said = broken[1]!.replace(
    'namespace: shop }',
    'namespace: shop, annotations: { ignore.portolan.dev/unresolved-target-port: "next week" } }',
  );
  const { isBroken, text } = traced('shop.example.com/shop', broken[0]!, said, broken[2]!);
  expect(isBroken).toBe(false);
  expect(text).toContain('htpt');
});
