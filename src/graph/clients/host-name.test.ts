import { expect, test } from 'vitest';
import { servicesMeant } from './host-name.ts';

const meant = (host: string): string[] =>
  servicesMeant(host, 'shop').map(
    ({ service, namespace, pod }) => `${pod === undefined ? '' : `${pod} of `}${namespace}/${service}`,
  );

test.each([
  ['api', ['shop/api']],
  ['api.quay', ['quay/api', 'api of shop/quay']],
  ['api.quay.svc', ['quay/api']],
  ['api.quay.svc.cluster.local', ['quay/api']],
  ['db-0.db.quay.svc.cluster.local', ['db-0 of quay/db']],
  ['db-0.db.quay', ['db-0 of quay/db']],
  ['api.svc', []],
  ['a.b.c.d', []],
  ['a.b.c.d.svc', []],
  ['', []],
])('S-182 %s', (host, services) => expect(meant(host)).toEqual(services));
