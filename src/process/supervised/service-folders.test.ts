import { describe, expect, test } from 'vitest';
import { doubtsOf } from '../../testing/doubts-of.ts';
import { configMap, imageConfig, pod, type Told, told } from '../testing-containers.ts';

const GUNICORN = 'gunicorn -b :81 app:app';
const BASH = '#!/usr/bin/env bash\n';
const CONTENV = '#!/command/with-contenv bash\n';
const EXECLINE = '#!/command/execlineb -P\n';

/** A container whose folder of services is one ConfigMap: paths in it to scripts. */
const scanned = (
  scripts: Readonly<Record<string, string>>,
  { command = '[/init]', directory = '/etc/services.d', more = '', image = imageConfig() } = {},
): Told => {
  const keys = Object.keys(scripts);
  const items = keys.map((path, index) => `{ key: k${index}, path: ${path} }`).join(', ');
  const data = keys.map((path, index) => `k${index}: ${JSON.stringify(scripts[path])}`).join(', ');
  return told(
    pod(
      `image: corp/app, ports: [{ containerPort: 1 }], command: ${command}, volumeMounts: [{ name: s, mountPath: ${directory} }]${more && `, ${more}`}`,
      `volumes: [{ name: s, configMap: { name: s, items: [${items}] } }]`,
    ) + configMap('s', data),
    image,
  );
};

describe('what /init of s6-overlay starts', () => {
  test.each<[what: string, script: string, open: string[]]>([
    ['a shell script', `${BASH}cd /app\nexec ${GUNICORN}`, ['81/TCP']],
    ['sh with a flag', `#!/bin/sh -e\nexec 2>&1\nexec ${GUNICORN}`, ['81/TCP']],
    ['execline', `${EXECLINE}fdmove -c 2 1\ns6-setuidgid app\n${GUNICORN}`, ['81/TCP']],
    [
      'execline with a block before it',
      `${EXECLINE}foreground { mkdir -p /data }\ngunicorn "-b" ":81" app:app`,
      ['81/TCP'],
    ],
    ['what wraps it', `${CONTENV}exec s6-notifyoncheck -d -n 300 s6-setuidgid app ${GUNICORN}`, ['81/TCP']],
    ['variables that it asks for', `${CONTENV}exec gunicorn -b :$WEB app:app`, ['82/TCP']],
    ['variables as the container has them', `${CONTENV}exec uvicorn app:app --host ::`, ['83/TCP ipv6']],
    ['variables that it does not ask for', `${BASH}exec gunicorn -b :\${WEB:-81} app:app`, ['81/TCP']],
    ['of its own program alike', `${BASH}exec uvicorn app:app --host ::`, ['8000/TCP ipv6']],
  ])('%s', (_, script, open) => {
    const more = 'env: [{ name: WEB, value: "82" }, { name: UVICORN_PORT, value: "83" }]';
    const { open: found, process } = scanned({ 'web/run': script }, { more });
    expect(found).toEqual(open);
    expect(doubtsOf(process)).toEqual([
      '`/init` may start more programs out of /etc/s6-overlay/s6-rc.d, which the input does not hold',
    ]);
  });

  test('S6_KEEP_ENV gives variables to all', () => {
    const more = 'env: [{ name: WEB, value: "82" }, { name: S6_KEEP_ENV, value: "1" }]';
    expect(scanned({ 'web/run': `${BASH}exec gunicorn -b :$WEB app:app` }, { more }).open).toEqual([
      '82/TCP',
    ]);
  });

  test('the image may set S6_KEEP_ENV', () => {
    const image = imageConfig({ complete: false });
    const { open, process } = scanned(
      { 'web/run': `${BASH}exec gunicorn -b :\${WEB:-81} app:app` },
      { image },
    );
    expect(open).toEqual([]);
    expect(process.complete).toBe(false);
  });

  test('services of version 3 that a bundle names, and what stands behind /init', () => {
    const { open } = scanned(
      {
        'web/run': `${CONTENV}exec ${GUNICORN}`,
        'web/type': 'longrun',
        'once/up': 'echo hello',
        'off/run': `${CONTENV}exec gunicorn -b :82 app:app`,
        'user/contents.d/web': '',
      },
      {
        directory: '/etc/s6-overlay/s6-rc.d',
        command: '[/init, uvicorn, "a:b", --host, "::", --port, "84"]',
      },
    );
    expect(open).toEqual(['81/TCP', '84/TCP ipv6']);
  });

  test('a mount of one service leaves those of the image', () => {
    const { open, process } = scanned(
      { run: `${CONTENV}exec ${GUNICORN}` },
      { directory: '/etc/services.d/web' },
    );
    expect(open).toEqual(['81/TCP']);
    expect(process.complete).toBe(false);
  });

  test.each([
    ['a script of another language', '#!/usr/bin/python3\nimport app'],
    ['a script without a first line', GUNICORN],
    ['execline that decides', `${EXECLINE}ifelse { test -f /x } { gunicorn -b :81 a:b } gunicorn -b :82 a:b`],
    ['execline with variables', `${EXECLINE}importas -i P P gunicorn -b :\${P} a:b`],
  ])('%s is not followed', (_, script) => {
    const { open, process } = scanned({ 'web/run': script });
    expect(open).toEqual([]);
    expect(process.complete).toBe(false);
  });
});

test.each([
  '[s6-svscan, /etc/services.d]',
  '[runsvdir, -P, /etc/services.d/]',
  '[tini, --, s6-svscan, -t0, /etc/services.d]',
])('%s starts every folder, with the container’s variables', (command) => {
  const more = 'env: [{ name: WEB, value: "82" }]';
  const { open, process } = scanned(
    { 'a/run': `#!/bin/sh\nexec ${GUNICORN}`, 'b/run': '#!/bin/sh\nexec gunicorn -b :$WEB a:b' },
    { command, more },
  );
  expect(open).toEqual(['81/TCP', '82/TCP']);
  expect(process.complete).toBe(true);
});
