import { describe, expect, test } from 'vitest';
import { graphOf, linesOf } from '../../testing/graph-of.ts';
import { wordLink } from '../links/evidence.ts';

const all = (...documents: string[]): string => documents.join('---');

const sidecar = (
  ingress: string,
  { name = 'till', selector = 'app: till', namespace = 'harbour' } = {},
): string => `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  ${selector && `workloadSelector: { labels: { ${selector} } }`}
  ingress: [${ingress}]
  egress: [{ hosts: ["./*"] }]
`;
const hand = (number: number | string, endpoint: string): string =>
  `{ port: { number: ${number}, protocol: HTTP, name: http }, ${endpoint && `defaultEndpoint: "${endpoint}"`} }`;
const GRAFANA = 'image: "grafana/grafana:11.1.0"';
const SHUT = `${GRAFANA}, env: [{ name: GF_SERVER_HTTP_ADDR, value: 127.0.0.1 }]`;
const pod = (container = GRAFANA, more = '', labels = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: till, namespace: harbour, labels: { app: till, ${labels} } }
spec: { ${more} containers: [{ name: till, ${container} }] }
`;
const service = (targetPort: number): string => `
apiVersion: v1
kind: Service
metadata: { name: till, namespace: harbour }
spec: { selector: { app: till }, ports: [{ name: http, port: 80, targetPort: ${targetPort} }] }
`;
const binds = (...documents: string[]): string[] => linesOf(all(...documents), 'bind');

describe('a Sidecar of Istio hands a port on', () => {
  test('to another port of the Pod, where the process must be', () => {
    const there = [pod(), service(8080)];
    expect(binds(...there)).toEqual(['broken 8080 → Pod/till:3000']);
    for (const endpoint of ['127.0.0.1:3000', '[::1]:3000', '0.0.0.0:3000', '[::]:3000']) {
      expect(binds(...there, sidecar(hand(8080, endpoint)))).toEqual(['whole 8080 → Pod/till:3000']);
    }
    const [link] = graphOf(all(...there, sidecar(hand(8080, '127.0.0.1:3000')))).binds;
    expect(link && wordLink(link)).toMatch(/; Sidecar till hands 8080 to 127\.0\.0\.1:3000$/);
    expect(link?.process?.listeners).toContain(link?.listener);
  });

  test('to the process of whichever container listens there', () => {
    const two = pod('image: "nginx:1.27"').replace(
      'containers: [',
      `containers: [{ name: chart, ${GRAFANA} }, `,
    );
    const [link] = graphOf(all(two, service(8080), sidecar(hand(8080, '127.0.0.1:80')))).binds;
    expect(link?.process?.listeners.map(({ port }) => port)).toEqual([80]);
  });

  test('I8 to a process on loopback, which nobody else reaches', () => {
    const there = [pod(SHUT), service(3000)];
    expect(binds(...there)).toEqual(['broken 3000 → Pod/till:3000']);
    expect(binds(...there, sidecar(hand(3000, '127.0.0.1:3000')))).toEqual(['whole 3000 → Pod/till:3000']);
    expect(binds(...there, sidecar(hand(3000, '0.0.0.0:3000')))).toEqual(['broken 3000 → Pod/till:3000']);
    expect(binds(pod(SHUT), service(8080), sidecar(hand(8080, '0.0.0.0:3000')))).toEqual([
      'unproved 8080 → nothing',
    ]);
  });

  test('to what cannot be known, and then nothing is proved', () => {
    for (const endpoint of ['127.0.0.1:9000', 'unix:///run/till.sock', '127.0.0.1:${PORT}']) {
      for (const port of [8080, 3000]) {
        expect(binds(pod(), service(port), sidecar(hand(port, endpoint)))).toEqual([
          `unproved ${port} → nothing`,
        ]);
      }
    }
    const [link] = graphOf(all(pod(), service(8080), sidecar(hand(8080, '127.0.0.1:${PORT}')))).binds;
    expect(link && wordLink(link)).toContain('filled in');
  });

  test('for its own Pods alone', () => {
    const there = [pod(), service(8080)];
    const broken = ['broken 8080 → Pod/till:3000'];
    const handing = hand(8080, '127.0.0.1:3000');
    expect(binds(...there, sidecar(handing, { selector: 'app: oven' }))).toEqual(broken);
    expect(binds(...there, sidecar(handing, { namespace: 'quay' }))).toEqual(broken);
    expect(binds(...there, sidecar(handing, { selector: '' }))).toEqual(['whole 8080 → Pod/till:3000']);
    // Only the one that selects the Pods counts, whatever it leaves out.
    const everyone = sidecar(handing, { name: 'everyone', selector: '' });
    expect(binds(...there, everyone, sidecar(''))).toEqual(broken);
  });

  test('for the ports that it names, and where it says an endpoint', () => {
    const broken = ['broken 8080 → Pod/till:3000'];
    expect(binds(pod(), service(8080), sidecar(hand(8081, '127.0.0.1:3000')))).toEqual(broken);
    expect(binds(pod(), service(8080), sidecar(hand(8080, '')))).toEqual(broken);
  });

  test('only where a proxy may be in the Pod', () => {
    const broken = ['broken 8080 → Pod/till:3000'];
    const one = sidecar(hand(8080, '127.0.0.1:3000'));
    expect(binds(pod(GRAFANA, 'hostNetwork: true,'), service(8080), one)).toEqual(broken);
    expect(binds(pod(GRAFANA, '', 'sidecar.istio.io/inject: "false"'), service(8080), one)).toEqual(broken);
    const udp = service(8080).replace('name: http,', 'name: http, protocol: UDP,');
    expect(binds(pod(), udp, one)).toEqual(['broken 8080 → Pod/till:3000']);
  });
});
