import { expect, test } from 'vitest';
import { reportOf } from '../../testing/report-of.ts';
import { drawPicture } from './draw.ts';
import { type PlacedCard, placeCards, type Scene } from './place.ts';

const sceneOf = (text: string): Scene => placeCards(drawPicture(reportOf({ 'app.yaml': text })));

const cardOf = ({ cards }: Scene, title: string, subtitle: string): PlacedCard =>
  cards.find(({ card }) => card.title === title && card.subtitle === subtitle)!;

const service = (name: string, type: string): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: harbour }
spec: { type: ${type}, selector: { app: bakery }, ports: [{ port: 80, targetPort: 8080 }] }
---`;

const pod = (containers: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: bakery, namespace: harbour, labels: { app: bakery } }
spec: { containers: [${containers}] }
---`;

test('a load balancer stands level with its own Service, whichever stands above', () => {
  const text =
    service('inside', 'ClusterIP') + service('outside', 'LoadBalancer') + pod('{ name: c, image: x }');
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

test('what is broken where no way in leads is drawn', () => {
  const probed = pod('{ name: c, image: nginx, readinessProbe: { httpGet: { port: web } } }');
  const [card, ...more] = sceneOf(probed).cards;
  expect(more).toEqual([]);
  expect(card?.card.marks.map(({ kind, state }) => `${kind} ${state}`)).toEqual(['probe broken']);
  expect(card?.notes.flatMap(({ lines }) => lines).join(' ')).toBe('no port of container c is called web');
});
