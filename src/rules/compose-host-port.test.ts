import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TestRepository } from '../testing/repository.ts';

const COMPOSE = `services:
  books:
    image: nginx
    ports:
      - "13378:80"
      - target: 53
        published: 5353
        protocol: udp
`;
const manifests = (container: string, port: string): string => `apiVersion: v1
kind: Service
metadata: { name: books }
spec:
  selector: { app: books }
  ports:
    - ${port}
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: books }
spec:
  selector: { matchLabels: { app: books } }
  template:
    metadata: { labels: { app: books } }
    spec:
      containers:
        - ${container}
`;

let repository: TestRepository;
beforeEach(() => {
  repository = new TestRepository({ 'compose.yaml': COMPOSE });
});
afterEach(() => repository.remove());

/** `severity rule first-label second-label`, of what is about the port. */
async function found(files: Readonly<Record<string, string>>, paths = ['.']): Promise<string[]> {
  repository.write(files);
  const { findings, errors } = await repository.check(paths, {}, '/nonexistent');
  expect(errors).toEqual([]);
  return findings.map(
    ({ severity, rule, labels }) =>
      `${severity} ${rule} ${labels.map(({ location: { path, line } }) => `${path}:${line}`).join(' ')}`,
  );
}

const UNKNOWN = COMPOSE.replace('image: nginx', 'image: acme/books:1.0');

describe('the number of the machine in a compose file', () => {
  test.each([
    ['another tag', '{ name: books, image: "nginx:1.27" }', '{ port: 80, targetPort: 13378 }'],
    [
      'another spelling',
      '{ name: books, image: "docker.io/library/nginx" }',
      '{ port: 80, targetPort: 13378 }',
    ],
    ['no targetPort', '{ name: books, image: nginx }', '{ port: 13378 }'],
  ])('that is sent to is an error, with both places: %s', async (_, container, port) => {
    expect(await found({ 'app.yaml': manifests(container, port) })).toEqual([
      'error compose-host-port app.yaml:7 compose.yaml:5 app.yaml:18',
    ]);
  });

  test('that a name stands for is marked where the name is given', async () => {
    const container = '{ name: books, image: nginx, ports: [{ name: http, containerPort: 13378 }] }';
    expect(await found({ 'app.yaml': manifests(container, '{ port: 80, targetPort: http }') })).toEqual([
      'error compose-host-port app.yaml:7 compose.yaml:5 app.yaml:18 app.yaml:18',
    ]);
  });

  test.each([
    ['TCP', '{ port: 80, targetPort: 13378 }', ['warning compose-host-port app.yaml:7 compose.yaml:5']],
    [
      'UDP, in the long syntax',
      '{ port: 53, targetPort: 5353, protocol: UDP }',
      ['warning compose-host-port app.yaml:7 compose.yaml:6'],
    ],
  ])('is a warning where nothing else knows the image: %s', async (_, port, expected) => {
    const app = manifests('{ name: books, image: "acme/books:2.0" }', port);
    expect(await found({ 'compose.yaml': UNKNOWN, 'app.yaml': app })).toEqual(expected);
  });

  test.each([
    [
      'the port of the Service alone',
      '{ name: books, image: acme/books }',
      '{ port: 13378, targetPort: 80 }',
    ],
    ['another protocol', '{ name: books, image: acme/books }', '{ port: 80, targetPort: 5353 }'],
    ['another image', '{ name: books, image: acme/shelf }', '{ port: 80, targetPort: 13378 }'],
    [
      'a variable moves the process',
      '{ name: books, image: acme/books, env: [{ name: PORT, value: "13378" }] }',
      '{ port: 80, targetPort: 13378 }',
    ],
    [
      'a variable that is not known may',
      '{ name: books, image: acme/books, env: [{ name: PORT, valueFrom: { secretKeyRef: { name: a, key: b } } }] }',
      '{ port: 80, targetPort: 13378 }',
    ],
    [
      'a flag does',
      '{ name: books, image: acme/books, args: ["--listen=:13378"] }',
      '{ port: 80, targetPort: 13378 }',
    ],
  ])('is nothing to tell: %s', async (_, container, port) => {
    const rules = await found({ 'compose.yaml': UNKNOWN, 'app.yaml': manifests(container, port) });
    expect(rules.filter((one) => one.includes('compose'))).toEqual([]);
  });

  test('is nothing to tell where another compose file has the process there', async () => {
    const app = manifests('{ name: books, image: acme/books }', '{ port: 80, targetPort: 13378 }');
    const other = 'services: { books: { image: acme/books, ports: ["80:13378"] } }\n';
    expect(await found({ 'compose.yaml': UNKNOWN, 'app.yaml': app, 'compose.dev.yaml': other })).toEqual([]);
  });

  test('is told where the compose file is named beside the manifests', async () => {
    const app = manifests('{ name: books, image: nginx }', '{ port: 80, targetPort: 13378 }');
    expect(await found({ 'app.yaml': app }, ['compose.yaml', 'app.yaml'])).toContain(
      'error compose-host-port app.yaml:7 compose.yaml:5 app.yaml:18',
    );
  });

  test('is mended by the number in the container', async () => {
    const app = manifests('{ name: books, image: nginx }', '{ port: 13378 }');
    repository.write({ 'app.yaml': app });
    const { findings } = await repository.check(['.'], {}, '/nonexistent');
    expect(findings[0]?.fixes[0]?.edits[0]).toMatchObject({ path: 'app.yaml', text: ', targetPort: 80' });
  });
});
