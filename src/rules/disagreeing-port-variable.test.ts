import { testRule } from '../testing/test-rule.ts';
import rule from './disagreeing-port-variable.ts';

const manifests = ({
  image = 'example/quay:1',
  env = '{ name: PORT, value: "3000" }',
  ports = '[{ containerPort: 8080 }]',
  targetPort = '8080',
  more = '',
  mark = '',
} = {}): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: quay }
spec:
  selector: { matchLabels: { app: quay } }
  template:
    metadata: { labels: { app: quay } }
    spec:
      containers:
        - name: quay
          image: ${image}
          ports: ${ports}
          env: [${env}]${mark}
${more}
---
apiVersion: v1
kind: Service
metadata: { name: quay }
spec: { selector: { app: quay }, ports: [{ port: 80, targetPort: ${targetPort} }] }
`;
const FOUND = ' # info: disagreeing-port-variable';

testRule(rule, {
  accepts: {
    'what all of them say': manifests({ env: '{ name: PORT, value: "8080" }' }),
    'one of several ports': manifests({ ports: '[{ containerPort: 8080 }, { containerPort: 3000 }]' }),
    'the port that traffic is sent to, where another is declared': manifests({ targetPort: '3000' }),
    'a variable about another server': manifests({ env: '{ name: DB_PORT, value: "5432" }' }),
    'two that can be meant': manifests({
      env: '{ name: PORT, value: "3000" }, { name: HTTP_PORT, value: "3001" }',
    }),
    'what is no number': manifests({ env: '{ name: PORT, value: "tcp://a:80" }' }),
    'what a Secret holds': manifests({
      env: '{ name: PORT, valueFrom: { secretKeyRef: { name: a, key: b } } }',
    }),
    'an image that is known': manifests({ image: 'nginx:1.27' }),
    'a second container, whose port nobody tells apart': manifests({
      ports: '[]',
      more: '        - { name: mole, image: "example/mole:1" }',
    }),
    'a probe that agrees, where no traffic is sent': manifests({
      more: '          livenessProbe: { tcpSocket: { port: 3000 } }',
    }).replace(/---.*/s, ''),
    'a declaration that nobody uses': manifests().replace(/---.*/s, ''),
  },
  rejects: {
    'a Service and a declaration': manifests({ mark: FOUND }),
    'a Service alone': manifests({ ports: '[]', mark: FOUND }),
    'a probe': manifests({
      more: '          livenessProbe: { tcpSocket: { port: 8080 } }',
      mark: FOUND,
    }).replace(/---.*/s, ''),
    'traffic, where a probe dials what the variable says': manifests({
      more: '          livenessProbe: { tcpSocket: { port: 3000 } }',
      mark: FOUND,
    }),
    'a container beside others, by its declaration': manifests({
      more: '        - { name: mole, image: "example/mole:1" }',
      mark: FOUND,
    }),
  },
});
