import { describe, expect, test } from 'vitest';
import undefinedBackendPort from '../../rules/undefined-backend-port.ts';
import undefinedClientPort from '../../rules/undefined-client-port.ts';
import undefinedMonitorPort from '../../rules/undefined-monitor-port.ts';
import undefinedWebhookPort from '../../rules/undefined-webhook-port.ts';
import { findingsOf, sourcesOf } from '../../testing/test-rule.ts';

const service = (name: string, port: string, selector = 'quay'): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: harbour, labels: { app: ${selector} } }
spec: { selector: { app: ${selector} }, ports: [${port}] }
---`;
const PODS = `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: quay, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: quay } }
    spec:
      containers:
        - { name: quay, image: example/quay, ports: [{ containerPort: 9000 }, { containerPort: 9001 }] }
---`;
const PAIR = `${PODS}${service('quay', '{ name: api, port: 9000 }')}${service('quay-ui', '{ name: ui, port: 9001 }')}`;
const ingress = (port: string): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: gate, namespace: harbour }
spec:
  ingressClassName: nginx
  defaultBackend: { service: { name: quay, port: ${port} } }
`;
const client = (url: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: ship, namespace: harbour }
spec: { containers: [{ name: ship, image: example/ship, env: [{ name: QUAY, value: "${url}" }] }] }
`;
const MONITOR = `
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: quay, namespace: harbour }
spec: { selector: { matchLabels: { app: quay } }, endpoints: [{ port: metrics }] }
`;
const webhook = (port: string): string => `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: customs }
webhooks: [{ name: customs.example.org, clientConfig: { service: { name: quay, namespace: harbour${port} } } }]
`;

describe('a port that a Service does not have', () => {
  const SAYS = 'Service `harbour/quay-ui` has port 9001';
  test.each([
    ['a route, by number', undefinedBackendPort, PAIR + ingress('{ number: 9001 }'), SAYS],
    ['a route, by name', undefinedBackendPort, PAIR + ingress('{ name: ui }'), 'has port `ui`'],
    ['a client', undefinedClientPort, PAIR + client('http://quay:9001'), SAYS],
    [
      'a webhook',
      undefinedWebhookPort,
      `${PODS}${service('quay', '{ port: 9000 }')}${service('quay-ui', '{ port: 443, targetPort: 9001 }')}${webhook('')}`,
      'Service `harbour/quay-ui` has port 443',
    ],
    [
      'a webhook on a nodePort',
      undefinedWebhookPort,
      `${PODS}${service('quay', '{ port: 9000, nodePort: 30900 }')}${webhook(', port: 30900')}`,
      '30900 is the nodePort of port 9000 of Service `harbour/quay`',
    ],
    [
      'a monitor',
      undefinedMonitorPort,
      `${PODS}${service('quay', '{ name: api, port: 9000 }')}${service('quay-metrics', '{ name: metrics, port: 9001 }').replace(', labels: { app: quay }', '')}${MONITOR}`,
      'Service `harbour/quay-metrics` has port `metrics`',
    ],
  ])('is named where a sibling has it: %s', (_name, rule, manifests, says) => {
    const [finding] = findingsOf(rule, sourcesOf(manifests));
    expect(finding?.help?.join()).toContain(says);
  });

  test('is not made good by a port for something else', () => {
    const [finding] = findingsOf(undefinedClientPort, sourcesOf(PAIR + client('http://quay:9001')));
    expect(finding?.fixes ?? []).toEqual([]);
  });

  test('sends a route to the sibling before the same Pods', () => {
    const [finding] = findingsOf(undefinedBackendPort, sourcesOf(PAIR + ingress('{ number: 9001 }')));
    expect(finding?.fixes?.map(({ title }) => title)).toEqual(['send it to Service `quay-ui`']);
  });

  test('says nothing of a name that many have', () => {
    const manifests = `${PODS}${service('quay', '{ name: api, port: 9000 }')}${service('bakery', '{ name: http, port: 80 }', 'bakery')}${ingress('{ name: http }')}`;
    const [finding] = findingsOf(undefinedBackendPort, sourcesOf(manifests));
    expect(finding?.help ?? []).toEqual([]);
  });
});
