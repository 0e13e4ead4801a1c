import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { graphOf } from '../../testing/graph-of.ts';
import { meshProtocolOf, protocolNamed } from './mesh-protocol.ts';

/** What Istio takes the port of a Service for. */
const taken = (port: string): string | undefined => {
  const { model } = graphOf(
    `apiVersion: v1\nkind: Service\nmetadata: { name: pier }\nspec: { ports: [{ ${port} }] }\n`,
  );
  return meshProtocolOf(model.services[0]!.ports[0]!);
};

describe('protocol selection', () => {
  test.each([
    ['name: http-web', 'HTTP'],
    ['name: web-http', undefined],
    ['name: GRPC-api', 'gRPC'],
    ['name: grpc-web-x', 'gRPC-Web'],
    ['name: grpc-webs', 'gRPC-Web'],
    ['name: http2', 'HTTP2'],
    ['name: https-web', 'HTTPS'],
    ['name: tls', 'TLS'],
    ['name: tcp-x', 'TCP'],
    ['name: mongo', 'Mongo'],
    ['name: redis-main', 'Redis'],
    ['name: mysql', 'MySQL'],
    ['name: httpweb', undefined],
    ['port: 80', undefined],
    ['port: 3306', 'TCP'],
    ['port: 3306, name: http', 'HTTP'],
    ['name: http, protocol: UDP', 'UDP'],
  ])('S-164 by name: %s', (port, protocol) => {
    expect(taken(port)).toBe(protocol);
  });

  test.each([
    ['name: tcp, appProtocol: http', 'HTTP'],
    ['name: tcp, appProtocol: kubernetes.io/h2c', 'HTTP2'],
    ['name: tcp, appProtocol: kubernetes.io/ws', 'HTTP'],
    ['name: tcp, appProtocol: kubernetes.io/wss', 'HTTPS'],
    ['name: http, appProtocol: foo.com/bar', undefined],
    ['name: http, appProtocol: https', 'HTTPS'],
    ['name: kubernetes.io/h2c', undefined],
  ])('S-165 an appProtocol takes the place of the name: %s', (port, protocol) => {
    expect(taken(port)).toBe(protocol);
  });

  test('S-164 what follows the first hyphen does not matter', () => {
    const names = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}$/);
    const first = fc.constantFrom('tcp', 'http', 'http2', 'https', 'tls', 'mongo', 'redis', 'mysql');
    fc.assert(
      fc.property(first, names, (word, rest) => {
        expect(protocolNamed(`${word}-${rest}`)).toBe(protocolNamed(word));
      }),
    );
  });
});
