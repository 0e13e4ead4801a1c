import { expect, test } from 'vitest';
import { readCaddyFiles } from './caddyfile.ts';
import { type ReadingInShort, readFiles, surroundings } from './testing-files.ts';

const files = (
  all: Readonly<Record<string, string>>,
  variables: Record<string, string | undefined> = {},
  covered: readonly string[] = [],
): ReadingInShort =>
  readFiles(readCaddyFiles, all, { directory: '/etc/caddy', around: surroundings({ variables, covered }) });

/** With the admin API off, unless `options` say more. */
const sites = (text: string, options = ''): ReadingInShort =>
  files({ Caddyfile: `{\n  admin off\n  ${options}\n}\n${text}` });

// Addresses, redirects, UDP and `bind` were seen on the sockets of caddy 2.6.2.
test.each<[string, string, string[]]>([
  [':8080 {\n}', '', ['8080/TCP: :8080']],
  [':8080\n\nroute {\n  respond "x"\n}', '', ['8080/TCP: :8080']],
  ['http:// {\n}', '', ['80/TCP: http://']],
  ['http://shop.example:9000 {\n}', '', ['9000/TCP: http://shop.example:9000']],
  ['shop.example:80 {\n}', '', ['80/TCP: shop.example:80']],
  ['shop.example {\n}', '', ['443/TCP: shop.example', '80/TCP: shop.example', '443/UDP: shop.example']],
  [
    'shop.example {\n}',
    'http_port 8080\n  https_port 8443',
    ['8443/TCP: shop.example', '8080/TCP: shop.example', '8443/UDP: shop.example'],
  ],
  [
    'shop.example:9443 {\n}',
    '',
    ['9443/TCP: shop.example:9443', '80/TCP: shop.example:9443', '9443/UDP: shop.example:9443'],
  ],
  [':443 {\n}', '', ['443/TCP: :443', '80/TCP: :443', '443/UDP: :443']],
  [':9443 {\n  tls internal\n}', '', ['9443/TCP: :9443']],
  ['localhost {\n}', 'auto_https disable_redirects', ['443/TCP: localhost', '443/UDP: localhost']],
  ['localhost {\n}', 'auto_https off', ['443/TCP: localhost', '443/UDP: localhost']],
  [
    'localhost {\n}',
    'auto_https disable_certs',
    ['443/TCP: localhost', '80/TCP: localhost', '443/UDP: localhost'],
  ],
  ['localhost {\n}', 'servers {\n    protocols h1 h2\n  }', ['443/TCP: localhost', '80/TCP: localhost']],
  [
    'localhost {\n  bind 127.0.0.1\n}',
    '',
    ['443/TCP loopback: localhost', '80/TCP loopback: localhost', '443/UDP loopback: localhost'],
  ],
  [':9000 {\n  bind tcp4/0.0.0.0 ::1\n}', '', ['9000/TCP: :9000', '9000/TCP loopback: :9000']],
  [':9000 {\n  bind unix//run/caddy.sock\n}', '', []],
  [':9000 {\n}', 'default_bind 127.0.0.1', ['9000/TCP loopback: :9000']],
  [
    '127.0.0.1:9000 {\n}',
    'auto_https disable_redirects',
    ['9000/TCP: 127.0.0.1:9000', '9000/UDP: 127.0.0.1:9000'],
  ],
  [':81,\n:82 {\n}\n:83, :84 {\n}', '', ['81/TCP: :81', '82/TCP: :82', '83/TCP: :83', '84/TCP: :84']],
  ['(local) {\n  bind 127.0.0.1\n}\n:80 {\n  import local\n}', '', ['80/TCP loopback: :80']],
  [':80 {\n  respond `}` # }\n  header X "} {"\n}\n:81 {\n}', '', ['80/TCP: :80', '81/TCP: :81']],
  [':80 {\n  respond <<END\n  } :82 {\n  END\n}\n:81 {\n}', '', ['80/TCP: :80', '81/TCP: :81']],
  ['', '', []],
])('%s with %s', (text, options, open) => {
  expect(sites(text, options)).toEqual({ open, doubts: [] });
});

// https://caddyserver.com/docs/caddyfile/options
const MOVES_NO_PORT = `
  acme_ca acme_ca_root acme_dns acme_eab cert_issuer cert_lifetime debug default_sni dns ech
  email events fallback_sni filesystem grace_period key_type local_certs log metrics
  ocsp_interval ocsp_stapling on_demand_tls order persist_config pki preferred_chains
  renew_interval renewal_window_ratio shutdown_delay skip_install_trust storage storage_check
  storage_clean_interval
`;

test.each(MOVES_NO_PORT.trim().split(/\s+/))('%s moves no port', (option) => {
  expect(sites(':80 {\n}', option)).toEqual({ open: ['80/TCP: :80'], doubts: [] });
});

test.each<[string, string[]]>([
  [':80', ['2019/TCP loopback: :80', '80/TCP: :80']],
  ['{\n  admin :2020\n}', ['2020/TCP: admin :2020']],
  ['{\n  admin unix//run/admin.sock\n}', []],
])('the admin API: %s', (Caddyfile, open) => {
  expect(files({ Caddyfile })).toEqual({ open, doubts: [] });
});

test('variables are filled in before anything is read', () => {
  const Caddyfile = '{\n  admin off\n}\n:{$PORT:8081} {\n}';
  expect(files({ Caddyfile }).open).toEqual(['8081/TCP: :{$PORT:8081}']);
  expect(files({ Caddyfile }, { PORT: '8082' }).open).toEqual(['8082/TCP: :{$PORT:8081}']);
  expect(files({ Caddyfile }, { PORT: undefined })).toEqual({
    open: [],
    doubts: ['`:{$PORT:8081}` in Caddyfile of ConfigMap shop/web takes a value that the input does not hold'],
  });
});

test('files are imported by path and by pattern', () => {
  const all = {
    Caddyfile: '{\n  admin off\n}\nimport sites/*\nimport more.caddy',
    'more.caddy': ':82 {\n}',
  };
  expect(files(all, {}, ['/etc/caddy/sites'])).toEqual({ open: ['82/TCP: :82'], doubts: [] });
  expect(files(all).doubts).toEqual([
    '`import sites/*` in Caddyfile of ConfigMap shop/web can name files that the input does not hold',
  ]);
});

test.each([
  [':80 {\n  bind 10.0.0.7\n}', '', '`:80` in Caddyfile of ConfigMap shop/web binds one address or a name'],
  [':80-90 {\n}', '', '`:80-90` in Caddyfile of ConfigMap shop/web names no port that can be read'],
  [
    'import gone',
    '',
    '`import gone` in Caddyfile of ConfigMap shop/web can name files that the input does not hold',
  ],
  ['', 'layer4 {\n  }', '`layer4` in Caddyfile of ConfigMap shop/web is not known, and can open a port'],
  [
    '(a) {\n  import a\n  import a\n}\n:80 {\n  import a\n}',
    '',
    'Caddyfile of ConfigMap shop/web imports too much to follow',
  ],
  [':80 {\n  bind x', '', 'Caddyfile of ConfigMap shop/web is not understood to its end'],
])('%s with %s leaves a doubt', (text, options, doubt) => {
  expect(sites(text, options).doubts).toContain(doubt);
});

test('JSON is not followed', () => {
  expect(files({ 'caddy.json': '{}' })).toEqual({
    open: [],
    doubts: ['caddy.json of ConfigMap shop/web is JSON, which is not followed'],
  });
});
