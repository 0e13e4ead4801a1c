import { describe, expect, test } from 'vitest';
import { reportOf } from '../../testing/report-of.ts';

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

  test('when the object would be refused for another reason', () => {
    // A nodePort without quotes is one that a ClusterIP cannot have (S-018).
    expect(titles(service('{ port: 80, nodePort: "30080" }'))).toEqual([]);
  });
});

test('many findings in one document cost no more than a bounded number of trials, and say so', () => {
  const ports = Array.from(
    { length: 40 },
    (_, at) => `{ name: p${at}, port: ${at + 1}, targetPort: ${8000 + at} }`,
  );
  const pods = Array.from({ length: 300 }, (_, at) => workload(`w${at}`, 'nginx'));
  const crowd = Array.from({ length: 60 }, (_, at) =>
    service(ports.join(', '), `{ side: w${at} }`).replace('name: pier', `name: s${at}`),
  );
  const { findings } = reportOf({ 'app.yaml': [...crowd, ...pods].join('') });
  const untried = findings.filter(({ help }) => help.some((one) => one.includes('not offered as a fix')));
  expect(untried.length).toBeGreaterThan(0);
  expect(untried.length).toBeLessThan(findings.length);
});
