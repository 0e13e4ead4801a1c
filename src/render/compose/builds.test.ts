import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestRepository } from '../../testing/repository.ts';

const GUNICORN = 'FROM python:3.12\nENV PORT=8000\nCMD ["gunicorn", "app:app", "--bind", "0.0.0.0:8000"]\n';

let repository: TestRepository;
beforeEach(() => {
  repository = new TestRepository({ 'shop/web/Dockerfile': GUNICORN });
});
afterEach(() => repository.remove());

async function made(services: string, files: Record<string, string> = {}) {
  repository.write({ 'shop/compose.yaml': `services:\n${services}`, ...files });
  const { errors, findings, chains } = await repository.check(['shop/compose.yaml'], {}, '/nonexistent');
  return {
    errors: [...errors, ...findings.filter(({ severity }) => severity === 'error')].map(
      ({ message }) => message,
    ),
    chains: chains.map(({ entry: { resource, port }, state }) => `${resource.name}:${port} ${state}`),
    text: repository.textOf('shop/compose.yaml (as manifests)'),
  };
}

const TWO_STAGES =
  'ARG PORT=9000\nFROM scratch AS dev\nARG PORT\nENTRYPOINT ["gunicorn", "a:a"]\nENV GUNICORN_CMD_ARGS="--bind=0.0.0.0:$PORT"\nFROM scratch\nENTRYPOINT ["/server"]\n';

test.each([
  ['a folder', '{ build: web, ports: ["80:8000"] }', {}],
  ['a context', '{ build: { context: ./web }, ports: ["80:8000"] }', {}],
  ['another name', '{ build: { dockerfile: web/Dockerfile }, ports: ["80:8000"] }', {}],
  ['a name of its own', '{ build: web, image: nginx, ports: ["80:8000"] }', {}],
  ['a Containerfile', '{ build: box, ports: ["80:8000"] }', { 'shop/box/Containerfile': GUNICORN }],
  ['a text', `{ build: { dockerfile_inline: ${JSON.stringify(GUNICORN)} }, ports: ["80:8000"] }`, {}],
  [
    'a stage and an argument',
    '{ build: { context: box, target: dev, args: { PORT: "8000" } }, ports: ["80:8000"] }',
    { 'shop/box/Dockerfile': TWO_STAGES },
  ],
  [
    'arguments as a list',
    '{ build: { context: box, target: dev, args: ["PORT=${NUMBER:-8000}"] }, ports: ["80:8000"] }',
    { 'shop/box/Dockerfile': TWO_STAGES },
  ],
])('a service is built from %s', async (_, service, files) => {
  const { errors, chains } = await made(`  api: ${service}\n`, files);
  expect(errors).toEqual([]);
  expect(chains).toEqual(['api:8000 whole', 'api:80 whole']);
});

test('what a Dockerfile starts is held against the ports', async () => {
  const { errors, chains } = await made('  api: { build: web, ports: ["80:8080"] }\n', {
    'shop/web/Dockerfile': 'FROM scratch\nENTRYPOINT ["python3", "-m", "http.server", "8000"]\n',
  });
  expect(errors).toEqual([expect.stringMatching(/forwards port 80 to 8080, but .* listens on 8000/)]);
  expect(chains).toEqual(['api:8080 broken', 'api:80 broken']);
});

test('a command of compose goes before that of the Dockerfile', async () => {
  const { chains } = await made(
    '  api: { build: web, command: gunicorn app:app --bind 0.0.0.0:8080, ports: ["80:8080"] }\n',
  );
  expect(chains).toEqual(['api:8080 whole', 'api:80 whole']);
});

test('a service that says no port is reached at those that it exposes', async () => {
  const { chains } = await made(
    '  api: { build: web }\n  front: { image: acme/front, environment: { API_HOST: api } }\n',
    { 'shop/web/Dockerfile': `${GUNICORN}EXPOSE 8000 9000/udp\n` },
  );
  expect(chains).toEqual(['api:8000 whole']);
});

test('an image that is built is none of that name that everybody knows', async () => {
  const { chains, text } = await made('  redis: { build: web, ports: ["6379"] }\n', {
    'shop/web/Dockerfile': 'FROM debian\nCMD ["/server"]\n',
  });
  expect(chains).toEqual(['redis:6379 unproved']);
  expect(text).toContain(
    '# shop-redis: built from shop/web/Dockerfile; elsewhere `--dockerfile shop-redis=shop/web/Dockerfile` says so',
  );
});

test('builds of one name that differ say nothing of it', async () => {
  const { chains } = await made(
    '  a: { build: web, image: acme/app, ports: ["8000"] }\n  b: { build: box, image: acme/app, ports: ["8000"] }\n',
    { 'shop/box/Dockerfile': GUNICORN.replace('8000"', '9000"') },
  );
  expect(chains).toEqual(['a:8000 unproved', 'b:8000 unproved']);
});

test('a stage that is not there is told at the Dockerfile', async () => {
  const { errors } = await made('  api: { build: { context: web, target: dev }, ports: ["8000"] }\n');
  expect(errors).toEqual([expect.stringContaining('no stage is named `dev`')]);
});

test.each([
  ['a folder outside the repository', '{ build: ../.., ports: ["8000"] }'],
  ['another repository', '{ build: "https://github.com/acme/api.git#main", ports: ["8000"] }'],
  ['a folder without a Dockerfile', '{ build: none, ports: ["8000"] }'],
])('%s is not read', async (_, service) => {
  const { errors, chains } = await made(`  api: ${service}\n`);
  expect([errors, chains]).toEqual([[], ['api:8000 unproved']]);
});

test.each([
  ['host and port apart', '{ API_HOST: api, API_PORT: "8000" }', 8000],
  ['a URL', '{ API_URL: "http://api/v1" }', 80],
])('%s are a port that a service is reached at', async (_, environment, port) => {
  const { chains, errors } = await made(
    `  api: { image: acme/api, ports: ["90:9000"] }\n  front: { image: acme/front, environment: ${environment} }\n`,
  );
  expect(errors).toEqual([]);
  expect(chains.map((chain) => chain.split(' ')[0])).toContain(`api:${port}`);
});

test('a port that others alone name is declared beside those that the service says', async () => {
  repository.write({
    'shop/compose.yaml':
      'services:\n  api: { image: acme/api, ports: ["90:9000"] }\n  front: { image: acme/front, environment: { API: "api:8000" } }\n',
  });
  const { findings } = await repository.check(['shop/compose.yaml'], {}, '/nonexistent');
  expect(findings).toEqual([]);
});

test('a port that hangs on a variable without a value says which', async () => {
  const { errors } = await made('  api: { image: acme/api, ports: ["${OUT}:${IN:-80}"] }\n', {});
  expect(errors).toEqual([]);
  const { errors: told } = await made('  api: { image: acme/api, ports: ["${OUT}:${IN}/udp"] }\n');
  expect(told).toEqual([
    '`${OUT}:${IN}/udp` is no port while OUT has no value: give it one in `.env`, or a default, as in `${OUT:-8080}`',
  ]);
});
