import fc from 'fast-check';
import {
  cranes,
  type Mutation,
  mutation,
  type Shop,
  type Written,
  wholeShop,
  yamlOf,
} from '../mutations/shop.ts';

/** A shop as it is applied to a cluster. */
export interface Generated {
  readonly id: string;
  readonly what: string;
  readonly shop: Shop;
  readonly namespaces: Written['namespaces'];
  readonly yaml: string;
}

/** Images of the test cluster whose port a variable moves. */
const IMAGES = [
  'portolan-test/node:1',
  'portolan-test/distroless:1',
  'ghcr.io/advplyr/audiobookshelf:2.17.0',
] as const;

/** What the tool cannot know of these images. */
export const CONFIG = `images:
  - match: portolan-test/node
    ports: [{ port: 80, env: [PORT, { name: BIND_ADDR, form: host }] }]
  - match: portolan-test/distroless
    ports: [{ port: 8080, env: [PORT, { name: BIND_ADDR, form: host }] }]
`;

/** What the mutations of the files have no word for. */
const LIVE = ['whole', 'bound to loopback', 'a class of nobody'] as const;

const variation = fc.oneof(
  { weight: 20, arbitrary: mutation },
  ...LIVE.map((name) => ({
    weight: 1,
    arbitrary: fc.constant<Mutation>({ name, change: (shop) => shop }),
  })),
);

/** Deployments of one seed. */
export function generated(count: number, seed: number, namespaces: Written['namespaces']): Generated[] {
  const drawn = fc.sample(fc.tuple(wholeShop, variation, fc.constantFrom(...IMAGES)), {
    numRuns: count,
    seed,
  });
  return drawn.map(([whole, { name, change }, image], index) => {
    const id = `-${index}`;
    const shop = change(whole);
    const hostVariable = image.startsWith('ghcr.io') ? 'HOST' : 'BIND_ADDR';
    const yaml = yamlOf(shop, {
      id,
      namespaces,
      image,
      variable: 'PORT',
      env: name === 'bound to loopback' ? `{ name: ${hostVariable}, value: 127.0.0.1 }` : '',
      probe: ', periodSeconds: 1',
      className: name === 'a class of nobody' ? 'nobody' : 'traefik',
    });
    return { id, what: name, shop, namespaces, yaml };
  });
}

/** The class of the test cluster's own controller, which is there already. */
export const CLASS = `apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: traefik }
spec: { controller: traefik.io/ingress-controller }
`;

export const bystanders = ({ shop, yard }: Written['namespaces']): string =>
  cranes([shop, yard], 'portolan-test/node:1');
