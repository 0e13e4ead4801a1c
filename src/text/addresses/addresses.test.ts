import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Address, addressesInFile, addressesInValue } from './addresses.ts';

const shown = ({ host, port, scheme, form }: Address): string =>
  `${scheme ? `${scheme}://` : ''}${host}${port === undefined ? '' : `:${port}`} ${form}`;

test.each([
  ['http://api:8080', ['http://api:8080 sure']],
  ['http://api', ['http://api sure']],
  ['https://api.shop.svc.cluster.local.:8443/v1?x=http', ['https://api.shop.svc.cluster.local:8443 sure']],
  ['postgres://user:s3cret@db:5432/app?sslmode=disable', ['postgres://db:5432 sure']],
  ['jdbc:postgresql://db:5432/app', ['postgresql://db:5432 sure']],
  ['mongodb://a:27017,b:27018/app', ['mongodb://a:27017 sure', 'mongodb://b:27018 sure']],
  ['PLAINTEXT://kafka:9092,SSL://kafka:9093', ['plaintext://kafka:9092 sure', 'ssl://kafka:9093 sure']],
  ['redis:6379', ['redis:6379 bare']],
  ['redis:6379/0', ['redis:6379 bare']],
  ['kafka-0:9092,kafka-1:9092', ['kafka-0:9092 bare', 'kafka-1:9092 bare']],
  ['--redis=redis:6379', ['redis:6379 bare']],
  ['--upstream=http://api:3000/', ['http://api:3000 sure']],
  ['curl -f http://web:8080/healthz)', ['http://web:8080 sure']],
  [':8080', []],
  ['http://${HOST}:80', []],
  ['http://$(HOST):80', []],
  ['redis', []],
  ['a: b', []],
])('the value %j', (text, expected) => expect(addressesInValue(text).map(shown)).toEqual(expected));

test.each([
  ['proxy_pass http://api:8080/;', ['http://api:8080 sure']],
  ['map $uri $up {\n  default http://api;\n}\nproxy_pass $up:3000;', []],
  ['map $uri $up { default http://api:3000; }', ['http://api:3000 sure']],
  ['location / { proxy_pass http://api; }', ['http://api sure']],
  ['upstream shop {\n  server shop:8080;\n}', ['shop:8080 sure']],
  ['upstream shop {\n  server shop;\n}', ['http://shop sure']],
  ['upstream shop { ip_hash; server one weight=5; server two:81; }', ['two:81 sure', 'http://one sure']],
  ['upstream shop { server unix:/run/shop.sock; }', []],
  ['upstream shop { # server shop;\n}', []],
  ['server shop;', []],
  ['server one shop:8080 check', ['shop:8080 sure']],
  ['fastcgi_pass php:9000;', ['php:9000 sure']],
  ['- hostname: a\n  service: http://app:13378\n', ['http://app:13378 sure']],
  ["targets: ['node:9100']", ['node:9100 loose']],
  ['targets: [node.monitoring.svc:9100]', ['node.monitoring.svc:9100 sure']],
  ['set $up http://api.svc;\n proxy_pass $up:3100$uri;', ['api.svc:3100 sure']],
  ['set $up api;\n proxy_pass http://$up:3100;', ['api:3100 sure']],
  ['set $up http://api;\nset $up http://old;\n proxy_pass $up:3100;', []],
  ['# set $up http://old;\nset $up http://api;\n proxy_pass $up:3100;', ['api:3100 sure']],
  ['map $uri $up { a http://b; }\nset $up http://api;\n proxy_pass $up:3100;', []],
  ['set $up http://api:3100; proxy_pass $up$uri;', ['http://api:3100 sure']],
  ['image: redis:7.2', []],
  ['image: redis:72', ['redis:72 loose']],
  ['# url = http://api:8080', []],
  ['  // see http://api:8080', []],
  ['url: http://api:8080 # or http://api:8081', ['http://api:8080 sure']],
  ['http://api:8080/#x', ['http://api:8080 sure']],
  ['12:30:45', []],
])('the file %j', (text, expected) => expect(addressesInFile(text).map(shown)).toEqual(expected));

test('the range is that of the port, or of the host without one', () => {
  const marked = (text: string): string[] =>
    [...addressesInValue(text), ...addressesInFile(text)].map(({ start, end }) => text.slice(start, end));
  expect(marked('http://me:pw@api:8080/x')).toEqual(['8080', '8080']);
  expect(marked('http://api/x')).toEqual(['api', 'api']);
  expect(marked('a:1,bb:22')).toEqual(['1', '22', '22']);
});

test('any text is answered, and every range is one of the text', () => {
  const text = fc.oneof(
    fc.string(),
    fc
      .array(fc.constantFrom('http://', 'api', ':', '8080', ',', '@', ' ', '#', '\n', 'server ', '.svc'))
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (value) => {
      for (const { start, end, port, host } of [...addressesInValue(value), ...addressesInFile(value)]) {
        const written = value.slice(start, end);
        expect(port === undefined ? written.toLowerCase() : Number(written)).toBe(port ?? host);
      }
    }),
  );
});
