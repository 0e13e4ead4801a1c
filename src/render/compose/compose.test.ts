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
      'message' in ports
        ? ports.message
        : ports.map(
            ({ host, hostIp, container, protocol }) =>
              `${hostIp === undefined ? '' : `${hostIp} `}${host ?? '-'}:${container}/${protocol}`,
          ),
    ).toEqual(expected);
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
});
