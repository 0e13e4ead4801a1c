import { check } from '../engine/check.ts';
import { toReport } from '../engine/to-report.ts';
import type { Report } from '../report/report.ts';
import { allRules } from '../rules/index.ts';
import { type Manifests, sourcesOf } from './test-rule.ts';

export const reportOf = (manifests: Manifests): Report =>
  toReport(check(sourcesOf(manifests), { rules: allRules }), { version: '1.2.3' });

/** Something of everything: two sets, a whole and a broken chain, a fix, a bad document, a document without kind. */
export const VARIED: Manifests = {
  'dev/app.yaml': `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: bakery, namespace: harbour }
spec:
  tls: [{ hosts: [bakery.example.com] }]
  rules:
    - host: bakery.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: bakery, port: { number: 80 } } } }] }
---
apiVersion: v1
kind: Service
metadata: { name: bakery, namespace: harbour }
spec:
  selector: { app: bakery }
  ports:
    - port: 80
      targetPort: htpt
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: bakery, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: bakery } }
    spec:
      containers:
        - name: oven
          image: nginx
          ports: [{ name: http, containerPort: 80, hostPort: 80 }]
          readinessProbe: { httpGet: { port: http } }
---
apiVersion: v1
kind: Service
metadata: { name: mill, namespace: harbour }
spec: { type: NodePort, selector: { app: mill }, ports: [{ port: 80, nodePort: 30080 }] }
`,
  'prod/app.yaml': `
apiVersion: v1
kind: Service
metadata: { name: bakery, namespace: harbour }
spec: { selector: { app: bakery }, ports: [{ port: 80 }] }
`,
  'bad file #1.yaml': 'kind: Service\n\tname: x\n',
  'values.yaml': 'replicas: 3\n',
};
