import { testRule } from '../testing/test-rule.ts';
import rule from './reserved-mesh-port.ts';

const pod = (container: string, { labels = '', annotations = '', spec = '' } = {}): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: beacon, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: beacon, ${labels} }, annotations: { ${annotations} } }
    spec:
      ${spec}
      containers:
${container}
`;
const namespace = (labels: string): string => `
apiVersion: v1
kind: Namespace
metadata: { name: harbour, labels: { ${labels} } }
`;
const declaring = (port: string, mark = ''): string =>
  `        - { name: beacon, image: example.com/beacon, ports: [{ containerPort: ${port} }] } ${mark}`;
const listening = (port: number, mark = ''): string => `        - name: beacon
          image: traefik/whoami:v1.10
          args: [--port=${port}] ${mark}`;
const INJECT = { labels: 'sidecar.istio.io/inject: "true"' };
const enabled = namespace('istio-injection: enabled');
const ERROR = '# error: reserved-mesh-port';
const WARNING = '# warning: reserved-mesh-port';

testRule(rule, {
  accepts: {
    'I7 another port': pod(declaring('15010'), INJECT),
    'I7 no mesh': `${pod(declaring('15020'))}---${namespace('team: quay')}`,
    'I7 Pods that are left out of the mesh': `${pod(declaring('15020'), { labels: 'sidecar.istio.io/inject: "false"' })}---${enabled}`,
    'I7 a namespace that is left out': `${pod(declaring('15020'))}---${namespace('istio-injection: disabled, istio.io/rev: stable')}`,
    'I7 Pods on the network of their node': `${pod(declaring('15020'), { spec: 'hostNetwork: true' })}---${enabled}`,
    'I7 a gateway of Istio': pod(declaring('15021').replace('name: beacon', 'name: istio-proxy'), INJECT),
    'I7 the same number for UDP': pod(declaring('15020, protocol: UDP'), INJECT),
    'an init container is gone by then': pod(
      `${declaring('8080')}\n      initContainers:\n${declaring('15020')}`,
      INJECT,
    ),
  },
  rejects: {
    'I7 the process listens there': pod(listening(15020, ERROR), INJECT),
    'I7 it is declared': pod(declaring('15001', WARNING), INJECT),
    'I7 by annotation': pod(declaring('15090', WARNING), { annotations: 'sidecar.istio.io/inject: "true"' }),
    'I7 by the label of the namespace': `${pod(listening(15006, ERROR))}---${enabled}`,
    'I7 by a revision': `${pod(declaring('15021', WARNING))}---${namespace('istio.io/rev: stable')}`,
    'I7 by a revision of the Pods': pod(declaring('15053', WARNING), { labels: 'istio.io/rev: stable' }),
    'I7 both at once are one mistake': pod(
      `${listening(15008, ERROR)}\n          ports: [{ containerPort: 15008 }]`,
      INJECT,
    ),
  },
});
