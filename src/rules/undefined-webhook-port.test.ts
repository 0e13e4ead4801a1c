import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './undefined-webhook-port.ts';

const customs = (ports: string, name = 'customs'): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: harbour }
spec: { selector: { app: customs }, ports: ${ports} }
`;
const webhook = (rest: string, mark = ''): string => `
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: customs }
webhooks:
  - name: cargo.harbour.example
    clientConfig:
      service:
        namespace: harbour
        name: customs ${mark}
        ${rest}
`;
const api = (port: string): string => `
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: { name: v1.tides.example }
spec:
  service:
    namespace: harbour
    name: customs
    port: ${port}
`;
const definition = (port: string): string => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ships.harbour.example }
spec:
  conversion:
    strategy: Webhook
    webhook:
      clientConfig:
        service:
          namespace: harbour
          name: customs
          port: ${port}
`;
const MARK = '# error: undefined-webhook-port';

testRule(rule, {
  accepts: {
    'J4 the default is there': `${customs('[{ port: 443, targetPort: 9443 }]')}---${webhook('path: /mutate')}`,
    'J4 the port is there': `${customs('[{ port: 8443 }]')}---${webhook('port: 8443')}`,
    'another namespace, of which nothing is known': `${customs('[{ port: 80 }]').replace('namespace: harbour', 'namespace: quay')}---${webhook('path: /')}`,
    'S-003 no port number is the concern of another rule': `${customs('[{ port: 443 }]')}---${webhook('port: 0')}`,
  },
  rejects: {
    'J4 the Service has another port than the default': `${customs('[{ port: 8443 }]')}---${webhook('path: /', MARK)}`,
    "J4 the Pods' port": `${customs('[{ port: 443, targetPort: 9443 }]')}---${webhook(`port: 9443 ${MARK}`)}`,
    'J4 an APIService': `${customs('[{ port: 443 }]')}---${api(`6443 ${MARK}`)}`,
    'J4 the conversion of a definition': `${customs('[{ port: 443 }]')}---${definition(`9443 ${MARK}`)}`,
    'J4 a Service without this name': `${customs('[{ port: 443 }]', 'custom')}---${webhook('path: /', MARK)}`,
    'a port of UDP': `${customs('[{ port: 443, protocol: UDP }]')}---${webhook('port: 443 # error: undefined-webhook-port')}`,
  },
});

test('says where the default comes from, and adds the port', () => {
  const [finding] = findingsOf(rule, sourcesOf(`${customs('[{ port: 8443 }]')}---${webhook('path: /')}`));
  expect(finding?.message).toContain('on port 443, as none is said, which');
  expect(finding?.fixes[0]?.edits[0]?.text).toBe('\n        port: 8443');
});

test('a port of another role is not called instead', () => {
  const manager = (own: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: customs, namespace: harbour, labels: { app: customs } }
spec: { containers: [{ name: customs, image: example/customs, ports: [${own}, { name: webhook-server, containerPort: 9443 }] }] }
`;
  const ask = (own: string): string[] =>
    findingsOf(
      rule,
      sourcesOf(
        [webhook('path: /x'), customs('[{ port: 8443, targetPort: 8443 }]'), manager(own)].join('---'),
      ),
    ).flatMap(({ fixes, help }) => [...fixes.map(({ title }) => title), ...(help ?? [])]);
  expect(ask('{ name: metrics, containerPort: 8443 }')).toEqual([
    'give Service `harbour/customs` a port 443 whose targetPort is `webhook-server`',
  ]);
  expect(ask('{ name: https, containerPort: 8443 }')).toEqual([
    'call port 8443',
    'give the Service port 443',
  ]);
});
