import { expect, test } from 'vitest';
import { reportOf } from '../../testing/report-of.ts';
import { drawPicture } from './draw.ts';
import { renderMermaid } from './mermaid.ts';
import { type PlacedCard, placeCards, type Scene } from './place.ts';
import { renderSvg } from './svg.ts';

const sceneOf = (text: string): Scene => placeCards(drawPicture(reportOf({ 'app.yaml': text })));

const cardOf = ({ cards }: Scene, title: string, subtitle: string): PlacedCard =>
  cards.find(({ card }) => card.title === title && card.subtitle === subtitle)!;

const service = (name: string, type: string, target = '8080'): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: harbour }
spec: { type: ${type}, selector: { app: bakery }, ports: [{ port: 80, targetPort: ${target} }] }
---`;

const pod = (containers: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: bakery, namespace: harbour, labels: { app: bakery } }
spec: { containers: [${containers}] }
---`;

test('a load balancer stands level with its own Service, whichever stands above', () => {
  const text =
    service('inside', 'ClusterIP', 'web') +
    service('outside', 'LoadBalancer') +
    pod('{ name: c, image: x, ports: [{ name: http, containerPort: 8080 }] }');
  const scene = sceneOf(text);
  const balancer = cardOf(scene, 'load balancer', 'Service of type LoadBalancer');
  expect(cardOf(scene, 'inside', 'Service · harbour').y).toBeLessThan(balancer.y);
  expect(cardOf(scene, 'outside', 'Service · harbour').y).toBe(balancer.y);
});

test('each port of a process says how it is known, and its card has the room', () => {
  const ports = `
apiVersion: v1
kind: Service
metadata: { name: bakery, namespace: harbour }
spec: { selector: { app: bakery }, ports: [{ name: a, port: 8080 }, { name: b, port: 9090 }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: oven, namespace: harbour }
data: { nginx.conf: "http { server { listen 8080; } server { listen 9090; } }" }
---`;
  const mounted = `{ name: c, image: nginx, volumeMounts: [{ name: v, mountPath: /etc/nginx }] }], volumes: [{ name: v, configMap: { name: oven } }`;
  const { known, height } = cardOf(sceneOf(ports + pod(mounted)), 'c', 'container · harbour');
  expect(known.join(' ')).toMatch(/^8080: listen 8080 in .*9090: listen 9090 in /);
  expect(height).toBeGreaterThan(54 + 2 * 26 + known.length * 16);
});

test('what is told below a process is not told in it as well', () => {
  const elsewhere = pod('{ name: c, image: nginx }');
  const { known, notes } = cardOf(
    sceneOf(service('bakery', 'ClusterIP') + elsewhere),
    'c',
    'container · harbour',
  );
  expect(known).toEqual([]);
  expect(notes.flatMap(({ lines }) => lines).join(' ')).toContain('default of the image nginx');
});

test('no word below a card is cut, and what is too much for it is told to who points at it', () => {
  const image = `registry.example.com/${'harbour-of-the-bakery/'.repeat(20)}oven:v1`;
  const ports = Array.from({ length: 7 }, (_, at) => `{ name: p${at}, port: ${80 + at} }`);
  const text = `
apiVersion: v1
kind: Service
metadata: { name: bakery, namespace: harbour }
spec: { selector: { app: bakery }, ports: [${ports.join(', ')}] }
---${pod(`{ name: c, image: "${image}" }`)}`;
  const report = reportOf({ 'app.yaml': text });
  const { notes } = cardOf(placeCards(drawPicture(report)), 'c', 'container · harbour');
  expect(notes.flatMap(({ lines }) => lines).join('')).toContain(image);
  const reasons = report.links.map((link, at) => ({ ...link, reason: `${link.reason} (${at})` }));
  const many = { ...report, links: reasons };
  const told = cardOf(placeCards(drawPicture(many)), 'c', 'container · harbour').notes;
  expect(told.at(-1)?.lines).toEqual(['and 3 more']);
  const binds = reasons.filter(({ kind }) => kind === 'bind').map(({ reason }) => reason.replaceAll('`', ''));
  const said = told.flatMap(({ lines, unsaid }) => (unsaid === '' ? lines.join('') : unsaid)).join('\n');
  const squeezed = (words: string): string => words.replaceAll(' ', '');
  for (const reason of binds) expect(squeezed(said)).toContain(squeezed(reason));
  expect(renderSvg(many)).toContain(`<title>${binds[4]}`.slice(0, 60));
});

test('what is broken where no way in leads is drawn', () => {
  const probed = pod('{ name: c, image: nginx, readinessProbe: { httpGet: { port: web } } }');
  const [card, ...more] = sceneOf(probed).cards;
  expect(more).toEqual([]);
  expect(card?.card.marks.map(({ kind, values }) => `${kind} ${values}`)).toEqual(['probe web ✕ nothing']);
  expect(card?.notes.flatMap(({ lines }) => lines).join(' ')).toBe('no port of container c is called web');
});

const route = (name: string, services: string): string => `
apiVersion: traefik.io/v1alpha1
kind: ${services.startsWith('weighted') ? 'TraefikService' : 'IngressRoute'}
metadata: { name: ${name}, namespace: harbour }
spec: { ${services} }
---`;
const rule = (path: string, to: string): string =>
  `{ kind: Rule, match: "PathPrefix(\`${path}\`)", services: [${to}] }`;
const toPort = '{ name: bakery, port: 80 }';

test.each([
  ['first', [rule('/bread', '{ name: ovens, kind: TraefikService }'), rule('/', toPort)]],
  ['last', [rule('/', toPort), rule('/bread', '{ name: ovens, kind: TraefikService }')]],
])(
  'every wire goes to the right, though a route that hands over leads to a Service as well: %s',
  (_, rules) => {
    const { wires } = sceneOf(
      route('shop', `entryPoints: [web], routes: [${rules.join(', ')}]`) +
        route('ovens', `weighted: { services: [{ name: more, kind: TraefikService }, ${toPort}] }`) +
        route('more', `weighted: { services: [${toPort}] }`) +
        service('bakery', 'ClusterIP') +
        pod('{ name: c, image: nginx }'),
    );
    expect(wires.length).toBeGreaterThan(6);
    expect(wires.filter(({ x1, x2 }) => x2 - x1 < 40)).toEqual([]);
  },
);

test('a name that is too long for a line takes two, and its sockets stay level with the others', () => {
  const long = 'recommendations-of-the-bakery-in-the-harbour';
  const { cards, wires } = sceneOf(
    service(long, 'LoadBalancer') + pod('{ name: c, image: nginx, ports: [{ containerPort: 8080 }] }'),
  );
  const titles = cards.find(({ card }) => card.title === long)?.titles;
  expect(titles).toHaveLength(2);
  expect(titles?.join('')).toBe(long);
  expect(wires.slice(0, 2).map(({ y1, y2 }) => y2 - y1)).toEqual([0, 0]);
});

test('a name without an end is cut after two lines', () => {
  const { titles } = sceneOf(service('x'.repeat(63), 'ClusterIP')).cards[0]!;
  expect(titles.map((line) => line.at(-1))).toEqual(['x', '…']);
});

test('what is fixed to a port of somebody and leads elsewhere is told at that port, with both values', () => {
  const policy = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: gate, namespace: harbour }
spec: { podSelector: { matchLabels: { app: bakery } }, policyTypes: [Ingress], ingress: [{ ports: [{ port: 8080 }] }] }
---`;
  const { cards } = sceneOf(
    policy +
      service('bakery', 'ClusterIP', '80').replace('port: 80,', 'port: 8080,') +
      pod('{ name: c, image: nginx, ports: [{ name: http, containerPort: 80 }] }'),
  );
  const own = cards.find(({ card }) => card.subtitle === 'Pod · harbour')!;
  expect(own.marks.flat().map(({ words }) => words)).toEqual(['policy 8080 ✕ 80']);
  expect(own.notes.flatMap(({ lines }) => lines).join(' ')).toContain('8080 is a port of Service bakery');
  expect(cards.filter(({ card }) => card.subtitle.startsWith('NetworkPolicy'))).toEqual([]);
});

test('a variable whose key is not there shows both keys', () => {
  const config = `
apiVersion: v1
kind: ConfigMap
metadata: { name: bakery, namespace: harbour }
data: { PORTS: "80" }
---`;
  const reads =
    '{ name: c, image: nginx, env: [{ name: A, valueFrom: { configMapKeyRef: { name: bakery, key: PORT } } }] }';
  const [card] = sceneOf(config + pod(reads)).cards;
  expect(card?.marks.flat().map(({ words }) => words)).toEqual(['key PORT ✕ PORTS']);
  expect(renderMermaid(reportOf({ 'app.yaml': config + pod(reads) }))).toContain('key PORT ✕ PORTS');
});

test('what is broken and met from outside comes before what is broken inside', () => {
  const text =
    service('inside', 'ClusterIP', 'web') +
    service('outside', 'LoadBalancer', 'web') +
    pod('{ name: c, image: nginx, ports: [{ name: http, containerPort: 80 }] }');
  const services = sceneOf(text).cards.filter(({ card }) => card.lane === 'service');
  expect(services.map(({ card }) => card.title)).toEqual(['outside', 'inside']);
});
