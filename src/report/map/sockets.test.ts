import { expect, test } from 'vitest';
import { reportOf } from '../../testing/report-of.ts';
import { drawPicture } from './draw.ts';
import { renderMermaid } from './mermaid.ts';
import { renderSvg } from './svg.ts';

const object = (apiVersion: string, kind: string, name: string, spec: string): string => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: ${name}, namespace: harbour }
spec: { ${spec} }
`;

const service = (spec: string, name = 'bakery'): string => object('v1', 'Service', name, spec);

const report = (...documents: string[]): ReturnType<typeof reportOf> =>
  reportOf({ 'app.yaml': documents.join('---') });

/** `bakery 80 → Pods 8080`: each wire with what stands at its two sockets. */
const wiresOf = (...documents: string[]): string[] =>
  drawPicture(report(...documents)).wires.map(
    ({ from, to }) =>
      `${from.card.title} ${from.row.right?.number} → ${to.card.title} ${to.row.left?.number}`,
  );

/** What the ports of the Service say at their left and right sockets. */
const portsOf = (spec: string, ...more: string[]): string[] =>
  drawPicture(report(service(spec), ...more)).cards.flatMap(({ lane, rows }) =>
    lane === 'service'
      ? rows.map(({ left, right, text }) => `${left?.number} ${text}→ ${right?.number}`)
      : [],
  );

const ABSENT = 'selector: { app: elsewhere }';

test.each([
  ['a number', `${ABSENT}, ports: [{ port: 80, targetPort: 8080 }]`, ['80 → 8080']],
  ['a name', `${ABSENT}, ports: [{ port: 80, targetPort: http }]`, ['80 → http']],
  ['nothing, so its port', `${ABSENT}, ports: [{ port: 80 }]`, ['80 → 80']],
  [
    'several',
    `${ABSENT}, ports: [{ name: a, port: 80, targetPort: 8080 }, { name: b, port: 81, targetPort: http }]`,
    ['80 → 8080', '81 → http'],
  ],
  [
    'one number for two protocols',
    `type: LoadBalancer, ${ABSENT}, ports: [{ name: a, port: 53, targetPort: 5353 }, { name: b, port: 53, targetPort: dns, protocol: UDP }]`,
    ['53 → 5353', '53 UDP→ dns'],
  ],
  ['no cluster IP', `clusterIP: None, ${ABSENT}, ports: [{ port: 80, targetPort: 8080 }]`, ['80 → 8080']],
  ['no selector', 'ports: [{ port: 80, targetPort: 8080 }]', ['80 → 8080']],
  [
    'an external name',
    'type: ExternalName, externalName: db.example.com, ports: [{ port: 80, targetPort: 8080 }]',
    ['80 → 8080'],
  ],
  [
    'a nodePort',
    `type: NodePort, ${ABSENT}, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]`,
    ['80 → 8080'],
  ],
  [
    'nodePorts to be given out',
    `type: NodePort, ${ABSENT}, ports: [{ name: a, port: 80, targetPort: 8080 }, { name: b, port: 81 }]`,
    ['80 → 8080', '81 → 81'],
  ],
  ['a port to be filled in', `${ABSENT}, ports: [{ port: '\${PORT}', targetPort: 8080 }]`, ['? → 8080']],
])('a Service whose Pods are not there says what each port sends to: %s', (_, spec, ports) => {
  expect(portsOf(spec)).toEqual(ports);
});

test('where the labels of Pods differ, and where a route asks for another port, the ports are there as well', () => {
  const spec = 'selector: { app: bakrey }, ports: [{ port: 80, targetPort: 8080 }]';
  const pod = `
apiVersion: v1
kind: Pod
metadata: { name: bakery, namespace: harbour, labels: { app: bakery } }
spec: { containers: [{ name: c, image: nginx }] }
`;
  expect(portsOf(spec, pod)).toEqual(['80 → 8080', 'undefined label app→ bakrey']);
  const backend = 'backend: { service: { name: bakery, port: { number: 81 } } }';
  const gate = object(
    'networking.k8s.io/v1',
    'Ingress',
    'gate',
    `rules: [{ http: { paths: [{ path: /, pathType: Prefix, ${backend} }] } }]`,
  );
  const other = `${ABSENT}, ports: [{ port: 80, targetPort: 8080 }]`;
  expect(portsOf(other, gate)).toEqual(['80 → 8080', 'no 81 → undefined']);
});

test('the wire to Pods that are not there has the number of its own port, in all that is drawn', () => {
  const two = `${ABSENT}, ports: [{ name: a, port: 80, targetPort: 8080 }, { name: b, port: 81, targetPort: http }]`;
  expect(wiresOf(service(two))).toEqual([
    'bakery 8080 → not in the input ?',
    'bakery http → not in the input ?',
  ]);
  const drawn = report(service(two));
  expect(renderMermaid(drawn)).toContain('"8080 ? ?"');
  expect(renderSvg(drawn)).toContain('Service harbour/bakery forwards 81 to http → nothing');
  expect(renderSvg(drawn)).not.toContain('forwards 80 to 8080, 81');
});

const route = (more: string): string =>
  object(
    'gateway.networking.k8s.io/v1',
    'HTTPRoute',
    'bakery',
    `${more} rules: [{ backendRefs: [{ name: bakery, port: 80 }] }]`,
  );

test('a route behind two listeners takes the port of each', () => {
  const gate = object(
    'gateway.networking.k8s.io/v1',
    'Gateway',
    'gate',
    'gatewayClassName: c, listeners: [{ name: a, port: 80, protocol: HTTP }, { name: b, port: 8443, protocol: HTTP }]',
  );
  const wires = wiresOf(
    gate,
    route('parentRefs: [{ name: gate }],'),
    service(`${ABSENT}, ports: [{ port: 80 }]`),
  );
  expect(wires.filter((wire) => wire.startsWith('gate'))).toEqual([
    'gate 80 → bakery 80',
    'gate 8443 → bakery 8443',
  ]);
});

test('a route that answers by itself says so at both ends, and one without a backend has no number', () => {
  const to = (more: string): string => `{ matches: [{ path: { value: /${more} } }`;
  const redirect = 'filters: [{ type: RequestRedirect, requestRedirect: { scheme: https } }]';
  const rules = object(
    'gateway.networking.k8s.io/v1',
    'HTTPRoute',
    'bakery',
    `parentRefs: [{ name: gate }], rules: [${to('a')}], ${redirect} }, ${to('b')}] }]`,
  );
  expect(wiresOf(rules)).toContain('bakery itself → answered here itself');
  const { cards } = drawPicture(report(rules));
  const rows = cards
    .find(({ lane }) => lane === 'route')
    ?.rows.map(({ text, right }) => [text, right?.number]);
  expect(new Map(rows as [string, string][])).toEqual(
    new Map([
      ['/a', 'itself'],
      ['/b', undefined],
      ['backend', 'none'],
    ]),
  );
});

test('what a route hands to another keeps the port that it came by', () => {
  const contour = (name: string, spec: string): string =>
    object('projectcontour.io/v1', 'HTTPProxy', name, spec);
  const wires = wiresOf(
    contour('front', 'virtualhost: { fqdn: a.example.com }, includes: [{ name: inner }]'),
    contour('inner', 'routes: [{ services: [{ name: bakery, port: 80 }] }]'),
    service(`${ABSENT}, ports: [{ port: 80 }]`),
  );
  expect(wires.slice(0, 3)).toEqual([
    'a.example.com 80 → front 80',
    'front 80 → inner 80',
    'inner 80 → bakery 80',
  ]);
});

test('a route takes what its entry point listens on, whatever clients dial', () => {
  const traefik = object(
    'apps/v1',
    'Deployment',
    'traefik',
    'template: { metadata: { labels: { app: traefik } }, spec: { containers: [{ name: t, image: "traefik:v3.4", args: ["--entryPoints.web.address=:8000/tcp"] }] } }',
  );
  const ingressRoute = object(
    'traefik.io/v1alpha1',
    'IngressRoute',
    'gate',
    'entryPoints: [web], routes: [{ kind: Rule, match: "Host(`a.example.com`)", services: [{ name: bakery, port: 80 }] }]',
  );
  const wires = wiresOf(traefik, ingressRoute, service(`${ABSENT}, ports: [{ port: 80 }]`));
  expect(wires.slice(0, 3)).toEqual([
    'a.example.com 80 → traefik 8000',
    'traefik 8000 → gate 8000',
    'gate 80 → bakery 80',
  ]);
});

test('a Service of Knative is dialled at the port of its gateway, and sends to that of its container', () => {
  const knative = object(
    'serving.knative.dev/v1',
    'Service',
    'bakery',
    'template: { spec: { containers: [{ image: x, ports: [{ containerPort: 8080 }] }] } }',
  );
  expect(wiresOf(knative)[0]).toBe('any host 80 → bakery 80');
  expect(drawPicture(report(knative)).cards[1]?.rows[0]).toMatchObject({ right: { number: '8080' } });
});
