import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './misunderstood-port-variable.ts';

const service = (targetPort: number): string => `
apiVersion: v1
kind: Service
metadata: { name: chandlery, namespace: harbour }
spec: { selector: { app: chandlery }, ports: [{ port: 80, targetPort: ${targetPort} }] }
`;
const deployment = (container: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: chandlery, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: chandlery } }
    spec:
      containers:
        - name: ledger
          ${container.replaceAll('\n', '\n          ')}
`;
const env = (name: string, value: string, mark = ''): string =>
  `env:\n  - name: ${name}\n    value: ${value}${mark && ` # ${mark}: misunderstood-port-variable`}`;
const ODOO = 'image: odoo:17';
const all = (...documents: string[]): string => documents.join('---');

testRule(rule, {
  accepts: {
    'A3 it says the port of the other server, as it should': all(
      service(8069),
      deployment(`${ODOO}\n${env('PORT', '"5432"')}`),
    ),
    'A3 it is not set': all(service(8069), deployment(ODOO)),
    'A3 the other server runs in the same Pod': all(
      service(8069),
      deployment(`${ODOO}\n${env('PORT', '"5432"')}\nports: [{ containerPort: 8069 }]`).concat(
        '        - { name: books, image: postgres:17, ports: [{ containerPort: 5432 }] }\n',
      ),
    ),
    'A3 a VPN is told its own port, for its clients': deployment(
      `image: linuxserver/wireguard:1.0.20210914\n${env('SERVERPORT', '"51820"')}\nports: [{ containerPort: 51820, protocol: UDP }]`,
    ),
    'A3 another container of the Pod declares it too': deployment(
      `${ODOO}\n${env('PORT', '"5432"')}\nports: [{ containerPort: 5432 }]`,
    ).concat('        - { name: books, image: postgres:17, ports: [{ containerPort: 5432 }] }\n'),
    'A1 the image does not read it at all': deployment(`image: nginx:1.27\n${env('PORT', '"8080"')}`),
    'B5 a port as the program takes it': deployment(
      `image: ghcr.io/advplyr/audiobookshelf:2.29.0\n${env('PORT', '"3005"')}`,
    ),
    'B5 an address as the program takes it': deployment(
      `image: registry:2\n${env('REGISTRY_HTTP_ADDR', '":5000"')}`,
    ),
    'B5 nobody knows what the program takes': deployment(
      `image: ghcr.io/example/ledger\n${env('PORT', '":3005"')}`,
    ),
    'a placeholder is no value yet': deployment(
      `image: ghcr.io/advplyr/audiobookshelf:2.29.0\n${env('PORT', '"${HOST}:3005"')}`,
    ),
  },
  rejects: {
    'A3 traffic is sent to its number': all(
      service(8080),
      deployment(`${ODOO}\n${env('PORT', '"8080"', 'error')}`),
    ),
    'A3 traffic is sent to its number, which the container declares': all(
      service(8080),
      deployment(`${ODOO}\n${env('PORT', '"8080"', 'error')}\nports: [{ containerPort: 8080 }]`),
    ),
    'A3 it repeats the port that the process has anyway': all(
      service(8069),
      deployment(`${ODOO}\n${env('PORT', '"8069"', 'warning')}`),
    ),
    'A3 the container declares its number': deployment(
      `${ODOO}\n${env('PORT', '"8080"', 'warning')}\nports: [{ containerPort: 8080 }]`,
    ),
    'B5 a blank behind the number': deployment(
      `image: ghcr.io/advplyr/audiobookshelf:2.29.0\n${env('PORT', '"3005 "', 'warning')}`,
    ),
    'B5 an address where a number is wanted': deployment(
      `image: ghcr.io/advplyr/audiobookshelf:2.29.0\n${env('PORT', '127.0.0.1:3005', 'warning')}`,
    ),
    'B5 a number out of range': deployment(
      `image: ghcr.io/advplyr/audiobookshelf:2.29.0\n${env('PORT', '"70000"', 'warning')}`,
    ),
    'B5 a number where an address is wanted': deployment(
      `image: registry:2\n${env('REGISTRY_HTTP_ADDR', '"5000"', 'warning')}`,
    ),
  },
});

const only = (manifest: string): ReturnType<typeof findingsOf>[number] => {
  const findings = findingsOf(rule, sourcesOf(manifest));
  expect(findings).toHaveLength(1);
  return findings[0]!;
};

test('says what it means, what the process does, and what moves its port', () => {
  const { message, help, notes } = only(all(service(8080), deployment(`${ODOO}\n${env('PORT', '"8080"')}`)));
  expect(message).toBe(
    'Deployment `harbour/chandlery` has PORT=8080, which to the image odoo is the port of the PostgreSQL server that it connects to: it listens on 8069',
  );
  expect(help[0]).toMatch(/^the image `odoo` takes its port from the flag `--http-port`/);
  expect(notes).toContainEqual(expect.stringMatching(/^source: /));
});

test('B5 offers the value that was meant', () => {
  const titles = (image: string, name: string, value: string): string[] =>
    only(deployment(`image: ${image}\n${env(name, value)}`)).fixes.map(({ title }) => title);
  expect(titles('ghcr.io/advplyr/audiobookshelf:2.29.0', 'PORT', '":3005"')).toEqual(['write 3005']);
  expect(titles('registry:2', 'REGISTRY_HTTP_ADDR', '"5000"')).toEqual(['write :5000']);
  expect(titles('ghcr.io/advplyr/audiobookshelf:2.29.0', 'PORT', '"70000"')).toEqual([]);
});

test('B5 shows nothing of a Secret', () => {
  const { message, fixes } = only(
    all(
      deployment('image: ghcr.io/advplyr/audiobookshelf:2.29.0\nenvFrom: [{ secretRef: { name: till } }]'),
      '\napiVersion: v1\nkind: Secret\nmetadata: { name: till, namespace: harbour }\nstringData: { PORT: ":3005" }\n',
    ),
  );
  expect(message).toContain('has PORT from Secret `harbour/till`, which has more than a number');
  expect(fixes).toEqual([]);
});
