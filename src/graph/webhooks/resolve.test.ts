import { describe, expect, test } from 'vitest';
import { isRelevant } from '../../model/decode.ts';
import { graphOf, linesOf } from '../../testing/graph-of.ts';

const customs = (ports = '[{ port: 443, targetPort: 9443 }]', name = 'customs', rest = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: harbour }
spec: { selector: { app: customs }, ports: ${ports}${rest} }
`;
const service = (port = ''): string => `service: { namespace: harbour, name: customs${port} }`;
const validating = (port?: string): string => `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: customs }
webhooks: [{ name: cargo.harbour.example, clientConfig: { ${service(port)} } }, { name: far.harbour.example, clientConfig: { url: "https://far.example" } }]
`;
const api = (port?: string): string => `
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: { name: v1.tides.example }
spec: { group: tides.example, version: v1, ${service(port)} }
`;
const definition = (port?: string): string => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ships.harbour.example }
spec: { conversion: { strategy: Webhook, webhook: { conversionReviewVersions: [v1], clientConfig: { ${service(port)} } } } }
`;
const lines = (...documents: string[]): string[] => linesOf(documents.join('---'), 'webhook');

test.each([
  ['ValidatingWebhookConfiguration', validating],
  ['MutatingWebhookConfiguration', (port?: string) => validating(port).replace('Validating', 'Mutating')],
  ['APIService', api],
  ['CustomResourceDefinition', definition],
])('J4 %s: a port of the Service, by default 443', (_, caller) => {
  expect(lines(customs(), caller())).toEqual(['whole 443 → Service/customs:443']);
  expect(lines(customs('[{ port: 8443 }]'), caller())).toEqual(['broken 443 → Service/customs']);
  expect(lines(customs('[{ port: 8443 }]'), caller(', port: 8443'))).toEqual([
    'whole 8443 → Service/customs:8443',
  ]);
  expect(lines(customs(), caller(', port: 9443'))).toEqual(['broken 9443 → Service/customs']);
});

describe('what proves nothing', () => {
  test.each([
    ['no Service of the namespace', []],
    ['an ExternalName', [customs('[]', 'customs', ', type: ExternalName, externalName: customs.example')]],
    ['a port to be filled in', [customs('[{ port: "${PORT}" }]')]],
  ])('%s', (_, services) => expect(lines(...services, validating())[0]).toMatch(/^unproved/));
});

test('a Service that is missing where the namespace has others', () => {
  const [link] = graphOf(`${customs(undefined, 'custom')}---${validating()}`).webhooks;
  expect([link?.state, link?.fault]).toEqual(['broken', 'no-service']);
});

test('a port for UDP is no port of TCP', () =>
  expect(lines(customs('[{ port: 443, protocol: UDP }]'), api())).toEqual(['broken 443 → Service/customs']));

test('an API of the API server itself calls nothing', () =>
  expect(
    lines(
      'apiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata: { name: v1. }\nspec: { version: v1 }\n',
    ),
  ).toEqual([]));

test('a definition that is converted by nobody is not parsed', () => {
  const asked = (text: string): boolean =>
    isRelevant('CustomResourceDefinition', 'apiextensions.k8s.io/v1', text);
  expect(asked(definition())).toBe(true);
  expect(asked('spec: { conversion: { strategy: None } }')).toBe(false);
});

test('two definitions of one that calls nothing are no doubles', () => {
  const none = definition()
    .replace(/clientConfig: .*? \} \} \}/, '} }')
    .replace('conversionReviewVersions: [v1], ', '');
  expect(graphOf(`${none}---${none}`).model.duplicates).toEqual([]);
});
