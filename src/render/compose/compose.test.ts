import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TestRepository, writtenAt } from '../../testing/repository.ts';
import type { YamlScalar } from '../../text/yaml-node.ts';
import { interpolate, readEnvFile } from './interpolate.ts';
import { shortPorts } from './ports.ts';

const NODE: YamlScalar = { type: 'scalar', start: 0, end: 0, value: '', text: '', quoted: false };

describe('a port in the short syntax', () => {
  test.each([
    ['80', ['-:80/TCP']],
    ['13378:80', ['13378:80/TCP']],
    ['127.0.0.1:13378:80', ['127.0.0.1 13378:80/TCP']],
    ['127.0.0.1::80', ['127.0.0.1 -:80/TCP']],
    ['[::1]:8080:80', ['::1 8080:80/TCP']],
    ['6060:6060/udp', ['6060:6060/UDP']],
    ['3000-3002', ['-:3000/TCP', '-:3001/TCP', '-:3002/TCP']],
    ['9090-9091:8080-8081', ['9090:8080/TCP', '9091:8081/TCP']],
    ['9000-9010:80', ['-:80/TCP']],
  ])('%s', (written, expected) => {
    const ports = shortPorts(written, NODE);
    expect(
      'message' in ports || 'isWide' in ports
        ? ports
        : ports.map(
            ({ host, hostIp, container, protocol }) =>
              `${hostIp === undefined ? '' : `${hostIp} `}${host ?? '-'}:${container}/${protocol}`,
          ),
    ).toEqual(expected);
  });

  test('a range may be too wide for a Service', () => {
    expect(shortPorts('10000-20000:10000-20000/udp', NODE)).toHaveProperty('isWide');
    expect(shortPorts('20000-10000', NODE)).toHaveProperty('message');
  });

  test.each(['80:99999', '0', 'web', '1:2:3:4', '80/http', '90-91:80-89', '80:', ''])(
    '%s is none',
    (written) => {
      expect(shortPorts(written, NODE)).toHaveProperty('message');
    },
  );
});

test.each([
  ['${PORT}', '8080'],
  ['$PORT:80', '8080:80'],
  ['${NONE:-80}', '80'],
  ['${EMPTY:-80}', '80'],
  ['${EMPTY-80}', ''],
  ['${NONE:-${PORT}}', '8080'],
  ['${PORT:+90}', '90'],
  ['$$PORT', '$PORT'],
])('%s is %s', (text, expected) => {
  const variables = new Map([
    ['PORT', '8080'],
    ['EMPTY', ''],
  ]);
  expect(interpolate(text, variables)).toBe(expected);
});

test('a file of variables is read as compose reads it', () => {
  const text = 'A=1\r\nexport B = two # a comment\nC="x # y"\nD=\'z\'\n# E=5\nnothing\nF=a=b\n';
  expect([...readEnvFile(text)]).toEqual([
    ['A', '1'],
    ['B', 'two'],
    ['C', 'x # y'],
    ['D', 'z'],
    ['F', 'a=b'],
  ]);
});

describe('a compose file', () => {
  let repository: TestRepository;
  beforeEach(() => {
    repository = new TestRepository({
      'base.yaml': 'services:\n  common:\n    image: nginx:1.27\n',
      'port.env': 'NGINX_PORT=80\n',
      '.env': 'OUTSIDE=8080\n',
      'compose.yaml': `services:
  web:
    extends: { file: base.yaml, service: common }
    env_file: port.env
    ports:
      - "\${OUTSIDE}:80"
  wrong:
    image: nginx:1.27
    ports: [{ target: 8080, published: "80" }]
`,
    });
  });
  afterEach(() => repository.remove());

  test('that is named is read as the manifests that are equal to it', async () => {
    const { plan, findings, links, chains, sources } = await repository.check(
      ['compose.yaml'],
      {},
      '/nonexistent',
    );
    expect(plan).toMatchObject([{ path: 'compose.yaml', kind: 'compose', state: 'built' }]);
    expect(sources).toMatchObject([{ kind: 'compose', resources: 4 }]);
    expect(chains.map(({ entry: { resource, port }, state }) => `${resource.name}:${port} ${state}`)).toEqual(
      ['web:80 whole', 'web:8080 whole', 'wrong:8080 broken', 'wrong:80 broken'],
    );
    expect(findings.map((finding) => `${finding.rule} ${writtenAt(finding)}`)).toContain(
      'unbound-target-port compose.yaml:9',
    );
    expect(links.filter(({ from }) => from.location && !from.origin).map(({ kind }) => kind)).toEqual([
      'selector',
      'selector',
    ]);
  });

  test('may be called anything where it is named', async () => {
    const [compose, values] = ['stack.yml', 'values.yaml'];
    const text = 'services:\n  web:\n    image: nginx:1.27\n    ports: ["8080:80"]\n';
    repository.write({ [compose]: text, [values]: text });
    const planOf = async (path: string) => (await repository.check([path], {}, '/nonexistent')).plan;
    expect(await planOf(compose)).toMatchObject([{ path: compose, kind: 'compose', state: 'built' }]);
    expect(await planOf(values)).toEqual([]);
    repository.write({ [compose]: 'services: { web: { image: nginx:1.27, ports: [80] } }\n' });
    expect(await planOf(compose)).toMatchObject([{ kind: 'compose', state: 'built' }]);
  });

  test('makes manifests that hold no secret, and no variables that compose does not give', async () => {
    repository.write({
      'docker-compose.yml':
        'services:\n  web:\n    image: nextcloud\n    environment: { REDIS_HOST: redis, DB_PASSWORD: abc12345, DB_PASSWORD_FILE: /run/secrets/db }\n  redis:\n    image: redis\n    expose: [6379]\n',
    });
    const { findings } = await repository.check(['docker-compose.yml'], {}, '/nonexistent');
    expect(findings).toEqual([]);
    const text = repository.textOf('docker-compose.yml (as manifests)');
    expect(text).not.toContain('abc12345');
    expect(text).toContain(
      '{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: web, key: "DB_PASSWORD" } } }',
    );
    expect(text).toContain('value: "/run/secrets/db"');
    expect(text).toContain('enableServiceLinks: false');
    expect(text).toContain('# no `ports` and no `expose`: ');
  });

  test('that lies in a folder is in the plan, and no manifest', async () => {
    const { plan, summary, foreign } = await repository.check(['.'], {}, '/nonexistent');
    expect(plan.map(({ path, kind, state, help }) => [path, kind, state, help])).toEqual([
      ['compose.yaml', 'compose', 'left-out', '`portolan check compose.yaml` reads it as manifests'],
    ]);
    expect(summary.resources).toBe(0);
    expect(foreign.map(({ path }) => path)).toEqual(['base.yaml']);
  });

  test('leads back to the file of what it extends', async () => {
    repository.write({
      'base.yaml': 'services:\n  common:\n    image: nginx:1.27\n    ports: ["9000:8080"]\n',
    });
    const { findings } = await repository.check(['compose.yaml'], {}, '/nonexistent');
    expect(findings.map((finding) => `${finding.rule} ${writtenAt(finding)}`)).toContain(
      'unbound-target-port base.yaml:4',
    );
  });

  describe('whose services share a network', () => {
    const made = async (text: string, files: Record<string, string> = {}) => {
      repository.write({ 'compose.yaml': text, ...files });
      const { findings, chains } = await repository.check(['compose.yaml'], {}, '/nonexistent');
      return {
        errors: findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule),
        chains: chains.map(
          ({ entry: { resource, port }, state }) => `${resource.kind} ${resource.name}:${port} ${state}`,
        ),
        text: repository.textOf('compose.yaml (as manifests)'),
      };
    };

    test('reach each other at ports that nobody says', async () => {
      const { errors, chains } = await made(`services:
  api: { image: acme/api, command: [--cache, "redis:6379"], environment: { DB_HOST: db, MAIL: "smtp://post:1025" } }
  redis: { image: redis }
  db: { image: postgres }
  box: { image: mailhog/mailhog, container_name: post }
  alone: { image: nginx }
`);
      expect(errors).toEqual([]);
      expect(chains).toEqual(['Service redis:6379 whole', 'Service db:5432 whole', 'Service box:1025 whole']);
    });

    test('or the network of the machine, where ports say nothing', async () => {
      const { errors, chains, text } = await made(
        'services: { web: { image: nginx, network_mode: host }, api: { image: acme/api, environment: { A: "http://web:80" } } }\n',
      );
      expect([errors, chains]).toEqual([[], []]);
      expect(text).toContain('hostNetwork: true');
    });

    test('or that of another service, which says the ports of both', async () => {
      const { errors, chains, text } = await made(`services:
  vpn: { image: acme/vpn, ports: ["8080:80"] }
  web: { image: nginx, network_mode: "service:vpn" }
`);
      expect(errors).toEqual([]);
      expect(chains).toEqual(['Service vpn:80 whole', 'Service vpn:8080 whole']);
      expect(text.match(/kind: Deployment/g)).toHaveLength(1);
    });
  });

  test('puts files of configuration where the service has them, unless they say a secret', async () => {
    repository.write({
      'compose.yaml': `services:
  web: { image: nginx, ports: ["80:8080"], volumes: ["./web.conf:/etc/nginx/conf.d/default.conf:ro", "data:/data", "./made:/made"] }
  cache: { image: redis, ports: ["6379"], volumes: [{ type: bind, source: ./cache, target: /usr/local/etc/redis }] }
`,
      'web.conf': 'server { listen 8080; }\n',
      'cache/redis.conf': 'requirepass: abc12345\n',
    });
    const { findings, chains } = await repository.check(['compose.yaml'], {}, '/nonexistent');
    const text = repository.textOf('compose.yaml (as manifests)');
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(chains.map(({ entry: { port }, state }) => `${port} ${state}`)).toContain('8080 whole');
    expect(text).not.toContain('abc12345');
    expect(text).toContain('hostPath: { path: "/cache" }');
    expect(text).not.toMatch(/mountPath: "\/(data|made)"/);
  });

  test.each([
    [
      'extends',
      'extends: { file: ../outside.yaml, service: web }',
      'without ../outside.yaml, outside the repository',
    ],
    [
      'extends by a link',
      'extends: { file: link.yaml, service: web }',
      'without link.yaml, outside the repository',
    ],
    ['builds', 'build: { context: .., dockerfile: secret }', 'without ../secret, outside the repository'],
    [
      'is given variables',
      'env_file: [../a.env, ../b.env]',
      'without ../a.env and 1 more file, outside the repository',
    ],
  ])(
    'says that what a service %s lies outside the repository, and does not read it',
    async (_, says, reason) => {
      const outside = 'services: { web: { ports: ["7777:7777"], image: outside/secret } }';
      repository.write({
        '../outside.yaml': outside,
        '../secret': 'FROM x\nEXPOSE 7777',
        '../a.env': 'P=7777',
      });
      symlinkSync('../outside.yaml', join(repository.folder, 'link.yaml'));
      repository.write({ 'compose.yaml': `services: { web: { ${says}, image: x/y, ports: ["80:80"] } }\n` });
      const report = await repository.check(['compose.yaml'], {}, '/nonexistent');
      expect(report.plan.map((one) => one.reason)).toEqual([reason]);
      expect(JSON.stringify(report)).not.toContain('7777');
    },
  );

  test('says what docker compose would read beside the file that is named', async () => {
    const services = 'services: { web: { image: nginx:1.27, ports: [80] } }\n';
    const planOf = async (path: string) =>
      (await repository.check([path], {}, '/nonexistent')).plan.map(({ reason }) => reason);
    repository.write({ 'compose.yaml': services, 'stack.yaml': services });
    expect(await planOf('compose.yaml')).toEqual([undefined]);
    repository.write({ 'compose.override.yaml': services });
    const over = 'without compose.override.yaml, which `docker compose` lays over it where no -f names files';
    expect(await planOf('compose.yaml')).toEqual([over]);
    expect(await planOf('stack.yaml')).toEqual([undefined]);
    repository.write({ 'compose.yaml': `include: [stack.yaml]\n${services}` });
    expect(await planOf('compose.yaml')).toEqual([`${over}, and without the files of its \`include\``]);
  });
});
