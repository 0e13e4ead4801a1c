import { testRule } from '../testing/test-rule.ts';
import rule from './host-without-service.ts';

const ships = (env: string, more = ''): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ships, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: ships } }
    spec:
      ${more}
      containers:
        - name: ships
          image: example/ships
          env:
            ${env}
        - name: redis
          image: example/redis
          ports: [{ containerPort: 6379 }]
---
apiVersion: v1
kind: Service
metadata: { name: ships, namespace: harbour }
spec: { selector: { app: ships }, ports: [{ port: 80 }] }
`;
const tide = (service: string, port = 3100, namespace = 'harbour'): string => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: tide, namespace: ${namespace} }
spec:
  template:
    metadata: { labels: { app: tide } }
    spec:
      containers: [{ name: tide, image: example/tide }]
---
apiVersion: v1
kind: Service
metadata: { name: ${service}, namespace: ${namespace} }
spec: { selector: { app: tide }, ports: [{ port: ${port} }] }
`;
const sources = (url: string, mark = ''): string => `---
apiVersion: v1
kind: ConfigMap
metadata: { name: sources, namespace: harbour }
data:
  sources.yaml: |
    datasources:
      - url: ${url} ${mark}
`;
const url = (value: string, mark = ''): string => `- { name: STORE_URL, value: "${value}" } ${mark}`;
const MARK = '# warning: host-without-service';

testRule(rule, {
  accepts: {
    'a Service of that name': ships(url('http://tide:3100')) + tide('tide'),
    'a name of which nothing is here': ships(url('http://moon:3100')) + tide('tide-headless'),
    'a Service on another port': ships(url('http://tide:9090')) + tide('tide-headless'),
    'a workload of another namespace': ships(url('http://tide:3100')) + tide('tide-headless', 3100, 'bay'),
    localhost: ships(url('redis://localhost:6379')),
    'a name of its own': ships(
      url('redis://redis:6379'),
      'hostAliases: [{ ip: 127.0.0.1, hostnames: [redis] }]',
    ),
    'a port that the container does not have': ships(url('redis://redis:6380')),
    'an image and its tag': ships('- { name: IMAGE, value: "tide:3100" }') + tide('tide-headless'),
    'a Service outside the lesson': {
      'one/a.yaml': ships(url('http://tide:3100')),
      'two/deep/er/b.yaml': tide('tide-headless').replaceAll(', namespace: harbour', ''),
    },
  },
  rejects: {
    'a container of the same Pod': ships(url('redis://redis:6379', MARK)),
    'a workload before which another Service is':
      ships(url('http://tide:3100', MARK)) + tide('tide-headless'),
    'the workload by its namespace': ships(url('http://tide.bay:3100', MARK)) + tide('tide-svc', 3100, 'bay'),
    'in a file': ships(url('http://x')) + sources('http://tide:3100', MARK) + tide('tide-headless'),
  },
});
