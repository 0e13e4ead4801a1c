import { testRule } from '../testing/test-rule.ts';
import rule from './stale-scrape-port.ts';

const shop = (
  port: string,
  ports = '[{ containerPort: 8080 }]',
  image = 'ghcr.io/example/bakery',
  scrape = 'true',
): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: bakery, namespace: harbour }
spec:
  template:
    metadata:
      labels: { app: bakery }
      annotations:
        prometheus.io/scrape: "${scrape}"
        prometheus.io/port: ${port}
    spec:
      containers: [{ name: bakery, image: ${image}, ports: ${ports} }]
`;
const service = (port: string, image?: string): string => `
apiVersion: v1
kind: Service
metadata:
  name: bakery
  namespace: harbour
  annotations:
    prometheus.io/scrape: "true"
    prometheus.io/port: ${port}
spec: { selector: { app: bakery }, ports: [{ port: 80, targetPort: 8080 }] }
---${shop('"8080"', undefined, image, 'false')}`;

testRule(rule, {
  accepts: {
    'J3 a declared port': shop('"8080"'),
    'no port is declared, and any may be there': shop('"9090"', '[]'),
    'a name that another tool fills in': shop('"${PORT}"'),
    'nothing is said': shop('""'),
    'scraping is not asked for': shop('"9090"', undefined, undefined, 'false'),
    'a proxy that is put in later': shop('"15020"'),
    'a value to be filled in': shop('"${PORT}"'),
    'the process is known to listen there': shop('"80"', '[{ containerPort: 8080 }]', 'nginx:1.27'),
    "J3 on a Service, the Pods' port": service('"8080"'),
  },
  rejects: {
    "J3 the node's port of its Service": `${shop('"30080" # warning: stale-scrape-port')}---
apiVersion: v1
kind: Service
metadata: { name: bakery, namespace: harbour }
spec: { type: NodePort, selector: { app: bakery }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }] }
`,
    'J3 a name that the Pod declares': shop(
      'web # warning: stale-scrape-port',
      '[{ name: web, containerPort: 8080 }]',
    ),
    'J3 a name that nothing has': shop('web # warning: stale-scrape-port'),
    'J3 an address instead of a number': shop('":8080" # warning: stale-scrape-port'),
    'J3 two numbers': shop('"8080,8081" # warning: stale-scrape-port'),
    'J3 a name at a Service': service('web # warning: stale-scrape-port'),
    'J3 the process is known to listen elsewhere': shop(
      '"9090" # warning: stale-scrape-port',
      '[{ containerPort: 80 }]',
      'nginx:1.27',
    ),
    'J3 declared, and the process is known to listen elsewhere': shop(
      '"9090" # warning: stale-scrape-port',
      '[{ containerPort: 9090 }]',
      'nginx:1.27',
    ),
    'J3 the Pod declares another port': shop('"9090" # info: stale-scrape-port'),
    'J3 at the Pods, the port of the Service in front of them': `${shop('"80" # warning: stale-scrape-port')}---\napiVersion: v1\nkind: Service\nmetadata: { name: front, namespace: harbour }\nspec: { selector: { app: bakery }, ports: [{ port: 80, targetPort: 8080 }] }\n`,
    "J3 on a Service, the Service's own port": service('"80" # warning: stale-scrape-port'),
    'J3 on a Service, a port that its Pods do not have': service(
      '"9090" # warning: stale-scrape-port',
      'nginx:1.27',
    ),
  },
});
