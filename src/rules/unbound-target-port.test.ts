import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './unbound-target-port.ts';

const service = (ports: string, name = 'bakery'): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: harbour }
spec:
  selector: { app: bakery }
  ports:
    - ${ports}
`;
const deployment = (containers: string, ports = '[]'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: bakery, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: bakery } }
    spec:
      containers:
        - name: oven
          ports: ${ports}
          ${containers}
`;
const mountedNginx = (listen: string): string =>
  `${deployment(
    'image: nginxinc/nginx-unprivileged:1.27\n          volumeMounts: [{ name: conf, mountPath: /etc/nginx/conf.d }]',
  )}      volumes: [{ name: conf, configMap: { name: bakery } }]
---
apiVersion: v1
kind: ConfigMap
metadata: { name: bakery, namespace: harbour }
data:
  bakery.conf: |
    server { ${listen} }
`;
const NGINX = 'image: nginx:1.27';
const REMEMBERED = 'image: twentycrm/twenty:v1.2';
const MARK = '# error: unbound-target-port';
const all = (...documents: string[]): string => documents.join('---');

/** An ingress-nginx whose ConfigMap adds servers of its own. */
const controller = (snippet: string, port: string): string => `${service(port)}---
apiVersion: v1
kind: ConfigMap
metadata: { name: bakery, namespace: harbour }
data:
  ${snippet}
---${deployment('image: registry.k8s.io/ingress-nginx/controller:v1.12.1\n          args: [/nginx-ingress-controller, --configmap=$(POD_NAMESPACE)/bakery]')}`;

const uvicorn = (more: string): string => `image: ghcr.io/example/oven
          command: [uvicorn, "oven:app", --host=0.0.0.0, --port=8080]${more}`;

testRule(rule, {
  accepts: {
    'lessons side by side, each of which defines the Service': {
      'a.yaml': all(service('{ port: 80, targetPort: 1027 }'), deployment('image: ghcr.io/example/oven')),
      'b.yaml': all(service('{ port: 80 }'), deployment(NGINX)),
      'c.yaml': deployment(NGINX).replace('{ name: bakery, namespace', '{ name: page, namespace'),
    },
    'ingress-nginx listens where a snippet of its ConfigMap says': controller(
      "http-snippet: 'server { listen 2443; return 308 https://$host; }'",
      '{ port: 80, targetPort: 2443 }',
    ),
    'and where one for streams says': controller(
      "stream-snippet: 'server { listen 5432; proxy_pass db:5432; }'",
      '{ port: 80, targetPort: 5432 }',
    ),
    'A3 a flag says the port, and the application may open another that is known beside it': all(
      service(
        '{ name: web, port: 80, targetPort: 8080 }\n    - { name: metrics, port: 81, targetPort: 9090 }',
      ),
      deployment(uvicorn('')),
    ),
    'the process listens there': all(service('{ port: 80, targetPort: 80 }'), deployment(NGINX)),
    'D1 the number of the process': all(
      service('{ port: 80, targetPort: 80 }'),
      deployment('image: ghcr.io/advplyr/audiobookshelf:2.29.0'),
    ),
    'A4 the Service moved along with PORT': all(
      service('{ port: 80, targetPort: 3005 }'),
      deployment(
        'image: ghcr.io/advplyr/audiobookshelf:2.29.0\n          env: [{ name: PORT, value: "3005" }]',
      ),
    ),
    'A5 the same port before the upgrade': all(
      service('{ port: 80, targetPort: 80 }'),
      deployment('image: lissy93/dashy:2.1.1'),
    ),
    'A14 the mounted configuration has the port': all(
      service('{ port: 80, targetPort: 8080 }'),
      mountedNginx('listen 8080;'),
    ),
    'A12 what the process stored in an earlier run may say another port': all(
      service('{ port: 80, targetPort: 8111 }'),
      deployment(
        'image: lscr.io/linuxserver/sonarr:4.0.9\n          volumeMounts: [{ name: state, mountPath: /config }]',
      ),
    ),
    'A11 pgAdmin picks its port by what it may bind': all(
      service('{ port: 80, targetPort: 80 }'),
      deployment(
        'image: dpage/pgadmin4:9.12\n          securityContext: { allowPrivilegeEscalation: false }',
      ),
    ),
    'S-026 an undeclared number of an unknown image may be bound': all(
      service('{ port: 80, targetPort: 8111 }'),
      deployment('image: ghcr.io/example/bakery'),
    ),
    'S-026 another container of the Pod may listen there': all(
      service('{ port: 80, targetPort: 8111 }'),
      deployment(`${NGINX}\n        - { name: mill, image: ghcr.io/example/mill }`),
    ),
    'S-013 a targetPort that is left out is another mistake': all(
      service('{ port: 8111 }'),
      deployment(NGINX),
    ),
    'S-013 targetPort 0 counts as left out': all(service('{ port: 8111, targetPort: 0 }'), deployment(NGINX)),
    'a variable that the image does not read is another mistake': all(
      service('{ port: 80, targetPort: 3005 }'),
      deployment(`${NGINX}\n          env: [{ name: PORT, value: "3005" }]`),
    ),
    'a mounted configuration may move the port': all(
      service('{ port: 80, targetPort: 8111 }'),
      deployment(`${NGINX}\n          volumeMounts: [{ name: conf, mountPath: /etc/nginx/conf.d }]`),
    ),
    'S-068 a socket on loopback is another mistake': all(
      service('{ port: 80, targetPort: 3000 }'),
      deployment(
        'image: grafana/grafana:11.2.0\n          env: [{ name: GF_SERVER_HTTP_ADDR, value: 127.0.0.1 }]',
      ),
    ),
    'S-092 a variable that another one writes over is another mistake': all(
      service('{ port: 80, targetPort: 3100 }'),
      deployment(
        'image: grafana/grafana:11.2.0\n          env: [{ name: GF_SERVER_HTTP_PORT, value: "3100" }, { name: GF_SERVER_HTTP_PORT, value: "3000" }]',
      ),
    ),
    'A3 a variable that means another port is another mistake': all(
      service('{ port: 80, targetPort: 8080 }'),
      deployment('image: odoo:17\n          env: [{ name: PORT, value: "8080" }]'),
    ),
    'facts from memory, and something else that is not known': all(
      service('{ port: 443, targetPort: 4443 }'),
      deployment(`${REMEMBERED}\n          args: [--surprise]`),
    ),
    'a port that facts from memory know': all(
      service('{ port: 443, targetPort: 3000 }'),
      deployment(REMEMBERED),
    ),
    'a placeholder is no number yet': all(service('{ port: 80, targetPort: "${PORT}" }'), deployment(NGINX)),
  },
  rejects: {
    'ingress-nginx without a snippet for the port': controller(
      "http-snippet: 'server { listen 2443; }'",
      '{ port: 80, targetPort: 2444 } # error: unbound-target-port',
    ),
    'A3 a flag says another port, and nothing is declared': all(
      service(`{ port: 80, targetPort: 8000 } ${MARK}`),
      deployment(uvicorn('')),
    ),
    'A3 a flag says another port than the one that is declared': all(
      service(`{ port: 80, targetPort: 8000 } ${MARK}`),
      deployment(uvicorn(''), '[{ containerPort: 8000 }]'),
    ),
    'A3 neither of two ports is the one that the flag says': all(
      service(
        `{ name: a, port: 80, targetPort: 8000 } ${MARK}\n    - { name: b, port: 81, targetPort: 9090 } ${MARK}`,
      ),
      deployment(uvicorn('')),
    ),
    'S-089 nothing checks that a process listens there': all(
      service('{ port: 80, targetPort: 8111 } # error: unbound-target-port'),
      deployment(NGINX),
    ),
    'S-026 a declaration opens no port': all(
      service('{ port: 80, targetPort: 8111 } # error: unbound-target-port'),
      deployment(NGINX, '[{ containerPort: 8111 }]'),
    ),
    'S-033 the name stands for a number where nothing listens': all(
      service('{ port: 80, targetPort: http } # error: unbound-target-port'),
      deployment(NGINX, '[{ name: http, containerPort: 8111 }]'),
    ),
    'S-092 the variable that the image reads says another port': all(
      service('{ port: 80, targetPort: 3000 } # error: unbound-target-port'),
      deployment(
        'image: grafana/grafana:11.2.0\n          env: [{ name: GF_SERVER_HTTP_PORT, value: "3300" }]',
      ),
    ),
    'D1 a guessed number': all(
      service(`{ port: 80, targetPort: 8080 } ${MARK}`),
      deployment('image: ghcr.io/advplyr/audiobookshelf:2.29.0'),
    ),
    'D2 a targetPort that repeats the port of the Service': all(
      service(`{ port: 8069, targetPort: 8070 } ${MARK}`),
      deployment('image: odoo:17'),
    ),
    'A4 PORT moved the process, and the Service stayed': all(
      service(`{ port: 80, targetPort: 80 } ${MARK}`),
      deployment(
        'image: ghcr.io/advplyr/audiobookshelf:2.29.0\n          env: [{ name: PORT, value: "3005" }]',
      ),
    ),
    'A5 the default of the image is another since the upgrade': all(
      service(`{ port: 80, targetPort: 80 } ${MARK}`),
      deployment('image: lissy93/dashy:3.1.0'),
    ),
    'K6 the host side of a compose mapping': all(
      service(`{ port: 80, targetPort: 13378 } ${MARK}`),
      deployment('image: ghcr.io/advplyr/audiobookshelf:2.29.0'),
    ),
    'A14 a mounted configuration restores the port of before': all(
      service(`{ port: 80, targetPort: 8080 } ${MARK}`),
      mountedNginx('listen 80;'),
    ),
    'facts from memory warn': all(
      service('{ port: 443, targetPort: 4443 } # warning: unbound-target-port'),
      deployment(REMEMBERED),
    ),
    'two Services send there, one finding': all(
      service('{ port: 80, targetPort: 8111 } # error: unbound-target-port', 'bakery'),
      service('{ port: 81, targetPort: 8111 }', 'pier'),
      deployment(NGINX),
    ),
    'one of two senders left its targetPort out': all(
      service('{ port: 80, targetPort: 8111 } # error: unbound-target-port', 'quay'),
      service('{ port: 8111 }', 'bakery'),
      deployment(NGINX),
    ),
    'all containers of the Pod are known': all(
      service('{ port: 80, targetPort: 8111 } # error: unbound-target-port'),
      deployment(`${NGINX}\n        - { name: cellar, image: memcached:1.6 }`),
    ),
  },
});

const only = (manifest: string): ReturnType<typeof findingsOf>[number] => {
  const findings = findingsOf(rule, sourcesOf(manifest));
  expect(findings).toHaveLength(1);
  return findings[0]!;
};

test('says what the process listens on, and how that is known', () => {
  const finding = only(all(service('{ port: 80, targetPort: 8111 }'), deployment(NGINX)));
  expect(finding.message).toBe(
    'Service `harbour/bakery` forwards port 80 to 8111, but Deployment `harbour/bakery` listens on 80',
  );
  expect(finding.notes[0]).toBe('how the port is known: default of the image nginx');
  expect(finding.notes[1]).toMatch(/^source: nginx\/docker-nginx:/);
  expect(finding.fixes.map(({ title }) => title)).toEqual(['point targetPort at `80`']);
});

test('S-027 a name is mended where its number stands', () => {
  const manifest = all(
    service('{ port: 80, targetPort: http }'),
    deployment(NGINX, '[{ name: http, containerPort: 8111 }]'),
  );
  const { message, fixes } = only(manifest);
  expect(message).toContain('to `http`, port 8111, but');
  expect(fixes[0]!.edits.map(({ at }) => manifest.slice(at.start, at.end))).toEqual(['8111']);
});

test('marks the setting that decides the port', () => {
  const finding = only(
    all(
      service('{ port: 80, targetPort: 3000 }'),
      deployment(
        'image: grafana/grafana:11.2.0\n          env: [{ name: GF_SERVER_HTTP_PORT, value: "3300" }]',
      ),
    ),
  );
  expect(finding.message).toMatch(/listens on 3300$/);
  expect(finding.labels.map(({ at }) => at.source.text.slice(at.start, at.end))).toEqual(['3000', '"3300"']);
});

test('says of facts from memory that nothing is proved', () => {
  const finding = only(all(service('{ port: 443, targetPort: 4443 }'), deployment(REMEMBERED)));
  expect(finding.link?.state).toBe('unproved');
  expect(finding.notes).toContainEqual(expect.stringContaining('likely and not proved'));
});

test('a fix keeps to the role of the port', () => {
  const gogs = (port: string): string => `
apiVersion: v1
kind: Service
metadata: { name: gogs }
spec: { selector: { app: gogs }, ports: [${port}] }
---
apiVersion: v1
kind: Pod
metadata: { name: gogs, labels: { app: gogs } }
spec: { containers: [{ name: gogs, image: gogs/gogs:0.11.29 }] }
`;
  const fixes = (port: string): string[] =>
    findingsOf(rule, sourcesOf(gogs(port))).flatMap((one) => one.fixes.map(({ title }) => title));
  expect(fixes('{ name: ssh, port: 22, targetPort: 2222 }')).toEqual(['point targetPort at `22`']);
  expect(fixes('{ name: http, port: 80, targetPort: 8080 }')).toEqual(['point targetPort at `3000`']);
  expect(fixes('{ name: https, port: 443, targetPort: 8443 }')).toEqual([]);
});
