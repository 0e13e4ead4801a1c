import { describe, expect, test } from 'vitest';
import type { ImageFact } from '../../knowledge/image-fact.ts';
import { doubtsOf } from '../../testing/doubts-of.ts';
import { howKnown } from '../../testing/how-known.ts';
import { textOf } from '../../text/source.ts';
import { shopFact, type Told, told } from '../testing-containers.ts';

/** A container whose volumes hold the keys of one ConfigMap, each at a path; `''` mounts all of it as a directory. */
function run(
  container: string,
  at: string,
  files: Readonly<Record<string, string>>,
  kind = 'ConfigMap',
  facts: readonly ImageFact[] = [],
): Told {
  const [path = '', subPath] = at.split(' ');
  const volume = kind === 'Secret' ? 'secret: { secretName: conf }' : 'configMap: { name: conf }';
  const text = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - { name: web, ${container}, volumeMounts: [{ name: v, mountPath: ${path}${subPath ? `, subPath: ${subPath}` : ''} }] }
  volumes: [{ name: v, ${volume} }]
---
apiVersion: v1
kind: ${kind}
metadata: { name: conf }
${kind === 'Secret' ? 'stringData' : 'data'}: ${JSON.stringify(files)}
`;
  return told(text, undefined, facts);
}

describe('nginx', () => {
  const server = (port: string): string => `server { listen ${port}; }`;
  const nginx = (at: string, files: Record<string, string>): Told => run('image: "nginx:1.27"', at, files);

  test('A14 a main file of its own says it all', () => {
    const conf = `events {}\nhttp { ${server('8080')} }`;
    const { open, process } = nginx('/etc/nginx/nginx.conf nginx.conf', { 'nginx.conf': conf });
    expect(open).toEqual(['8080/TCP']);
    expect(process).toMatchObject({ complete: true, missing: [] });
    expect(howKnown(process)[0]).toBe('listen 8080 in nginx.conf of ConfigMap shop/conf');
    expect(textOf(process.listeners[0]!.at!)).toContain('listen 8080');
  });

  test('a directory that takes the place of conf.d', () => {
    const { open, process } = nginx('/etc/nginx/conf.d', { 'shop.conf': server('81') });
    expect(open).toEqual(['81/TCP']);
    expect(process.complete).toBe(true);
    expect(nginx('/etc/nginx/conf.d', { 'shop.conf': '# nothing' }).process).toMatchObject({
      listeners: [],
      complete: true,
    });
  });

  test('a file beside that of the image leaves a doubt', () => {
    const { open, process } = nginx('/etc/nginx/conf.d/shop.conf shop.conf', { 'shop.conf': server('81') });
    expect(open).toEqual(['81/TCP']);
    expect(process.complete).toBe(false);
  });

  test('a template is filled in from the environment', () => {
    const text = { 'default.conf.template': server('${NGINX_PORT}') };
    const env = 'env: [{ name: NGINX_PORT, value: "8081" }]';
    expect(run(`image: nginx, ${env}`, '/etc/nginx/templates', text).open).toEqual(['8081/TCP']);
    expect(run('image: nginx', '/etc/nginx/templates', text).process.complete).toBe(false);
  });

  test.each(['/etc/nginx/certs', '/etc/nginx/snippets', '/usr/share/nginx/html'])(
    'what is mounted at %s is no configuration',
    (path) => {
      const { open, process } = nginx(path, { 'index.html': 'listen 81;' });
      expect(open).toEqual(['80/TCP']);
      expect(process.complete).toBe(true);
    },
  );

  test('a volume that hides the main file', () =>
    expect(nginx('/etc/nginx', { 'other.conf': '' }).process).toMatchObject({
      listeners: [],
      missing: [
        { kind: 'file', doubt: { what: 'main-file-hidden', values: { path: '/etc/nginx/nginx.conf' } } },
      ],
    }));

  test('scripts of the entrypoint are not read', () =>
    expect(doubtsOf(nginx('/docker-entrypoint.d', { 'a.sh': '' }).process)).toEqual([
      'volume v at /docker-entrypoint.d replaces configuration of the image nginx',
    ]));

  test('another main file, named by a flag', () => {
    const conf = { 'my.conf': `http { ${server('82')} }` };
    expect(run('image: nginx, command: [nginx, -c, /conf/my.conf]', '/conf', conf).open).toEqual(['82/TCP']);
    expect(run('image: nginx, command: [nginx, -c, /other.conf]', '/conf', conf).process.complete).toBe(
      false,
    );
  });

  test('a Secret shows nothing but ports', () => {
    const text = { 'default.conf': server('81 # hunter2') };
    const { process } = run(
      'image: nginx',
      '/etc/nginx/conf.d',
      { 'default.conf': `${text['default.conf']}\n}` },
      'Secret',
    );
    expect(JSON.stringify(doubtsOf(process)) + howKnown(process)).not.toContain('hunter2');
    const { open, process: known } = run(
      'image: nginx',
      '/etc/nginx/conf.d',
      { a: '', 'default.conf': server('81') },
      'Secret',
    );
    expect(open).toEqual(['81/TCP']);
    expect(howKnown(known)[0]).toBe('port 81 in default.conf of Secret shop/conf');
  });
});

describe('programs that are told their file', () => {
  const conf = { 'redis.conf': 'port 6380\nbind 127.0.0.1\n' };
  const redis = (args: string): Told => run(`image: redis, args: [${args}]`, '/conf', conf);

  test('redis reads the file in its first argument', () => {
    expect(redis('/conf/redis.conf').open).toEqual(['6380/TCP loopback']);
    expect(howKnown(redis('redis-server, /conf/redis.conf').process)[0]).toBe(
      'port 6380 in redis.conf of ConfigMap shop/conf',
    );
  });

  test('and none where it is not told', () => expect(redis('redis-server').open).toEqual(['6379/TCP']));

  test('a flag wins over its file, which says the rest', () => {
    const { open, process } = redis('/conf/redis.conf, --port, "6381"');
    expect(open).toEqual(['6381/TCP loopback']);
    expect(process.overridden).toMatchObject([
      {
        said: [{ kind: 'mounted-file', said: 'port 6380', from: 'redis.conf of ConfigMap shop/conf' }],
        port: 6380,
        by: { said: { name: '--port', value: '6381', where: 'args of container web' }, port: 6381 },
      },
    ]);
  });

  test('a file that is not mounted leaves all open', () => {
    const { open, process } = redis('/other/redis.conf');
    expect(open).toEqual([]);
    expect(doubtsOf(process)).toEqual([
      '`/other/redis.conf` in args of container web is not known for the image redis',
    ]);
  });

  test('postgres reads config_file', () => {
    const args = '-c, config_file=/conf/postgresql.conf';
    const text = { 'postgresql.conf': "port = 5433\nlisten_addresses = '*'\n" };
    expect(run(`image: postgres, args: [${args}]`, '/conf', text).open).toEqual(['5433/TCP']);
  });

  test('what two settings mean for two sockets is not followed', () => {
    const two = { 'redis.conf': 'port 6380\ntls-port 6390\n' };
    const { open, process } = run('image: redis, args: [/conf/redis.conf, --port, "1"]', '/conf', two);
    expect(open).toEqual([]);
    expect(doubtsOf(process)).toEqual([
      'what --port=1 in args of container web means beside mounted configuration is not followed',
    ]);
  });
});

describe('files at their usual place', () => {
  const fact = shopFact({ configPaths: ['/etc/grafana'], configFormat: 'grafana' });
  const grafana = (env: string): Told =>
    run(
      `image: shop${env}`,
      '/etc/grafana/grafana.ini grafana.ini',
      { 'grafana.ini': '[server]\nhttp_port = 3001\n' },
      'ConfigMap',
      [fact],
    );

  test('grafana.ini', () => expect(grafana('').open).toEqual(['3001/TCP']));

  test('a variable wins over grafana.ini', () => {
    const { open, process } = grafana(', env: [{ name: PORT, value: "3002" }]');
    expect(open).toEqual(['3002/TCP']);
    expect(process.overridden[0]?.port).toBe(3001);
    const { open: bound, process: reached } = grafana(', env: [{ name: HOST, value: localhost }]');
    expect(bound).toEqual(['3001/TCP loopback']);
    expect(howKnown(reached)[0]).toMatch(/, bound by HOST=localhost from env$/);
  });

  test.each([
    ['haproxy', '/usr/local/etc/haproxy', 'haproxy.cfg', 'frontend a\n  bind :8404\n', '8404/TCP'],
    ['eclipse-mosquitto', '/mosquitto/config', 'mosquitto.conf', 'listener 1884\n', '1884/TCP'],
  ])('%s', (image, path, file, text, open) =>
    expect(run(`image: ${image}`, path, { [file]: text }).open).toEqual([open]),
  );

  test('a format that is not read', () => {
    const fact = shopFact({ configPaths: ['/etc/shop'] });
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: [{ name: web, image: shop, volumeMounts: [{ name: v, mountPath: /etc/shop }] }], volumes: [{ name: v, configMap: { name: c } }] }\n';
    expect(doubtsOf(told(text, undefined, [fact]).process)).toEqual([
      'volume v at /etc/shop replaces configuration of the image shop',
    ]);
  });
});

describe('beside mounted configuration', () => {
  /** The program `shop`, which reads its settings as nginx does, and PORT and --port before them. */
  const nginxLike = (more: Partial<ImageFact> = {}): ImageFact =>
    shopFact({ configPaths: ['/etc/nginx'], configFormat: 'nginx', ...more });
  const shop = (env: string, conf: string, fact = nginxLike()): Told =>
    run(`image: shop${env}`, '/etc/nginx/conf.d', { 'default.conf': conf }, 'ConfigMap', [fact]);
  const port = (value: string): string => `, env: [{ name: PORT, value: "${value}" }]`;

  test('a socket of another protocol stays', () =>
    expect(shop(port('83'), 'server { listen 81; listen 82 udp; }').open).toEqual(['83/TCP', '82/UDP']));

  test('the same port again overrides nothing', () =>
    expect(shop(port('81'), 'server { listen 81; }').process.overridden).toEqual([]));

  test('settings of two ports are not followed', () => {
    const [main] = nginxLike().ports;
    const moves = { env: [{ name: 'ADMIN', form: 'port' } as const], flags: [] };
    const fact = nginxLike({ ports: [main!, { ...main!, port: 90, moves }] });
    const env = ', env: [{ name: PORT, value: "83" }, { name: ADMIN, value: "84" }]';
    expect(shop(env, 'server { listen 81; }', fact).open).toEqual([]);
  });

  test('an argument that opens one more socket is not followed', () => {
    const fact = shopFact({ configPaths: ['/mosquitto/config'], configFormat: 'mosquitto' });
    const files = { 'mosquitto.conf': 'listener 1884' };
    const { open, process } = run(
      'image: shop, args: [--port=1885]',
      '/mosquitto/config',
      files,
      'ConfigMap',
      [fact],
    );
    expect(open).toEqual([]);
    expect(process.complete).toBe(false);
  });

  test('objects of the input hold no settings of an earlier run', () => {
    const fact = nginxLike({ statePaths: ['/'] });
    expect(shop('', 'server { listen 81; }', fact).process.complete).toBe(true);
    const unread = shopFact({ statePaths: ['/'] });
    expect(doubtsOf(shop('', '', unread).process)).toHaveLength(1);
  });

  test('S-094 a variable that an unseen source can set is not known', () => {
    const fact = shopFact({ configPaths: ['/etc/caddy'], configFormat: 'caddyfile' });
    const caddy = (env: string): Told =>
      run(`image: shop${env}`, '/etc/caddy', { Caddyfile: ':{$LISTEN:8080}' }, 'ConfigMap', [
        { ...fact, ports: [] },
      ]);
    expect(caddy('').open).toContain('8080/TCP');
    expect(caddy(', envFrom: [{ configMapRef: { name: gone } }]').open).not.toContain('8080/TCP');
  });

  test('a missing object counts only where the program reads it', () => {
    const files = (main: string): Told =>
      told(`apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: nginx
      volumeMounts:
        - { name: main, mountPath: /etc/nginx/nginx.conf, subPath: nginx.conf }
        - { name: gone, mountPath: /etc/nginx/conf.d }
  volumes: [{ name: main, configMap: { name: main } }, { name: gone, configMap: { name: gone } }]
---
apiVersion: v1
kind: ConfigMap
metadata: { name: main }
data: { nginx.conf: ${JSON.stringify(main)} }
`);
    expect(files('http { server { listen 81; } }').process).toMatchObject({ complete: true });
    const both = files('http { include conf.d/*.conf; server { listen 81; } }');
    expect(both.open).toEqual(['81/TCP']);
    expect(both.process.complete).toBe(false);
  });
});
