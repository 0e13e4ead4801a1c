import { describe, expect, test } from 'vitest';
import { pod, service, told } from '../testing-containers.ts';

const link = (name: string, services: string, spec = ''): string | undefined =>
  told(pod('image: shop', spec) + services).environment.links.find(name)?.shape;

describe('serviceLinks', () => {
  const db = service('my-db', '{ name: pg-main, port: 5432, targetPort: 6432 }, { name: admin, port: 81 }');

  test.each([
    ['S-110 the host is the cluster IP', 'MY_DB_SERVICE_HOST', '<clusterIP>'],
    ['S-110 the first port, not its target', 'MY_DB_SERVICE_PORT', '5432'],
    ['S-110 a named port', 'MY_DB_SERVICE_PORT_PG_MAIN', '5432'],
    ['S-110 another named port', 'MY_DB_SERVICE_PORT_ADMIN', '81'],
    ['S-110 no port of this name', 'MY_DB_SERVICE_PORT_WEB', undefined],
    ['S-111 the first port is a URL', 'MY_DB_PORT', 'tcp://<clusterIP>:5432'],
    ['S-111 a port is a URL', 'MY_DB_PORT_81_TCP', 'tcp://<clusterIP>:81'],
    ['S-111 its protocol', 'MY_DB_PORT_81_TCP_PROTO', 'tcp'],
    ['S-111 its number', 'MY_DB_PORT_81_TCP_PORT', '81'],
    ['S-111 its address', 'MY_DB_PORT_81_TCP_ADDR', '<clusterIP>'],
    ['S-111 no port of this protocol', 'MY_DB_PORT_81_UDP', undefined],
    ['a name in lower case', 'my_db_PORT', undefined],
    ['no Service', 'OTHER_PORT', undefined],
    ['no link at all', 'MY_DB', undefined],
  ])('%s: %s', (_, name, shape) => expect(link(name, db)).toBe(shape));

  test('S-110 a name that begins with a digit is not changed', () =>
    expect(link('3SCALE_SERVICE_PORT', service('3scale', '{ port: 80 }'))).toBe('80'));

  test('S-111 a cluster IP that is written down is known, IPv6 in brackets', () => {
    expect(link('WEB_PORT', service('web', '{ port: 80 }', 'clusterIP: 10.43.0.7'))).toBe(
      'tcp://10.43.0.7:80',
    );
    expect(link('WEB_PORT', service('web', '{ port: 53, protocol: UDP }', 'clusterIP: "fd00::7"'))).toBe(
      'udp://[fd00::7]:53',
    );
    expect(link('WEB_SERVICE_HOST', service('web', '{ port: 80 }', 'clusterIP: "fd00::7"'))).toBe('fd00::7');
  });

  test('a number that is not known', () =>
    expect(link('WEB_SERVICE_PORT', service('web', '{ port: "${PORT}" }'))).toBe('<port>'));

  test('S-113 two Services that write one name leave it unknown', () => {
    const both = service('foo', '{ port: 80 }') + service('foo-service', '{ port: 81 }');
    const { environment } = told(pod('image: shop') + both);
    expect(environment.links.find('FOO_SERVICE_PORT')).toMatchObject({ value: undefined });
    expect(environment.links.find('FOO_SERVICE_SERVICE_PORT')).toMatchObject({ value: '81' });
  });

  test.each([
    ['a headless Service', 'clusterIP: None'],
    ['ExternalName', 'type: ExternalName, externalName: db.example'],
  ])('S-114 %s gives none', (_, spec) =>
    expect(link('WEB_PORT', service('web', '{ port: 80 }', spec))).toBeUndefined(),
  );

  test.each(['NodePort', 'LoadBalancer', 'ClusterIP'])('S-114 a Service of type %s does', (type) =>
    expect(link('WEB_SERVICE_PORT', service('web', '{ port: 80 }', `type: ${type}`))).toBe('80'),
  );

  test('S-114 enableServiceLinks: false leaves kubernetes alone', () => {
    const web = service('web', '{ port: 80 }');
    expect(link('WEB_PORT', web, 'enableServiceLinks: false')).toBeUndefined();
    expect(link('KUBERNETES_SERVICE_PORT', web, 'enableServiceLinks: false')).toBe('<the API server>');
  });

  test('S-114 a Service of its own named kubernetes replaces it when links are on', () => {
    const own = service('kubernetes', '{ port: 80 }');
    expect(link('KUBERNETES_SERVICE_PORT', own)).toBe('80');
    expect(link('KUBERNETES_SERVICE_PORT', own, 'enableServiceLinks: false')).toBe('<the API server>');
  });

  test('a Service of another namespace gives none', () => {
    const elsewhere = service('web', '{ port: 80 }').replace('name: web', 'name: web, namespace: other');
    expect(link('WEB_PORT', elsewhere)).toBeUndefined();
  });

  test.each([
    ['WEB_PORT', true],
    ['FOO_SERVICE_PORT', true],
    ['WEB_PORTS', false],
    ['PORT', false],
    ['$(WEB_PORT', false],
    ['SHOP_SERVICE_HOST', false],
  ])('whether a Service outside the input can give %s: %s', (name, may) => {
    const { links } = told(
      pod('image: shop') + service('shop', '{ port: 80 }', 'clusterIP: None'),
    ).environment;
    expect(links.mayBeOutside(name)).toBe(may);
  });
});
