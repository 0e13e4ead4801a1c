import { testRule } from '../testing/test-rule.ts';
import rule from './undefined-client-port.ts';

const service = (name: string, ports: string, more = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: ${name} }, ports: [${ports}]${more} }
`;
const pod = (app: string, container: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${app}, namespace: shop, labels: { app: ${app} } }
spec:
  containers:
    - name: web
      image: registry.acme.dev/${app}
      ${container}
`;
const api = service('api', '{ port: 80, targetPort: 3000 }');
const client = (container: string): string => pod('till', container);
const env = (value: string, name = 'API_URL', marker = ''): string =>
  client(`env:\n        - name: ${name}\n          value: ${value}${marker}`);
const error = ' # error: undefined-client-port';

testRule(rule, {
  accepts: {
    'J5 fixed: the Service port': `${api}---${env('http://api:80')}`,
    'the port that the scheme means': `${api}---${env('http://api/v1')}`,
    'by the full name': `${api}---${env('http://api.shop.svc.cluster.local')}`,
    'a name that is no Service of the input': `${api}---${env('http://orders:3000')}`,
    'a host of the Internet': `${api}---${env('https://api.example.com:8443')}`,
    'the same name in another namespace': `${api}---${env('http://api:3000').replaceAll('namespace: shop', 'namespace: quay')}`,
    'an image and its tag': `${api}---${env('api:3000', 'API_IMAGE')}`,
    'an address to listen on': `${api}---${env('api:3000', 'LISTEN_ADDR')}`,
    'an origin that browsers send': `${api}---${env('http://api:3000', 'CORS_ORIGIN')}`,
    'its own Service may be what it listens on': `${api}---${pod('api', 'env: [{ name: BASE, value: "http://api:3000" }]')}`,
    'D12 S-043 fixed: a headless Service is dialled on the Pod port': `${service('api', '{ port: 80, targetPort: 3000 }', ', clusterIP: None')}---${pod('api', 'ports: [{ containerPort: 3000 }]')}---${env('http://api:3000')}`,
    'S-047 an ExternalName leads elsewhere': `${service('api', '{ port: 80 }', ', type: ExternalName, externalName: api.example.com')}---${env('http://api:3000')}`,
    'a placeholder port of the Service': `${service('api', '{ port: "${PORT}" }')}---${env('http://api:3000')}`,
    'two words with a colon in some file': `${api}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: till, namespace: shop }\ndata:\n  notes: |\n    use image api:3000\n    or that one\n`,
    'a group of servers of nginx that has the name of a Service': `${service('api', '{ port: 3200 }')}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: till, namespace: shop }\ndata:\n  till.conf: |\n    upstream api { server api:3200; }\n    server { location / { proxy_pass http://api/; } }\n`,
    'a port that a variable of its own gives': `${service('api', '{ port: 3200 }')}---${client('env: [{ name: API_URL, value: "http://api" }, { name: API_PORT, value: "3200" }]')}`,
    'a port that a flag beside it gives': `${service('api', '{ port: 9000 }')}---${client('args: [--server-url=http://api, --server-port=9000]')}`,
    'a port that the word behind a flag gives': `${service('api', '{ port: 9000 }')}---${client('args: [--backend, "http://api", --upstream-port, "9000"]')}`,
    'a port that a variable beside a flag gives': `${service('api', '{ port: 9000 }')}---${client('args: ["--url=http://api"]\n      env: [{ name: API_PORT, value: "9000" }]')}`,
    'a port that a key of its own gives': `${service('api', '{ port: 3200 }')}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: till, namespace: shop }\ndata: { API_URL: "http://api", API_PORT: "3200" }\n`,
    'a comment in a file': `${api}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: till, namespace: shop }\ndata:\n  till.conf: |\n    # upstream http://api:3000\n    mode fast\n`,
    'another database port by default, which a variable may change': `${service('db', '{ port: 6432 }')}---${env('postgres://db/app')}`,
    'files that lie far apart': {
      'one/app.yaml': env('http://api:3000'),
      'two/api.yaml': api,
    },
  },
  rejects: {
    'J5 the port of the container': `${api}---${env('http://api:3000', 'API_URL', error)}`,
    'J5 no port, where the Service has none at 80': `${service('api', '{ port: 3000 }')}---${env('http://api/v1', 'API_URL', error)}`,
    'J5 an argument without a port, behind which a program may put its own': `${service('api', '{ port: 3000 }')}---${client(`args: [--loki.url=http://api] ${error.replace('error', 'warning')}`)}`,
    'J5 HTTPS to a Service without 443': `${api}---${env('https://api', 'API_URL', error)}`,
    'a bare host and port': `${api}---${env('api:8080', 'API_ADDR', error)}`,
    'in another namespace, by its name': `${api}---${env('http://api.shop:8080', 'API_URL', error).replace('namespace: shop', 'namespace: quay')}`,
    'one of a list': `${service('kafka', '{ port: 9092 }')}---${env('kafka:9092,kafka:9093', 'BROKERS', error)}`,
    'in a command': `${api}---${client(`command:\n        - serve\n        - --upstream=http://api:8080${error}`)}`,
    'in args': `${api}---${client(`args:\n        - --upstream=http://api:8080${error}`)}`,
    'in a shell command': `${api}---${client(`command:\n        - sh\n        - -c\n        - curl http://api:8080/healthz${error}`)}`,
    'J5 host and port in two variables': `${service('db', '{ port: 5432 }')}---${client(`env:\n        - { name: DB_HOST, value: db }\n        - { name: DB_PORT, value: "5433" }${error}`)}`,
    'J6 cloudflared, with the Compose port': `${service('app', '{ port: 80 }')}---
apiVersion: v1
kind: ConfigMap
metadata: { name: tunnel, namespace: shop }
data:
  config.yaml: |
    ingress:
      - hostname: app.example.com
        service: http://app:13378 # error: undefined-client-port
`,
    'an upstream of nginx': `${api}---
apiVersion: v1
kind: ConfigMap
metadata: { name: proxy, namespace: shop }
data:
  default.conf: |
    location / {
      proxy_pass http://api:8080; # error: undefined-client-port
    }
`,
    'S-178 TCP to a port that is there for UDP only': `${service('dns', '{ port: 53, protocol: UDP }')}---${env('http://dns:53', 'DNS_URL', error)}`,
  },
});
