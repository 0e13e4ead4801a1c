import fc from 'fast-check';
import { expect, test } from 'vitest';
import { graphOf } from '../../testing/graph-of.ts';
import type { Hop } from '../links/chain.ts';

const service = (spec: string): string => `
apiVersion: v1
kind: Service
metadata: { name: pier }
spec:
  selector: { app: pier }
  ${spec}
`;
const pod = (container = '{ name: a, image: nginx }'): string => `
apiVersion: v1
kind: Pod
metadata: { name: pier, labels: { app: pier } }
spec: { containers: [${container}] }
`;
const chains = (...documents: string[]): string[] =>
  graphOf(documents.join('---')).chains.map(
    ({ entry, links, state }) =>
      `${entry.kind} ${entry.port} ${state}: ${links.map(({ kind }) => kind).join(' ')}`,
  );

test('S-019 a Service without a type is a ClusterIP', () => {
  expect(chains(service('ports: [{ port: 80 }]'), pod())).toEqual([
    'cluster 80 whole: selector target-port bind',
  ]);
});

test('a LoadBalancer is entered by its port, a NodePort by its nodePort', () => {
  expect(chains(service('type: LoadBalancer\n  ports: [{ port: 80 }]'), pod())).toEqual([
    'load-balancer 80 whole: selector target-port bind',
  ]);
  expect(chains(service('type: NodePort\n  ports: [{ port: 80, nodePort: 30080 }]'), pod())).toEqual([
    'node-port 30080 whole: host selector target-port bind',
  ]);
});

test('S-085 TCP and UDP of one port have one nodePort, even where one of them leaves it out', () => {
  const both = (more: string): string =>
    service(
      `type: NodePort\n  ports: [{ name: a, port: 53, nodePort: 30053 }, { name: b, port: ${more}, protocol: UDP }]`,
    );
  const entries = (document: string): string[] =>
    graphOf(document).chains.map(({ entry }) => `${entry.port}/${entry.protocol}`);
  expect(entries(both('53'))).toEqual(['30053/TCP', '30053/UDP']);
  expect(entries(both('54'))).toEqual(['30053/TCP', 'undefined/UDP']);
});

test('S-089 an external IP is entered by the Service port', () => {
  expect(chains(service('externalIPs: [192.0.2.7]\n  ports: [{ port: 80 }]'), pod())).toEqual([
    'load-balancer 80 whole: selector target-port bind',
  ]);
});

test('S-024 a LoadBalancer may mix TCP and UDP', () => {
  const both = service(
    'type: LoadBalancer\n  ports: [{ name: a, port: 80 }, { name: b, port: 81, protocol: UDP }]',
  );
  expect(chains(both, pod('{ name: a, image: example.com/a }'))).toEqual([
    'load-balancer 80 unproved: selector target-port bind',
    'load-balancer 81 unproved: selector target-port bind',
  ]);
});

test('S-030 a Pod that lacks the name is not on the way, unless all do', () => {
  const lacking = pod('{ name: a, image: nginx }').replace('name: pier,', 'name: quay,');
  const having = pod('{ name: a, image: nginx, ports: [{ name: http, containerPort: 80 }] }');
  const named = service('ports: [{ port: 80, targetPort: http }]');
  expect(chains(named, having, lacking)).toEqual(['cluster 80 whole: selector target-port bind']);
  expect(chains(named, lacking)).toEqual(['cluster 80 broken: selector target-port']);
});

test('S-068 a process on loopback is reached by nobody', () => {
  const loopback =
    '{ name: a, image: "ghcr.io/advplyr/audiobookshelf:2.17.0", env: [{ name: HOST, value: 127.0.0.1 }] }';
  expect(chains(service('ports: [{ port: 80 }]'), pod(loopback))).toEqual([
    'cluster 80 broken: selector target-port bind',
  ]);
});

test('the value that moves the process is part of the way', () => {
  const config =
    '\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: books }\ndata: { PORT: "3005", OTHER_PORT: "1" }\n';
  const reading =
    '{ name: a, image: "ghcr.io/advplyr/audiobookshelf:2.17.0", envFrom: [{ configMapRef: { name: books } }] }';
  expect(chains(service('ports: [{ port: 80, targetPort: 3005 }]'), pod(reading), config)).toEqual([
    'cluster 80 whole: selector target-port bind config',
  ]);
});

test('a hostPort is a way in', () => {
  expect(chains(pod('{ name: a, image: nginx, ports: [{ containerPort: 80, hostPort: 8080 }] }'))).toEqual([
    'host-port 8080 whole: host bind',
  ]);
});

test('a Service that leads nowhere in the input is not whole', () => {
  const bare = '\napiVersion: v1\nkind: Service\nmetadata: { name: pier }\nspec: { ports: [{ port: 80 }] }\n';
  expect(chains(bare)).toEqual(['cluster 80 unproved: target-port']);
});

/** `selector[target-port[bind]]` for each branch. */
const drawn = (hops: readonly Hop[]): string =>
  hops.map(({ link, next }) => link.kind + (next.length > 0 ? `[${drawn(next)}]` : '')).join(', ');

const countHops = (hops: readonly Hop[]): number =>
  hops.reduce((sum, { next }) => sum + 1 + countHops(next), 0);

test('two workloads behind one Service are two branches', () => {
  const other = pod().replace('name: pier,', 'name: quay,');
  const [chain] = graphOf([service('ports: [{ port: 80 }]'), pod(), other].join('---')).chains;
  expect(drawn(chain!.tree)).toBe('selector[target-port[bind]], selector[target-port[bind]]');
  expect(chain!.links.map(({ kind }) => kind)).toEqual([
    'selector',
    'selector',
    'target-port',
    'target-port',
    'bind',
    'bind',
  ]);
});

test('ways that lead to one Service port share what lies behind it', () => {
  const ingress = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: gate }
spec:
  rules:
    - http:
        paths:
          - { path: /a, pathType: Prefix, backend: { service: { name: pier, port: { number: 80 } } } }
          - { path: /b, pathType: Prefix, backend: { service: { name: pier, port: { number: 80 } } } }
`;
  const [a, b] = graphOf([ingress, service('ports: [{ port: 80 }]'), pod()].join('---')).chains;
  expect(drawn(a!.tree)).toBe('backend[selector[target-port[bind]]]');
  expect(a!.tree[0]!.next).toBe(b!.tree[0]!.next);
});

test('a tree holds each link of its chain once, however many Services, ports and workloads there are', () => {
  const several = fc.integer({ min: 1, max: 4 });
  fc.assert(
    fc.property(several, several, several, (services, ports, workloads) => {
      const numbers = (count: number): number[] => [...Array(count).keys()];
      const { chains } = graphOf(
        [
          ...numbers(services).map((index) =>
            service(
              `type: NodePort\n  ports: [${numbers(ports).map((at) => `{ name: p${at}, port: ${80 + at}, targetPort: 80, nodePort: ${30_000 + index * 10 + at} }`)}]`,
            ).replace('name: pier }', `name: pier${index} }`),
          ),
          ...numbers(workloads).map((index) => pod().replace('name: pier,', `name: pier${index},`)),
        ].join('---'),
      );
      expect(chains.length).toBe(services * ports);
      for (const { tree, links } of chains) {
        expect(countHops(tree)).toBe(links.length);
        expect(links.length).toBe(1 + 3 * workloads);
      }
    }),
    { numRuns: 20 },
  );
});

test('behind a UDP port lies nothing for a route of HTTP: controllers that dial Pods are answered all the same', () => {
  const ingress = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: pier }
spec: { rules: [{ http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: pier, port: { number: 80 } } } }] } }] }
`;
  expect(chains(service('ports: [{ port: 80, protocol: UDP }]'), pod(), ingress)).toEqual([
    'ingress 80 unproved: backend',
  ]);
});
