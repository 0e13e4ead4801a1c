import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { wordDoubt } from '../listeners/doubts/doubt.ts';
import { readNginxFiles } from './nginx.ts';
import { filesOf, type ReadingInShort, readFiles, surroundings } from './testing-files.ts';

const CONF_D = '/etc/nginx/conf.d';
const covered = surroundings({ covered: [CONF_D] });

/** A file of conf.d, below the image's own main file. */
const server = (text: string): ReadingInShort =>
  readFiles(readNginxFiles, { 'shop.conf': text }, { directory: CONF_D, main: false, around: covered });

const main = (text: string, more: Readonly<Record<string, string>> = {}): ReadingInShort =>
  readFiles(readNginxFiles, { 'nginx.conf': text, ...more }, { directory: '/etc/nginx' });

describe('listen', () => {
  test.each<[string, string[]]>([
    ['listen 8080;', ['8080/TCP: listen 8080']],
    [
      'listen 8080 default_server ssl http2 backlog=511;',
      ['8080/TCP: listen 8080 default_server ssl http2 backlog=511'],
    ],
    ['listen 0.0.0.0:81; listen *:82;', ['81/TCP: listen 0.0.0.0:81', '82/TCP: listen *:82']],
    [
      'listen 127.0.0.1:81; listen localhost:82;',
      ['81/TCP loopback: listen 127.0.0.1:81', '82/TCP loopback: listen localhost:82'],
    ],
    ['listen [::1]:81;', ['81/TCP loopback: listen [::1]:81']],
    ['listen [::]:8080;', ['8080/TCP ipv6: listen [::]:8080']],
    ['listen [::]:8080; listen 8080;', ['8080/TCP: listen 8080']],
    ['listen 127.0.0.1;', ['80/TCP loopback: listen 127.0.0.1']],
    ['listen [::];', ['80/TCP ipv6: listen [::]']],
    [
      'listen 8080-8082;',
      ['8080/TCP: listen 8080-8082', '8081/TCP: listen 8080-8082', '8082/TCP: listen 8080-8082'],
    ],
    [
      'listen 443 ssl; listen 443 quic reuseport;',
      ['443/TCP: listen 443 ssl', '443/UDP: listen 443 quic reuseport'],
    ],
    ['listen "8080";', ['8080/TCP: listen "8080"']],
    ['listen\n    8080\n    ssl;', ['8080/TCP: listen 8080 ssl']],
    ['listen unix:/run/shop.sock;', []],
    ['# listen 81;\n  listen 80; # listen 82;', ['80/TCP: listen 80']],
    ['return 200 "listen 81;"; listen 80;', ['80/TCP: listen 80']],
    ["add_header X 'a; listen 81'; listen 80;", ['80/TCP: listen 80']],
    ['rewrite "^/a{2}$" /b; set $x "${host}"; listen 80;', ['80/TCP: listen 80']],
    ['if ($host = x) { return 301 https://$host$request_uri; } listen 80;', ['80/TCP: listen 80']],
    ['location / { content_by_lua_block { ngx.say("}") -- }\n } } listen 80;', ['80/TCP: listen 80']],
  ])('%s', (listen, open) => {
    expect(server(`server {\n  ${listen}\n}`)).toEqual({ open, doubts: [] });
  });

  test.each([
    [
      'listen 10.0.0.7:80;',
      '`listen 10.0.0.7:80` in shop.conf of ConfigMap shop/web binds one address or a name',
    ],
    ['listen $port;', '`listen $port` in shop.conf of ConfigMap shop/web binds one address or a name'],
    ['listen 80:90;', '`listen 80:90` in shop.conf of ConfigMap shop/web binds one address or a name'],
    ['listen 1-2000;', '`listen 1-2000` in shop.conf of ConfigMap shop/web opens too many ports to follow'],
    ['listen 90-80-;', '`listen 90-80-` in shop.conf of ConfigMap shop/web binds one address or a name'],
    ['listen 99999;', '`listen 99999` in shop.conf of ConfigMap shop/web names no port that can be read'],
  ])('%s leaves a doubt', (listen, doubt) => {
    expect(server(`server { ${listen} }`)).toEqual({ open: [], doubts: [doubt] });
  });

  test('a server without it is on 80, or on 8000 where nginx is not root', () => {
    expect(server('server { server_name shop; }')).toEqual({
      open: ['80/TCP: server'],
      doubts: [
        'a server without `listen` in shop.conf of ConfigMap shop/web is on 8000 where nginx does not start as root',
      ],
    });
    expect(server('upstream api { server api:8080; }').open).toEqual([]);
  });
});

describe('what the image keeps', () => {
  test('its main file includes conf.d, where its own server stays unless a volume covers it', () => {
    const files = { 'shop.conf': 'server { listen 8080; }' };
    const options = { directory: CONF_D, main: false };
    expect(readFiles(readNginxFiles, files, options)).toEqual({
      open: ['8080/TCP: listen 8080'],
      doubts: ['the image can have files of its own in /etc/nginx/conf.d, which nginx reads too'],
    });
    const replaced = { 'default.conf': 'server { listen 8080; }' };
    expect(readFiles(readNginxFiles, replaced, options).doubts).toEqual([]);
  });

  test('a file that nothing includes is a doubt only where it could listen', () => {
    const files = { 'a.txt': 'hello', 'extra.inc': 'listen 81;' };
    expect(readFiles(readNginxFiles, files, { directory: '/etc/nginx/extra', main: false })).toEqual({
      open: [],
      doubts: ['nginx is not known to include extra.inc of ConfigMap shop/web'],
    });
  });

  test('templates are filled in from the environment, and left open where it is not known', () => {
    const files = {
      'default.conf.template': 'server { listen ${NGINX_PORT}; listen $OTHER; set $x $host; }',
    };
    const read = (variables: Record<string, string | undefined>): ReadingInShort =>
      readFiles(readNginxFiles, files, {
        directory: '/etc/nginx/templates',
        main: false,
        around: surroundings({ variables }),
      });
    expect(read({ NGINX_PORT: '8080', OTHER: '127.0.0.1:81' })).toEqual({
      open: ['8080/TCP: listen ${NGINX_PORT}', '81/TCP loopback: listen $OTHER'],
      doubts: [],
    });
    expect(read({ NGINX_PORT: undefined }).doubts).toEqual([
      '`listen ${NGINX_PORT}` in default.conf.template of ConfigMap shop/web takes a value that the input does not hold',
      '`listen $OTHER` in default.conf.template of ConfigMap shop/web takes a value that the input does not hold',
    ]);
  });
});

describe('include', () => {
  test.each([
    ['include mime.types; include /etc/nginx/fastcgi_params; include /etc/nginx/modules-enabled/*.conf;', []],
    [
      'include /etc/nginx/gone.conf;',
      [
        '`include /etc/nginx/gone.conf` in nginx.conf of ConfigMap shop/web names a file that the input does not hold',
      ],
    ],
    [
      'include /etc/nginx/conf.d/*.conf;',
      ['the image can have files of its own in /etc/nginx/conf.d, which nginx reads too'],
    ],
    [
      'include /etc/nginx/*/*.conf;',
      [
        '`include /etc/nginx/*/*.conf` in nginx.conf of ConfigMap shop/web can name files that the input does not hold',
      ],
    ],
  ])('%s', (include, doubts) => {
    expect(main(`events {}\nhttp { ${include} server { listen 80; } }`)).toEqual({
      open: ['80/TCP: listen 80'],
      doubts,
    });
  });

  test('mounted files are read where they are included, by path and by pattern', () => {
    const files = {
      'shop.inc': 'listen 8080;',
      'a-1.vhost': 'server { listen 81; }',
      'b-1.vhost': 'server { listen 82; }',
    };
    expect(main('http { server { include shop.inc; } include /etc/nginx/[!b]-*.vhost; }', files)).toEqual({
      open: ['8080/TCP: listen 8080', '81/TCP: listen 81'],
      doubts: ['the image can have files of its own in /etc/nginx, which nginx reads too'],
    });
  });

  test('a file that includes itself is read once', () => {
    expect(main('http { server { listen 80; } include nginx.conf; }').open).toEqual(['80/TCP: listen 80']);
  });
});

test('stream servers listen by UDP where they say so', () => {
  expect(main('stream { server { listen 53 udp; proxy_pass dns; } server { listen 53; } }')).toEqual({
    open: ['53/UDP: listen 53 udp', '53/TCP: listen 53'],
    doubts: [],
  });
});

test.each([
  'server { listen 80;',
  'server { listen 80; } }',
  'server { listen 80 }',
  'server { listen "80; }',
])('what does not end is a doubt: %s', (text) => {
  expect(server(text).doubts).toContain('shop.conf of ConfigMap shop/web is not understood to its end');
});

test('nothing of a Secret is shown but ports', () => {
  const secret = `apiVersion: v1
kind: Secret
metadata: { name: web }
stringData: { shop.conf: "server { listen 8080 hidden; listen hidden:80; }" }
`;
  const { listeners, doubts } = readNginxFiles(filesOf(secret, CONF_D), undefined, covered);
  expect(listeners.map(({ said }) => said)).toEqual([{ is: 'port', port: 8080 }]);
  expect(doubts.map(wordDoubt)).toEqual([
    'a setting in shop.conf of Secret shop/web binds one address or a name',
  ]);
});

const installed = (() => {
  try {
    execFileSync('nginx', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    console.info('nginx is not installed here: its own parser is not asked');
    return false;
  }
})();

test.runIf(installed).each([
  ['server { listen 8080; set $x "a;b"; return 200 \'{}\'; location ~ "^/a{1,2}$" { return 204; } }', true],
  ['server { listen 8080; set $x a"b"; add_header a b\\;c; }', true],
  ['server { listen 8080; set $x "a"b; }', false],
  ['server { listen 8080; set $x ${host}y; }', true],
  ['server { listen 8080; } }', false],
  ['server { listen 8080 }', false],
  ['server { listen 8080; # }\n }', true],
])('nginx itself agrees where a file ends: %s', (text, whole) => {
  const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, `pid ${folder}/pid; error_log stderr; events {}\nhttp { access_log off; ${text} }`);
  const check = (): string => execFileSync('nginx', ['-t', '-c', file], { encoding: 'utf8', stdio: 'pipe' });
  if (whole) expect(check).not.toThrow();
  else expect(check).toThrow();
  const { open, doubts } = server(text);
  expect(doubts.length === 0).toBe(whole);
  if (whole) expect(open).toEqual(['8080/TCP: listen 8080']);
});
