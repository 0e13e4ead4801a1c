import { describe, expect, test } from 'vitest';
import { doubtsOf } from '../testing/doubts-of.ts';
import { howKnown } from '../testing/how-known.ts';
import { textOf } from '../text/source.ts';
import { ignoredPortVariables } from './settings/ignored-variables.ts';
import { configMap, pod, secret, told } from './testing-containers.ts';

const open = (container: string, spec = ''): readonly string[] => told(pod(container, spec)).open;
const doubts = (container: string, spec = ''): readonly string[] => {
  const { process } = told(pod(container, spec));
  expect(process.complete).toBe(doubtsOf(process).length === 0);
  return doubtsOf(process);
};
const because = (text: string): string | undefined => howKnown(told(text).process)[0];

describe('images', () => {
  test('an image as shipped', () => {
    const { open, process } = told(pod('image: "nginx:1.27"'));
    expect(open).toEqual(['80/TCP']);
    expect(process).toMatchObject({ complete: true, missing: [], possible: [] });
    expect(howKnown(process)[0]).toBe('default of the image nginx');
    expect(process.listeners[0]!.at).toBeUndefined();
  });

  test('an image that is not in the table', () =>
    expect(told(pod('image: mycorp/nginx')).process).toMatchObject({
      fact: undefined,
      listeners: [],
      complete: false,
      missing: [{ kind: 'image', doubt: { what: 'image-unknown', values: { image: 'mycorp/nginx' } } }],
    }));

  test('no image', () => expect(doubts('args: [-v]')).toEqual(['the container names no image']));

  test('conditional ports are possible, and closed ones are not there until they are given', () => {
    expect(told(pod('image: "rabbitmq:4"')).open).toEqual(['5672/TCP', '15692/TCP']);
    expect(told(pod('image: "rabbitmq:4"')).process.possible).toContainEqual({
      port: 5671,
      protocol: 'TCP',
    });
    const podinfo =
      'image: stefanprodan/podinfo, command: [./podinfo, --port-metrics=9797, --secure-port=9443]';
    expect(told(pod(podinfo)).open).toEqual(['9898/TCP', '9797/TCP']);
    expect(told(pod(podinfo)).process).toMatchObject({ possible: [{ port: 9443 }], complete: true });
  });
});

describe('variables', () => {
  const shelf = 'image: "ghcr.io/advplyr/audiobookshelf:2.17"';

  test('a variable moves the port, and says where it stands', () => {
    const text =
      pod(`${shelf}, envFrom: [{ configMapRef: { name: abs } }]`) + configMap('abs', 'PORT: "3005"');
    const { open, process } = told(text);
    expect(open).toEqual(['3005/TCP']);
    expect(process.complete).toBe(true);
    expect(howKnown(process)[0]).toBe(
      'PORT=3005 from ConfigMap shop/abs, which the image audiobookshelf reads; default 80',
    );
    expect(textOf(process.listeners[0]!.at!)).toBe('"3005"');
  });

  test.each([
    ['127.0.0.1', '80/TCP loopback'],
    ['localhost', '80/TCP loopback'],
    ['::1', '80/TCP loopback'],
    ['0.0.0.0', '80/TCP ipv4'],
    ['::', '80/TCP ipv6'],
  ])('a host of %s', (host, listener) =>
    expect(open(`${shelf}, env: [{ name: HOST, value: "${host}" }]`)).toEqual([listener]),
  );

  test('a loopback host is part of the reasoning, and the text to point at', () => {
    const { process } = told(pod(`${shelf}, env: [{ name: HOST, value: localhost }]`));
    expect(howKnown(process)[0]).toBe(
      'default of the image audiobookshelf, bound to loopback by HOST=localhost from env',
    );
    expect(textOf(process.listeners[0]!.at!)).toBe('localhost');
  });

  test.each([
    [':8080', '8080/TCP'],
    ['0.0.0.0:8080', '8080/TCP ipv4'],
    ['[::]:8080', '8080/TCP ipv6'],
    ['127.0.0.1:80', '80/TCP loopback'],
    ['http://localhost:9000/', '9000/TCP loopback'],
  ])('an address of %s', (address, listener) =>
    expect(open(`image: registry, env: [{ name: REGISTRY_HTTP_ADDR, value: "${address}" }]`)).toEqual([
      listener,
    ]),
  );

  test.each(['tcp://10.43.0.7:80', '8080 ', '0', '65536', '08080', '', '${X}'])(
    'a port of %j is none',
    (value) => {
      const container = `${shelf}, env: [{ name: PORT, value: "${value}" }]`;
      expect(doubts(container)).toEqual([`PORT=${JSON.stringify(value)} from env is not a port number`]);
      expect(open(container)).toEqual([]);
    },
  );

  test('one address among many says nothing of who reaches it', () =>
    expect(doubts(`${shelf}, env: [{ name: HOST, value: 10.0.0.7 }]`)).toEqual([
      'HOST="10.0.0.7" from env is not a wildcard or loopback address',
    ]));

  test('a value that the input lacks', () =>
    expect(
      doubts(`${shelf}, env: [{ name: PORT, valueFrom: { configMapKeyRef: { name: abs, key: PORT } } }]`),
    ).toEqual(['the value of PORT from ConfigMap abs is not in the input']));

  test('a source that the input lacks counts where a variable moves the port', () => {
    const gone = 'envFrom: [{ secretRef: { name: gone } }]';
    expect(doubts(`${shelf}, ${gone}`)).toEqual([
      'an envFrom source that is not in the input can set PORT, which the image audiobookshelf reads',
    ]);
    expect(doubts(`image: grafana/grafana, ${gone}`)).toHaveLength(1);
    expect(doubts(`image: memcached, ${gone}`)).toEqual([]);
    expect(doubts(`image: traefik/whoami, args: [--port=3000], ${gone}`)).toEqual([]);
  });

  test('the value of a Secret is shown as a port only', () => {
    const from = (key: string): string => `valueFrom: { secretKeyRef: { name: s, key: ${key} } }`;
    const objects = secret('s', 'port: "3005", word: hunter2');
    expect(because(pod(`${shelf}, env: [{ name: PORT, ${from('port')} }]`) + objects)).toBe(
      'PORT=3005 from Secret shop/s, which the image audiobookshelf reads; default 80',
    );
    const wrong = told(
      pod(`${shelf}, env: [{ name: W, ${from('word')} }, { name: PORT, value: "x$(W)" }]`) + objects,
    );
    expect(doubtsOf(wrong.process)).toEqual(['PORT from env is not a port number']);
    const flag = told(
      pod(`image: traefik/whoami, args: [--port=$(W)], env: [{ name: W, ${from('word')} }]`) + objects,
    );
    expect(doubtsOf(flag.process)).toEqual(['--port=$(W) in args of container web is not a port number']);
  });

  test('a variable whose effect is not followed', () =>
    expect(doubts('image: grafana/grafana, env: [{ name: GF_SERVER_PROTOCOL, value: socket }]')).toEqual([
      'GF_SERVER_PROTOCOL can move ports of the image grafana',
    ]));
});

describe('arguments', () => {
  test.each([
    ['--port 3000', '--port, "3000"', '3000/TCP'],
    ['--port=3000', '--port=3000', '3000/TCP'],
    ['-port=3000', '-port=3000', '3000/TCP'],
    ['the last one wins', '--port=1, -port, "3000"', '3000/TCP'],
    ['beside others', '--verbose, --name, shop, --port=3000', '3000/TCP'],
    ['S-105 a whole flag from a variable', '--verbose, $(F)', '3000/TCP'],
    ['S-105 $(PORT)', '--port=$(P)', '8080/TCP'],
    ['flags win over variables', '--port=3000', '3000/TCP'],
  ])('%s', (_, args, listener) => {
    const env =
      'env: [{ name: P, value: "8080" }, { name: F, value: --port=3000 }, { name: WHOAMI_PORT_NUMBER, value: "9000" }]';
    const container = `image: "traefik/whoami:v1.10", args: [${args}], ${env}`;
    expect(open(container)).toEqual([listener]);
    expect(doubts(container)).toEqual([]);
  });

  test('-p 3000', () => expect(open('image: memcached, args: [-m, "64", -p, "3000"]')).toEqual(['3000/TCP']));

  test('the reasoning names the flag and its field, and points at it', () => {
    const { process } = told(pod('image: ghcr.io/stefanprodan/podinfo, command: [./podinfo, --port=9899]'));
    expect(howKnown(process)[0]).toBe('--port=9899 in command of container web');
    expect(textOf(process.listeners[0]!.at!)).toBe('--port=9899');
    expect(because(pod('image: traefik/whoami, args: [--port, $(P)], env: [{ name: P, value: "81" }]'))).toBe(
      '--port=81 in args of container web',
    );
  });

  test.each(['sh, -c, "other"', '/opt/start.sh', '$(P)'])('another command: %s', (command) => {
    const container = `image: nginx, command: [${command}]`;
    expect(open(container)).toEqual([]);
    expect(doubts(container)).toEqual(['command of container web replaces that of the image nginx']);
  });

  test('the program itself, by any path, with arguments that change nothing', () => {
    expect(open('image: nginx, command: [/usr/sbin/nginx, -g, daemon off;]')).toEqual(['80/TCP']);
    expect(open('image: nginx, args: [nginx, -g, daemon off;]')).toEqual(['80/TCP']);
    expect(open('image: redis, command: [redis-server, --port, "6380"], args: [--save, "60", "1"]')).toEqual([
      '6380/TCP',
    ]);
    expect(open('image: postgres, args: [-c, max_connections=200, -p, "5433"]')).toEqual(['5433/TCP']);
  });

  test.each([
    ['image: nginx, args: [-g, include /x;]', '-g'],
    ['image: redis, args: [/etc/redis/redis.conf]', '/etc/redis/redis.conf'],
    ['image: redis, args: [--tls-port, "6380"]', '--tls-port'],
    ['image: traefik/whoami, args: [serve, --port=3000]', 'serve'],
    ['image: traefik/whoami, args: [--, --port=3000]', '--'],
    ['image: "httpd:2.4", args: [sh, -c, httpd]', 'sh'],
  ])('not known: %s', (container, word) => {
    expect(doubts(container)[0]).toMatch(`\`${word}\` in args of container web is not known for the image`);
    expect(open(container)).toEqual([]);
  });

  test('the values of arguments that change nothing need not be known', () => {
    const gone = 'env: [{ name: PW, valueFrom: { secretKeyRef: { name: gone, key: p } } }]';
    for (const args of ['--requirepass, $(PW)', '--requirepass $(PW)', '--requirepass=$(PW)']) {
      expect(open(`image: redis, args: [${args}], ${gone}`)).toEqual(['6379/TCP']);
    }
    expect(doubts(`image: redis, args: [$(PW)], ${gone}`)).toHaveLength(1);
    expect(doubts(`image: redis, args: [--tls-port=$(PW)], ${gone}`)).toHaveLength(1);
  });

  test('a flag and its value in one word are not read', () => {
    expect(doubts('image: redis, args: ["--port 6380"]')).toHaveLength(1);
    expect(doubts('image: traefik/whoami, args: ["--port 3000"]')).toHaveLength(1);
  });

  test('a flag without a value, or with one that the input lacks', () => {
    expect(doubts('image: traefik/whoami, args: [--port]')).toEqual([
      'the value of `--port` in args of container web is not in the input',
    ]);
    const gone = 'env: [{ name: P, valueFrom: { configMapKeyRef: { name: gone, key: p } } }]';
    expect(doubts(`image: traefik/whoami, args: [--port, $(P)], ${gone}`)).toHaveLength(1);
    expect(doubts(`image: traefik/whoami, args: [--port=$(P)], ${gone}`)).toEqual([
      '`--port=$(P)` in args of container web holds a value that is not in the input',
    ]);
  });

  test('a flag that repeats the default beside a variable that says another port', () =>
    expect(
      doubts('image: mccutchen/go-httpbin, args: [-port=8080], env: [{ name: PORT, value: "9000" }]'),
    ).toEqual([
      '-port=8080 in args of container web repeats the default, while PORT=9000 from env says another port',
    ]));

  test('a flag that opens one more socket each time', () => {
    const args = 'args: ["--web.listen-address=:9090", "--web.listen-address=127.0.0.1:9091"]';
    expect(doubts(`image: prom/prometheus, ${args}`)).toEqual([]);
    expect(open(`image: prom/prometheus, ${args}`)).toEqual(['9090/TCP', '9091/TCP loopback']);
  });
});

describe('mounts', () => {
  const at = (mountPath: string, volume = 'configMap: { name: conf }'): [string, string] => [
    `volumeMounts: [{ name: v, mountPath: ${mountPath} }]`,
    `volumes: [{ name: v, ${volume} }]`,
  ];
  const withSpec = (image: string, [mounts, volumes]: [string, string]): string =>
    `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers: [{ name: web, image: ${image}, ${mounts} }]
  ${volumes}
`;

  test.each(['/etc/nginx', '/etc/nginx/', '/etc/nginx/conf.d/default.conf', '/etc', '/docker-entrypoint.d'])(
    'configuration is replaced at %s',
    (path) => {
      const { process } = told(withSpec('nginx', at(path)));
      expect(process).toMatchObject({ listeners: [], complete: false });
      expect(doubtsOf(process)[0]).toMatch(/(replaces|is) configuration of the image nginx/);
    },
  );

  test.each(['/usr/share/nginx/html', '/etc/nginx-extra', '/var/cache/nginx'])(
    'nothing is replaced at %s',
    (path) => expect(told(withSpec('nginx', at(path))).process.complete).toBe(true),
  );

  test('an empty volume over the configuration replaces it as well', () =>
    expect(told(withSpec('nginx', at('/etc/nginx/conf.d', 'emptyDir: {}'))).process.complete).toBe(false));

  test('a kept data directory can hold a port, though the default stays likely', () => {
    const kept = told(
      withSpec('postgres', at('/var/lib/postgresql/data', 'persistentVolumeClaim: { claimName: p }')),
    );
    expect(kept.open).toEqual(['5432/TCP']);
    expect(doubtsOf(kept.process)).toEqual([
      'volume v at /var/lib/postgresql/data can hold settings of the image postgres that no manifest shows',
    ]);
    expect(told(withSpec('postgres', at('/var/lib/postgresql/data', 'emptyDir: {}'))).process.complete).toBe(
      true,
    );
  });
});

describe('ignored port variables', () => {
  const ignored = (text: string): readonly string[] =>
    told(text).process.ignoredPortVariables.map(({ name, port, from }) => `${name}=${port} from ${from}`);

  test('a port variable that the image does not read', () => {
    const text = pod('image: vaultwarden/server, envFrom: [{ configMapRef: { name: c } }]');
    expect(ignored(text + configMap('c', 'PORT: "3005", ROCKET_PORT: "8080", SMTP_PORT: "587"'))).toEqual([
      'PORT=3005 from ConfigMap shop/c',
    ]);
    expect(ignored(pod('image: nginx, env: [{ name: NGINX_PORT, value: "8080" }]'))).toEqual([
      'NGINX_PORT=8080 from env',
    ]);
  });

  test('not when a script reads it', () => {
    const run = (script: string): string =>
      pod(`image: nginx, command: [sh, -c, "${script}"], env: [{ name: PORT, value: "1" }]`);
    expect(ignored(run('nginx'))).toEqual(['PORT=1 from env']);
    expect(ignored(run('echo $PORT; nginx'))).toEqual([]);
  });

  test('not when the image reads PORT as something else', () => {
    const { container, environment, process } = told(pod('image: nginx, env: [{ name: PORT, value: "1" }]'));
    const fact = { ...process.fact!, honoursPort: 'other-meaning' } as const;
    expect(ignoredPortVariables(container, process.fact!, environment)).toHaveLength(1);
    expect(ignoredPortVariables(container, fact, environment)).toEqual([]);
  });

  test.each([
    ['it is read', 'image: gcr.io/google-samples/hello-app, env: [{ name: PORT, value: "1" }]'],
    ['it is no port', 'image: nginx, env: [{ name: PORT, value: http }]'],
    [
      'an argument carries it',
      'image: traefik/whoami, args: [--port=$(PORT)], env: [{ name: PORT, value: "1" }]',
    ],
    [
      'a variable carries it',
      'image: grafana/grafana, env: [{ name: PORT, value: "1" }, { name: GF_SERVER_HTTP_PORT, value: $(PORT) }]',
    ],
    ['another program runs', 'image: nginx, command: [sh], env: [{ name: PORT, value: "1" }]'],
    ['the facts are not verified in full', 'image: mysql, env: [{ name: PORT, value: "1" }]'],
    ['the image is not known', 'image: mycorp/app, env: [{ name: PORT, value: "1" }]'],
  ])('not when %s', (_, container) => expect(ignored(pod(container))).toEqual([]));
});

describe('a postStart hook', () => {
  const hooked = (script: string): string[] =>
    told(
      pod(
        `image: nginx, lifecycle: { postStart: { exec: { command: [sh, -c, ${JSON.stringify(script)}] } } }`,
      ),
    ).process.listeners.map(({ port }) => String(port));

  test('that may write the configuration leaves the port open', () => {
    expect(hooked('sed -i s/80/8080/ /etc/nginx/conf.d/default.conf && nginx -s reload')).toEqual([]);
    expect(hooked('nginx -s reload')).toEqual([]);
  });
  test('that does something else changes nothing', () => {
    expect(hooked('sleep 5')).toEqual(['80']);
  });
});
