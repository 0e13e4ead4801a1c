import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './unnamed-service-port.ts';

const service = (...ports: string[]): string => `
apiVersion: v1
kind: Service
metadata: { name: quay, namespace: harbour }
spec:
  selector: { app: quay }
  ports:
${ports.map((port) => `    - ${port}`).join('\n')}
`;

testRule(rule, {
  accepts: {
    'S-015 one port needs no name': service('port: 80'),
    'S-015 every port has a name': service('{ name: http, port: 80 }', '{ name: https, port: 443 }'),
    'S-014 no ports': service().replace('ports:', 'clusterIP: None'),
    'a name that another tool fills in': service('{ name: "${NAME}", port: 80 }', '{ name: b, port: 81 }'),
  },
  rejects: {
    'S-015 one of two': service('{ port: 80 } # error: unnamed-service-port', '{ name: https, port: 443 }'),
    'S-015 both': service(
      'port: 80 # error: unnamed-service-port',
      'port: 443 # error: unnamed-service-port\n      targetPort: web',
    ),
    'S-015 an empty name is none': service(
      '{ name: "", port: 80 } # error: unnamed-service-port',
      '{ name: https, port: 443 }',
    ),
    'S-015 TCP and UDP are two ports': service(
      '{ port: 53 } # error: unnamed-service-port',
      '{ port: 53, protocol: UDP } # error: unnamed-service-port',
    ),
    'S-015 a port without a number': service(
      '{ targetPort: http } # error: unnamed-service-port',
      '{ name: b, port: 2 }',
    ),
  },
});

const names = (...ports: string[]): (string | undefined)[] =>
  findingsOf(rule, sourcesOf(service(...ports))).map(({ fixes }) => fixes[0]?.edits[0]?.text.trim());

test('the names offered are those of the target, the usual ones, or the numbers, and never twice', () => {
  expect(names('port: 80', 'port: 8080', 'port: 1\n      targetPort: grpc')).toEqual([
    'name: http',
    'name: tcp-8080',
    'name: grpc',
  ]);
  expect(names('port: 80', 'name: http\n      port: 8080')).toEqual(['name: tcp-80']);
  expect(names('port: 53', 'port: 53\n      protocol: UDP')).toEqual(['name: tcp-53', 'name: udp-53']);
});
