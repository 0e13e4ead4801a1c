import { describe, expect, test } from 'vitest';
import { defineRule } from '../../rules/rule.ts';
import { reportOf } from '../../testing/report-of.ts';
import { sourcesOf } from '../../testing/test-rule.ts';
import { groupBy } from '../../text/group-by.ts';
import { check } from '../check.ts';
import { toReport } from '../to-report.ts';

const workload = (name: string, image: string, more = ''): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: harbour }
spec:
  selector: { matchLabels: { app: pier, side: ${name} } }
  template:
    metadata: { labels: { app: pier, side: ${name} } }
    spec: { containers: [{ name: pier, image: ${image}${more} }] }
---`;
const service = (ports: string, selector = '{ app: pier }'): string => `
apiVersion: v1
kind: Service
metadata: { name: pier, namespace: harbour }
spec: { selector: ${selector}, ports: [${ports}] }
---`;
const titles = (manifests: string): string[] =>
  reportOf({ 'app.yaml': manifests }).findings.flatMap(({ fixes }) => fixes.map(({ title }) => title));

describe('a fix is offered', () => {
  test('when it makes the link whole', () => {
    expect(titles(service('{ port: 80, targetPort: 8111 }') + workload('east', 'nginx'))).toContain(
      'point targetPort at `80`',
    );
  });

  test('when it mends what is refused, whatever comes to light behind it', () => {
    // A nodePort without quotes is one that a ClusterIP cannot have (S-018).
    expect(titles(service('{ port: 80, nodePort: "30080" }'))).toContain(
      'write the number 30080 without quotes',
    );
  });

  test('when an info comes in its place', () => {
    const declared = workload('east', 'nginx', ', ports: [{ containerPort: 8111 }]');
    expect(titles(service('{ port: 80, targetPort: 8111 }') + declared)).toContain(
      'point targetPort at `80`',
    );
  });
});

describe('a fix is not offered', () => {
  test('when another workload behind the same Service would lose its traffic', () => {
    const both = workload('east', 'nginx') + workload('west', 'redis');
    expect(titles(service('{ port: 80, targetPort: 6379 }') + both)).toEqual([]);
  });
});

test('many findings in one large document are tried as far as that is cheap, and the rest is told', () => {
  const one = (at: number): object[] => [
    {
      ...{ apiVersion: 'v1', kind: 'Service', metadata: { name: `pier${at}`, namespace: 'harbour' } },
      spec: { selector: { app: `pier${at}` }, ports: [{ port: 80, targetPort: 8111 }] },
    },
    {
      ...{ apiVersion: 'v1', kind: 'Pod' },
      metadata: { name: `pier${at}`, namespace: 'harbour', labels: { app: `pier${at}` } },
      spec: { containers: [{ name: 'pier', image: 'nginx' }] },
    },
  ];
  const large = { description: 'x'.repeat(400_000) };
  const items = Array.from({ length: 20 }, (_, at) => one(at)).flat();
  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', annotations: large } };
  const { findings } = reportOf({
    'list.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [config, ...items] }),
  });
  const broken = findings.filter(({ rule }) => rule === 'unbound-target-port');
  const offered = broken.filter(({ fixes }) => fixes.length > 0);
  const untried = broken.filter(({ help }) => help.some((text) => text.includes('not offered as a fix')));
  expect(offered.length).toBeGreaterThan(0);
  expect(untried.length).toBeGreaterThan(0);
  expect(offered.length + untried.length).toBe(20);
});

describe('of fixes that are followed together', () => {
  const oddPort = defineRule({
    id: 'odd-port',
    severity: 'error',
    summary: 'A port is odd.',
    *check({ model }) {
      for (const service of model.services) {
        const port = service.ports[0]?.port;
        if (!port || Number(port.value) % 2 === 0) continue;
        yield {
          message: 'odd',
          labels: [{ at: port, message: 'odd' }],
          resources: [service],
          field: 'port',
          fixes: [{ title: 'write 80', applicability: 'safe', edits: [{ at: port, text: '80' }] }],
        };
      }
    },
  });
  const takenPort = defineRule({
    id: 'taken-port',
    severity: 'error',
    summary: 'Another Service has the port.',
    *check({ model }) {
      const services = groupBy(model.services, (one) => one.ports[0]?.port?.value);
      for (const same of services.values())
        for (const one of same.slice(1))
          yield {
            message: 'taken',
            labels: [{ at: one.nameAt, message: 'taken' }],
            resources: [one, ...same.slice(0, 1)],
            field: 'port',
          };
    },
  });
  const service = (namespace: string, port: number, name = 'pier'): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { ports: [{ port: ${port} }] }
---`;
  /** So many that a part of them is tried. */
  const others = Array.from({ length: 40 }, (_, at) => service(`other-${at}`, 1000 + 2 * at)).join('');
  const offered = (text: string): readonly number[] =>
    toReport(check(sourcesOf({ 'app.yaml': others + text }), { rules: [oddPort, takenPort] }), {
      version: '0',
    })
      .findings.filter(({ rule }) => rule === 'odd-port')
      .map(({ fixes }) => fixes.length);

  test('each is judged as it would be by itself, also where two get into each other’s way', () => {
    expect(offered(service('east', 81) + service('west', 83))).toEqual([1, 1]);
  });

  test('one that does harm where it is stays harmful', () => {
    expect(offered(service('east', 81) + service('east', 80, 'quay') + service('west', 83))).toEqual([0, 1]);
  });
});
