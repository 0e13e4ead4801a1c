import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './service-link-collision.ts';

const service = (name: string, mark = '', spec = ''): string => `
apiVersion: v1
kind: Service
metadata:
  namespace: harbour
  name: ${name}${mark}
spec: { selector: { app: mast }, ports: [{ port: 80 }]${spec} }
`;
const pod = (image: string, more = '', spec = '', namespace = 'harbour'): string => `
apiVersion: v1
kind: Pod
metadata: { name: mast, namespace: ${namespace} }
spec:
  ${spec}
  containers:
    - name: sail
      image: ${image}
      ${more}
`;
const VAULTWARDEN = 'vaultwarden/server:1.32.0';
const ERROR = ' # error: service-link-collision';
const WARNING = ' # warning: service-link-collision';
const all = (...documents: string[]): string => documents.join('---');

const half = (env: string, spec = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: oven, namespace: harbour }
spec: { ${spec}containers: [{ name: oven, image: example/oven, env: [${env}] }] }
---
apiVersion: v1
kind: Service
metadata:
  name: flour
  namespace: harbour
spec: { selector: { app: flour }, ports: [{ port: 3306 }] }
`;
const BY_HAND = '{ name: FLOUR_HOST, value: flour }';
const HALF = '# warning: service-link-collision';

testRule(rule, {
  accepts: {
    'S-112 a flag goes before the variable': all(
      pod('quay.io/stefanprodan/podinfo:1.4.0', 'command: [./podinfo, --port=9898]'),
      service('podinfo'),
    ),
    'S-112 a version that passes over such a value': all(
      pod('quay.io/stefanprodan/podinfo:6.7.0'),
      service('podinfo'),
    ),
    'S-112 host and port are set by hand': half(`${BY_HAND}, { name: FLOUR_PORT, value: "3306" }`),
    'S-112 a host of another name': half('{ name: STORE_HOST, value: flour }'),
    'S-112 the host of a link by hand, and its port, too': half(
      '{ name: FLOUR_SERVICE_HOST, value: flour }, { name: FLOUR_SERVICE_PORT, value: "3306" }',
    ),
    'S-114 no links': half(BY_HAND, 'enableServiceLinks: false, '),
    'S-112 B1 another name': all(service('mast'), pod(VAULTWARDEN)),
    'S-112 B1 the variable is set': all(
      service('rocket'),
      pod(VAULTWARDEN, 'env: [{ name: ROCKET_PORT, value: "80" }]'),
    ),
    'S-114 B1 links are off': all(service('rocket'), pod(VAULTWARDEN, '', 'enableServiceLinks: false')),
    'S-114 B1 a headless Service gives none': all(
      service('rocket', '', ', clusterIP: None'),
      pod(VAULTWARDEN),
    ),
    'S-114 B1 a Service of another namespace': all(service('rocket'), pod(VAULTWARDEN, '', '', 'shipyard')),
    'B1 the image knows such values': all(service('n8n'), pod('n8nio/n8n:1.80.0')),
    'S-094 B1 a source that is not in the input may set it': all(
      service('rocket'),
      pod(VAULTWARDEN, 'envFrom: [{ secretRef: { name: mast } }]'),
    ),
    'B2 another server has another name': all(
      service('valkey'),
      pod('ghcr.io/immich-app/immich-server:v2.0.0'),
    ),
  },
  rejects: {
    'S-112 a version that dies of it': all(
      pod('quay.io/stefanprodan/podinfo:1.4.0'),
      service('podinfo', ERROR),
    ),
    'S-112 a host by hand, and the port is left to the link': half(BY_HAND).replace(
      'FLOUR_HOST, value: flour }] }] }',
      `FLOUR_HOST, value: flour }] }] } ${HALF}`,
    ),
    'S-112 the host of a link by hand, and the plain port is left to the link': half(
      '{ name: FLOUR_SERVICE_HOST, value: flour }',
    ).replace('value: flour }] }] }', `value: flour }] }] } ${HALF}`),
    'S-111 a Service called flour-service sets FLOUR_SERVICE_PORT to a URL': half(
      '{ name: FLOUR_SERVICE_HOST, value: flour }',
    )
      .replace('value: flour }] }] }', `value: flour }] }] } ${HALF}`)
      .replace('name: flour\n', 'name: flour-service\n'),
    'S-112 B1 a crash that is documented': all(service('rocket', ERROR), pod(VAULTWARDEN)),
    'S-112 B1 a crash that follows from the name alone': all(
      service('nd', WARNING),
      pod('deluan/navidrome:0.54.0'),
    ),
    'S-112 B1 what comes of it is not known': all(service('registry', WARNING), pod('registry:2')),
    'S-112 B2 the variable is one of another server': all(service('pma', WARNING), pod('phpmyadmin:5')),
    'S-112 B2 the server that it connects to': all(
      service('redis', WARNING),
      pod('ghcr.io/immich-app/immich-server:v2.0.0'),
    ),
  },
});

test('shows the variable, its source and what keeps it out', () => {
  const [finding] = findingsOf(rule, sourcesOf(all(service('rocket'), pod(VAULTWARDEN))));
  expect(finding!.message).toBe(
    'Service `harbour/rocket` puts ROCKET_PORT=tcp://<clusterIP>:80 into container `sail` of Pod `harbour/mast`, and the image vaultwarden reads ROCKET_PORT as a setting of its own',
  );
  expect(finding!.notes).toContainEqual(expect.stringMatching(/^source: /));
  expect(finding!.fixes.map(({ title }) => title)).toEqual(['set enableServiceLinks to false']);
});

test('offers no second enableServiceLinks', () => {
  const manifest = all(service('rocket'), pod(VAULTWARDEN, '', 'enableServiceLinks: true'));
  expect(findingsOf(rule, sourcesOf(manifest)).map(({ fixes }) => fixes)).toEqual([[]]);
});
