import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTarget } from './target.ts';

test.each([
  [
    'https://shop.example.com/library?x=1',
    { kind: 'url', host: 'shop.example.com', path: '/library', port: 443 },
  ],
  ['http://shop.example.com:8080', { kind: 'url', host: 'shop.example.com', path: '/', port: 8080 }],
  ['HTTPS://Shop.Example.com/A%20b', { kind: 'url', host: 'shop.example.com', path: '/A b', port: 443 }],
  ['shop.example.com', { kind: 'url', host: 'shop.example.com', path: undefined }],
  ['shop.example.com:443/app', { kind: 'url', host: 'shop.example.com', path: '/app', port: 443 }],
  ['gateway.example.com/x', { kind: 'url', host: 'gateway.example.com', path: '/x', port: undefined }],
  ['node:30080', { kind: 'url', host: 'node', path: undefined, port: 30_080 }],
  ['tcp://db:5432', { kind: 'url', host: 'db', path: undefined, port: 5432 }],
  [
    'deployments.v1.apps/shop',
    { kind: 'resource', resourceKind: 'Deployment', group: 'apps', name: 'shop', port: undefined },
  ],
  ['*.example.com', { kind: 'url', host: '*.example.com', path: undefined }],
  ['localhost/app', { kind: 'url', host: 'localhost', path: '/app' }],
  ['ingress/shop', { kind: 'resource', resourceKind: 'Ingress', name: 'shop', port: undefined }],
  ['svc/shop:80', { kind: 'resource', resourceKind: 'Service', group: '', name: 'shop', port: '80' }],
  ['Service/shop:http', { kind: 'resource', resourceKind: 'Service', group: '', name: 'shop', port: 'http' }],
  ['deploy/shop', { kind: 'resource', resourceKind: 'Deployment', name: 'shop', port: undefined }],
  ['gtw/gate', { kind: 'resource', resourceKind: 'Gateway', name: 'gate', port: undefined }],
  ['HTTPRoute/shop', { kind: 'resource', resourceKind: 'HTTPRoute', name: 'shop', port: undefined }],
  ['vs/shop', { kind: 'resource', resourceKind: 'VirtualService', name: 'shop', port: undefined }],
  ['dc/shop', { kind: 'resource', resourceKind: 'DeploymentConfig', name: 'shop', port: undefined }],
  [
    'ksvc/shop',
    {
      kind: 'resource',
      resourceKind: 'Service',
      group: 'serving.knative.dev',
      name: 'shop',
      port: undefined,
    },
  ],
  ['po/shop', { kind: 'resource', resourceKind: 'Pod', name: 'shop', port: undefined }],
])('%s', (text, target) => {
  expect(parseTarget(text)).toEqual(target);
});

test.each(['depoy/shop', 'svc/', 'svc/a/b', 'https://', 'a b', '', '/path'])('%s is no target', (text) => {
  expect(parseTarget(text)).toBeUndefined();
});

test('any text is answered', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.webUrl()), (text) => void parseTarget(text)));
});
