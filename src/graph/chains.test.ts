import { expect, test } from 'vitest';
import { graphOf } from '../testing/graph-of.ts';

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
