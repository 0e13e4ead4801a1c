import { describe, expect, test } from 'vitest';
import type { FactPort, ImageFact } from '../knowledge/image-fact.ts';
import { doubtsOf } from '../testing/doubts-of.ts';
import { howKnown } from '../testing/how-known.ts';
import { textOf } from '../text/source.ts';
import { wordDoubt } from './listeners/doubts/doubt.ts';
import { wordGrounds } from './listeners/grounds/ground.ts';
import { wordSetting } from './listeners/grounds/written-setting.ts';
import {
  configMap,
  imageConfig,
  pod,
  secret,
  service,
  shopFact,
  type Told,
  told,
} from './testing-containers.ts';

/** A container of the image `shop` under the given facts. */
const shop = (container: string, more = '', fact: Partial<ImageFact> = {}, spec = ''): Told =>
  told(pod(`image: shop${container && `, ${container}`}`, spec) + more, undefined, [shopFact(fact)]);

const env = (...variables: [name: string, value: string][]): string =>
  `env: [${variables.map(([name, value]) => `{ name: ${name}, value: "${value}" }`)}]`;

const port = (more: Partial<FactPort>): FactPort => ({ ...shopFact().ports[0]!, ...more });

describe('lists as nginx has them', () => {
  const ports = [port({ moves: { env: [{ name: 'LISTEN', form: 'listen' }], flags: [] } })];
  const spoken = (text: string): unknown[] =>
    shop(env(['LISTEN', text]), '', { ports }).process.listeners.map((one) => [one.port, one.speaks]);

  test.each([
    [
      '0.0.0.0:8000 reuseport backlog=16384, 0.0.0.0:8443 http2 ssl',
      [
        [8000, 'HTTP'],
        [8443, 'HTTPS'],
      ],
    ],
    ['8000 proxy_protocol', [[8000, 'unknown']]],
    ['off', []],
    ['unix:/run/shop.sock', []],
  ])('%s', (text, listeners) => expect(spoken(text)).toEqual(listeners));
});

describe('lists', () => {
  const ports = [port({ moves: { env: [{ name: 'URLS', form: 'list' }], flags: [] } })];

  test.each([
    ['8080;8081', ['8080/TCP', '8081/TCP']],
    ['http://+:80;http://*:81', ['80/TCP', '81/TCP']],
    ['http://localhost:80, https://0.0.0.0:443', ['80/TCP loopback', '443/TCP ipv4']],
    ['PLAINTEXT://:9092,CONTROLLER://[::]:9093', ['9092/TCP', '9093/TCP ipv6']],
    ['8080;', ['8080/TCP']],
  ])('%s', (urls, open) => expect(shop(env(['URLS', urls]), '', { ports }).open).toEqual(open));

  test.each(['8080;x', ';', ''])('%j is not understood', (urls) =>
    expect(doubtsOf(shop(env(['URLS', urls]), '', { ports }).process)).toEqual([
      `URLS=${JSON.stringify(urls)} from env is not a list of ports or listen addresses`,
    ]),
  );
});

describe('addresses', () => {
  const flags = [{ name: '--listen', form: 'address', repeatable: true } as const];
  const ports = [port({ moves: { env: [], flags } })];
  const listen = (...addresses: string[]): readonly string[] =>
    shop(`args: [${addresses.map((one) => `"--listen=${one}"`)}]`, '', { ports }).open;

  test('a flag that can be given again opens a socket each time', () =>
    expect(listen(':80', '127.0.0.1:81')).toEqual(['80/TCP', '81/TCP loopback']));

  test('a Unix socket is no port', () => {
    expect(listen('unix:/run/shop.sock')).toEqual([]);
    expect(listen('/run/shop.sock', ':81')).toEqual(['81/TCP']);
    expect(shop('args: ["--listen=unix:/x"]', '', { ports }).process.complete).toBe(true);
  });

  test('a socket of its own is bound as the fact says', () => {
    const two = [port({}), port({ port: 81, bind: 'loopback', moves: { env: [], flags: [] } })];
    expect(shop('', '', { ports: two }).open).toEqual(['80/TCP', '81/TCP loopback']);
    expect(howKnown(shop('', '', { ports: two }).process)[1]).toBe(
      'default of the image shop, bound to loopback as the image shop has it',
    );
  });

  test('the name in HOSTNAME, until the variable says more', () => {
    const ports = [port({ moves: { env: [{ name: 'HOSTNAME', form: 'host' }], flags: [] } })];
    const fact = { ports, bind: 'hostname' } as const;
    const { open, process } = shop('', '', fact);
    expect(open).toEqual(['80/TCP hostname']);
    expect(howKnown(process)[0]).toBe(
      'default of the image shop, bound to the address that HOSTNAME stands for',
    );
    expect(shop(env(['HOSTNAME', '0.0.0.0']), '', fact).open).toEqual(['80/TCP ipv4']);
    const config = imageConfig({ env: new Map([['HOSTNAME', '::']]) });
    expect(told(pod('image: shop'), config, [shopFact(fact)]).open).toEqual(['80/TCP ipv6']);
  });

  test('a variable that brings its address along', () => {
    const ports = [port({ moves: { env: [{ name: 'PORT', form: 'port', bind: 'all' }], flags: [] } })];
    expect(shop('', '', { ports, bind: 'loopback' }).open).toEqual(['80/TCP loopback']);
    expect(shop(env(['PORT', '81']), '', { ports, bind: 'loopback' }).open).toEqual(['81/TCP']);
  });

  test('a word that stands for an address', () => {
    const meanings = { production: '0.0.0.0' };
    const ports = [port({ moves: { env: [{ name: 'MODE', form: 'host', meanings }], flags: [] } })];
    expect(shop(env(['MODE', 'production']), '', { ports }).open).toEqual(['80/TCP ipv4']);
    expect(shop(env(['MODE', 'toString']), '', { ports }).open).toEqual([]);
  });
});

describe('ENV of the image', () => {
  const config = (value: string) => imageConfig({ env: new Map([['PORT', value]]) });

  test('S-092 is read below everything', () => {
    const text = pod('image: shop');
    expect(told(text, config('81'), [shopFact()]).open).toEqual(['81/TCP']);
    expect(told(pod(`image: shop, ${env(['PORT', '82'])}`), config('81'), [shopFact()]).open).toEqual([
      '82/TCP',
    ]);
  });

  test('what is not understood was there when the facts were made', () =>
    expect(told(pod('image: shop'), config('$X'), [shopFact()]).open).toEqual(['80/TCP']));

  test('S-094 an unseen source can write over it', () => {
    const text = pod('image: shop, envFrom: [{ configMapRef: { name: gone } }]');
    const { process } = told(text, config('81'), [shopFact()]);
    expect(process.listeners).toEqual([]);
    expect(doubtsOf(process)).toEqual([
      'an envFrom source that is not in the input can set PORT, which the image shop reads',
    ]);
  });
});

describe('variables that no list names', () => {
  const fact = { variablesComplete: false };
  const doubts = (...variables: [string, string][]): readonly string[] =>
    doubtsOf(shop(env(...variables), '', fact).process);

  test('one that looks like a port leaves a doubt', () => {
    expect(doubts(['WEB_PORT', '81'], ['ADMIN_ADDR', ':82'])).toEqual([
      'whether the image shop reads WEB_PORT from env is not known',
      'whether the image shop reads ADMIN_ADDR from env is not known',
    ]);
    expect(shop(env(['WEB_PORT', '81']), '', fact).open).toEqual(['80/TCP']);
    expect(doubtsOf(shop(env(['WEB_PORT', '81'])).process)).toEqual([]);
  });

  test.each([
    ['it is read', 'PORT', '81'],
    ['it holds no port', 'WEB_PORT', 'http'],
    ['its name says no port', 'TIMEOUT', '81'],
    ['its name says no port, though it contains one', 'REPORT', '81'],
    ['it is about another server', 'REDIS_PORT', '6379'],
  ])('none where %s', (_, name, value) => expect(doubts([name, value])).toEqual([]));

  test('one about the server itself', () =>
    expect(doubtsOf(shop(env(['REDIS_PORT', '81']), '', { ...fact, id: 'redis-shop' }).process)).toHaveLength(
      1,
    ));

  test('nothing that a Service gives', () =>
    expect(doubtsOf(shop('', service('web', '{ port: 81 }'), fact).process)).toEqual([]));

  test('a source that the input lacks can set any', () =>
    expect(doubtsOf(shop('envFrom: [{ secretRef: { name: gone } }]', '', fact).process)).toContain(
      'an envFrom source that is not in the input can set variables of the image shop that are not known',
    ));
});

describe('misunderstood variables', () => {
  const fact = { misleadingVariables: [{ name: 'DB_PORT', means: 'the port of the database' }] };

  test('one with a port is told, with its place', () => {
    const { process } = shop(env(['DB_PORT', '80']), '', fact);
    expect(process.misunderstood).toMatchObject([
      { name: 'DB_PORT', port: 80, from: 'env', means: 'the port of the database' },
    ]);
    expect(textOf(process.misunderstood[0]!.at)).toBe('"80"');
  });

  test('not one without a port, nor one that is not set', () => {
    expect(shop(env(['DB_PORT', 'x']), '', fact).process.misunderstood).toEqual([]);
    expect(shop('', '', fact).process.misunderstood).toEqual([]);
  });
});

describe('overridden settings', () => {
  const overridden = ({ process }: Told): string[] =>
    process.overridden.map(({ said, by }) => `${wordGrounds(said)} < ${wordSetting(by.said)}`);

  test('a flag wins over a variable', () => {
    const one = shop(`args: [--port=81], ${env(['PORT', '82'])}`);
    expect(one.open).toEqual(['81/TCP']);
    expect(overridden(one)).toEqual(['PORT=82 from env < --port=81 in args of container web']);
    const [setting] = one.process.overridden;
    expect([setting!.port, setting!.by.port, textOf(setting!.at), textOf(setting!.by.at)]).toEqual([
      82,
      81,
      '"82"',
      '--port=81',
    ]);
  });

  test('the last flag wins', () =>
    expect(overridden(shop('args: [--port=81, --port, "82"]'))).toEqual([
      '--port=81 in args of container web < --port=82 in args of container web',
    ]));

  test('S-092 env wins over envFrom, and a later source over an earlier one', () => {
    const from = 'envFrom: [{ configMapRef: { name: a } }, { configMapRef: { name: b } }]';
    const objects = configMap('a', 'PORT: "81", HOST: a') + configMap('b', 'PORT: "82", HOST: b');
    expect(overridden(shop(`${from}, ${env(['PORT', '83'])}`, objects))).toEqual([
      'PORT=81 from ConfigMap shop/a < PORT=83 from env',
      'PORT=82 from ConfigMap shop/b < PORT=83 from env',
    ]);
  });

  test.each([
    ['the same port', `args: [--port=81], ${env(['PORT', '81'])}`],
    ['no port', `args: [--port=81], ${env(['PORT', 'x'])}`],
    ['another address only', `args: [--port=81], ${env(['HOST', '::'])}`],
    ['the same value again', 'env: [{ name: PORT, value: "81" }, { name: PORT, value: "81" }]'],
  ])('not for %s', (_, container) => expect(overridden(shop(container))).toEqual([]));

  test('a Secret shows its port alone', () => {
    const from = 'envFrom: [{ secretRef: { name: s } }]';
    expect(overridden(shop(`${from}, ${env(['PORT', '83'])}`, secret('s', 'PORT: "81"')))).toEqual([
      'PORT=81 from Secret shop/s < PORT=83 from env',
    ]);
  });
});

describe('Service links', () => {
  const ports = [port({ moves: { env: [{ name: 'SHOP_PORT', form: 'port' }], flags: [] } })];
  const crash = { service: 'shop', variable: 'SHOP_PORT', effect: 'crash', source: 'shop/shop#1' } as const;
  const fact = { ports, honoursPort: 'no', serviceLinks: [crash] } as const;
  const web = service('shop', '{ port: 81 }');

  test('S-112 a variable that a Service sets leaves the port unknown', () => {
    const { open, process } = shop('', web, fact);
    expect(open).toEqual([]);
    expect(doubtsOf(process)).toEqual([
      'Service shop/shop puts a value of its own into SHOP_PORT, which the image shop reads',
    ]);
    expect(process.serviceLinks).toMatchObject([
      { collision: crash, value: 'tcp://<clusterIP>:81', service: { name: 'shop' } },
    ]);
  });

  test('one that is not documented has an unknown effect', () =>
    expect(shop('', web, { ports, honoursPort: 'no' }).process.serviceLinks).toMatchObject([
      { collision: { service: 'shop', variable: 'SHOP_PORT', effect: 'unknown' } },
    ]));

  test('one that is handled does no harm', () => {
    const handled = { ...fact, serviceLinks: [{ ...crash, effect: 'handled' } as const] };
    expect(shop('', web, handled).open).toEqual(['80/TCP']);
    expect(shop('', web, handled).process).toMatchObject({ complete: true });
  });

  test.each([
    ['S-112 the Pod sets it', env(['SHOP_PORT', '80']), web, ''],
    ['S-114 links are off', '', web, 'enableServiceLinks: false'],
    ['S-114 the Service is headless', '', service('shop', '{ port: 81 }', 'clusterIP: None'), ''],
    ['there is no such Service', '', service('other', '{ port: 81 }'), ''],
  ])('none where %s', (_, container, services, spec) => {
    const { open, process } = shop(container, services, fact, spec);
    expect(open).toEqual(['80/TCP']);
    expect(process.serviceLinks).toEqual([]);
  });

  test('a source that the input lacks may set it', () =>
    expect(shop('envFrom: [{ configMapRef: { name: gone } }]', web, fact).process.serviceLinks).toEqual([]));
});

describe('applications on a framework', () => {
  const uvicorn = 'command: [uvicorn, "a:b", --port=8000, --host=0.0.0.0]';
  const process = (ports: string) => told(pod(`image: corp/app, ${uvicorn}${ports}`)).process;

  test('may open what the container declares beside the port of the framework', () =>
    expect(process(', ports: [{ containerPort: 8000 }, { containerPort: 9090 }]')).toMatchObject({
      complete: true,
      possible: [{ port: 9090, protocol: 'TCP' }],
    }));

  test('do not open the one port that is declared and wrong', () =>
    expect(process(', ports: [{ containerPort: 3000 }]')).toMatchObject({ complete: true, possible: [] }));

  test('may open more where nothing is declared', () => {
    expect(wordDoubt(process('').mayOpenMore!)).toBe(
      'the application that uvicorn runs can open ports of its own',
    );
    expect(process(', ports: [{ containerPort: 8000 }]').mayOpenMore).toBeUndefined();
  });

  test('what nobody has seen leaves the port likely', () => {
    const doubts = (command: string, config = imageConfig()): readonly string[] =>
      doubtsOf(
        told(pod(`image: corp/app, ports: [{ containerPort: 1 }], command: [${command}]`), config).process,
      );
    const unread = imageConfig({ complete: false });
    expect(doubts('uvicorn, "a:b"', unread)).toEqual([]);
    expect(doubts('flask, run', unread)).toEqual([
      'ENV of the image corp/app can set FLASK_RUN_PORT, which flask run reads',
      '.flaskenv in the image corp/app can say another port',
    ]);
    expect(doubts('flask, run, -p, "1"', unread)).toEqual([]);
    expect(doubts('gunicorn, "a:b"')).toEqual([
      'gunicorn.conf.py in the image corp/app can say another port',
    ]);
    expect(doubts('gunicorn, "a:b", -b, ":1"', unread)).toEqual([]);
    expect(doubts('java, -jar, a.jar')).toEqual([
      'nothing in the input says the port of java',
      'application.properties in the image corp/app can say another port',
    ]);
  });

  test('what nobody has seen leaves the address likely, but for defaults that are firm', () => {
    const loopback = (command: string, config = imageConfig({ complete: false })) =>
      told(pod(`image: corp/app, ports: [{ containerPort: 1 }], command: [${command}]`), config).process
        .listeners[0];
    const env = 'ENV of the image corp/app can set FLASK_RUN_HOST, which flask run reads';
    const file = '.flaskenv in the image corp/app can say another address';
    const flask = loopback('flask, run, -p, "1"');
    expect(flask?.bind).toBe('loopback');
    expect(wordDoubt(flask!.addressDoubt!)).toBe(env);
    expect(wordDoubt(loopback('flask, run, -p, "1"', imageConfig())!.addressDoubt!)).toBe(file);
    expect(loopback('flask, run, -h, localhost')).toMatchObject({
      bind: 'loopback',
      addressDoubt: undefined,
    });
    expect(loopback('uvicorn, "a:b"')).toMatchObject({ bind: 'loopback', neverOpen: true });
    expect(loopback('vite')).toMatchObject({ port: 5173, bind: 'loopback', neverOpen: true });
    expect(loopback('gunicorn, "a:b", -b, "localhost:1"')).toMatchObject({ addressDoubt: undefined });
    expect(loopback('puma, -p, "1"')?.bind).toBe('all');
  });

  test('a stronger variable may be set in the image, a weaker one does not matter', () => {
    const doubts = (name: string): readonly string[] => {
      const container = `image: a/b, ports: [{ containerPort: 1 }], command: [node, .output/server/index.mjs]`;
      const variables = env([name, '1'], ['HOST', '::'], ['NITRO_HOST', '::']);
      return doubtsOf(told(pod(`${container}, ${variables}`)).process);
    };
    expect(doubts('PORT')).toEqual([
      'ENV of the image a/b can set NITRO_PORT, which .output/server/index.mjs reads',
    ]);
    expect(doubts('NITRO_PORT')).toEqual([]);
  });

  test('B11 PORT moves both port and address of gunicorn', () => {
    const open = (env: string): readonly string[] =>
      told(pod(`image: a/b, command: [gunicorn, "a:b"]${env}`)).open;
    expect(open('')).toEqual(['8000/TCP loopback']);
    expect(open(', env: [{ name: PORT, value: "80" }]')).toEqual(['80/TCP']);
  });

  test.each([
    ['gunicorn, "a:b"', 'GUNICORN_CMD_ARGS', '--workers=2 -b :1', ['1/TCP']],
    ['gunicorn, "a:b", -b, ":2"', 'GUNICORN_CMD_ARGS', '-b :1', ['2/TCP']],
    ['java, -jar, a.jar', 'JAVA_TOOL_OPTIONS', '-Xmx1g -Dserver.port=1', ['1/TCP']],
    ['java, -Dserver.port=2, -jar, a.jar', 'JDK_JAVA_OPTIONS', '-Dserver.port=1', ['2/TCP']],
  ])('%s reads arguments from %s=%s', (command, name, value, open) =>
    expect(told(pod(`image: a/b, command: [${command}], ${env([name, value])}`)).open).toEqual(open),
  );

  test('arguments in a Secret are read and not shown', () => {
    const from = 'env: [{ name: GUNICORN_CMD_ARGS, valueFrom: { secretKeyRef: { name: s, key: a } } }]';
    const { process } = told(pod(`image: a/b, command: [gunicorn], ${from}`) + secret('s', 'a: -b hunter2'));
    expect(process.listeners).toEqual([]);
    expect(JSON.stringify(doubtsOf(process))).not.toContain('hunter2');
  });

  test.each([
    ['manage.py, runserver', ['8000/TCP loopback']],
    ['manage.py, runserver, "81"', ['81/TCP loopback']],
    ['manage.py, runserver, "0:81"', ['81/TCP ipv4']],
    ['manage.py, runserver, --noreload, "81"', ['81/TCP loopback']],
    ['manage.py, runserver, --settings, x, "[::]:81"', ['81/TCP ipv6']],
    ['manage.py, runserver, --verbosity, "2"', []],
    ['manage.py, runserver, "shop:81"', []],
    ['manage.py, runserver, "-6"', []],
    ['vite, build', []],
    ['uvicorn, "a:b", --uds, /x', []],
    ['java, -Dserver.port=81, -jar, x.jar', ['81/TCP']],
    ['java, -jar, x.jar, --server.port=81', ['81/TCP']],
    ['java, -jar, x.jar', []],
    ['php, -S, "localhost:81"', ['81/TCP loopback']],
    ['dotnet, x.dll, --urls, "http://*:81"', ['81/TCP']],
    ['flask, run, -h, 0.0.0.0, -p81', ['81/TCP ipv4']],
  ])('[%s]', (command, open) =>
    expect(told(pod(`image: corp/app, command: [${command}]`)).open).toEqual(open),
  );
});

test('facts that nobody has looked at for long prove nothing, and still say what they know', () => {
  const { process, open } = shop('', '', { isOld: true, checked: '2024-01-31' });
  expect(open).toEqual(['80/TCP']);
  expect(process.complete).toBe(false);
  expect(doubtsOf(process)).toEqual(['the facts of the image shop were last looked at on 2024-01-31']);
});
