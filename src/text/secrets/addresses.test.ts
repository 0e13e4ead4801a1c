import { expect, test } from 'vitest';
import { hideInWords } from './hide-in-words.ts';

const SHOWN = [
  'the image `acme/k-secret-like:1`',
  'image: acme/vault-token:nightly-3f9c',
  'acme/token-service:v2.3',
  'registry:5000/acme/secret-app:1.2-alpine',
  'acme/secret-app:1@sha256:0123abcd',
  'oidc-cookie-proxy:latest',
  'http://token-service:8080/api',
  'tcp://auth-token:5432',
  '`secret-proxy:9000` answers',
  'secret-service.default.svc:443',
  'data[password]: Required value',
  'data[.dockerconfigjson]: Required value',
];

test.each(SHOWN)('the name of a host or an image is no secret: %s', (words) => {
  expect(hideInWords(words)).toBe(words);
});

const HIDDEN = [
  'password:pearl',
  'db-password:73912846',
  'api-key:12345',
  'acme/password:pearl',
  'auth-token:1.2.3',
  'DB_PASSWORD_HOST_PASSWORD:8080',
  'token-service:pearl',
  'data[tls.key]: Invalid value: "pearl"',
  'password: 8080',
];

test.each(HIDDEN)('what stands behind the name of a secret is hidden: %s', (words) => {
  expect(hideInWords(words)).toMatch(/•/);
  expect(hideInWords(words)).not.toMatch(/pearl|73912846|12345|1\.2\.3|8080/);
});
