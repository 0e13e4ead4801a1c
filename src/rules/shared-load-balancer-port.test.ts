import { testRule } from '../testing/test-rule.ts';
import rule from './shared-load-balancer-port.ts';

const service = (
  name: string,
  port: string,
  { spec = '', annotations = '{}', labels = '{}' } = {},
): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: harbour, annotations: ${annotations}, labels: ${labels} }
spec:
  type: LoadBalancer
  ${spec}
  selector: { app: ${name} }
  ports:
    - ${port}
`;
const WEB = '{ port: 80, targetPort: 8080 }';
const MARK = '# warning: shared-load-balancer-port';
const at = (ip: string): { spec: string } => ({ spec: `loadBalancerIP: ${ip}` });
const metallb = (ip: string, more = ''): { annotations: string } => ({
  annotations: `{ metallb.io/loadBalancerIPs: "${ip}" ${more} }`,
});
const chart = (name: string, kind = 'HelmChartConfig'): string => `
apiVersion: helm.cattle.io/v1
kind: ${kind}
metadata: { name: ${name}, namespace: kube-system }
spec: {}
`;
const pool = '\napiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: { name: pool }\nspec: {}\n';
const daemon = (ports: string, more = ''): string => `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: lighthouse, namespace: harbour }
spec:
  template:
    spec: { ${more} containers: [{ name: a, image: example.com/a, ports: [${ports}] }] }
`;
const all = (...documents: string[]): string => documents.join('---');

testRule(rule, {
  accepts: {
    'each gets an address of its own in a cloud': all(service('pier', WEB), service('quay', WEB)),
    'H4 two addresses': all(service('pier', WEB, at('192.0.2.1')), service('quay', WEB, at('192.0.2.2'))),
    'H4 one address, two ports, one key': all(
      service('pier', WEB, metallb('192.0.2.1', ', metallb.io/allow-shared-ip: harbour')),
      service('quay', '{ port: 443 }', metallb('192.0.2.1', ', metallb.io/allow-shared-ip: harbour')),
    ),
    'whatever address DHCP has for kube-vip': all(
      service('pier', WEB, at('0.0.0.0')),
      service('quay', WEB, at('0.0.0.0')),
    ),
    'H4 TCP and UDP are two ports': all(
      service('pier', '{ port: 53 }', metallb('192.0.2.1')),
      service('quay', '{ port: 53, protocol: UDP }', metallb('192.0.2.1')),
    ),
    'H4 an address that is filled in later': all(
      service('pier', WEB, at('"${IP}"')),
      service('quay', WEB, at('"${IP}"')),
    ),
    'two definitions of one Service': all(
      service('pier', WEB, at('192.0.2.1')),
      service('pier', WEB, at('192.0.2.1')),
    ),
    'S-091 H1 two ports on k3s': all(
      service('pier', WEB),
      service('quay', '{ port: 81 }'),
      chart('lighthouse'),
    ),
    'S-091 H1 with MetalLB each gets its own address': all(
      service('pier', WEB),
      service('quay', WEB),
      chart('traefik'),
      pool,
    ),
    'S-091 H1 RKE2 has no load balancer of its own': all(
      service('pier', WEB),
      service('quay', WEB),
      chart('rke2-ingress-nginx'),
    ),
    'S-091 H1 another load balancer is asked for': all(
      service('pier', WEB, { spec: 'loadBalancerClass: metallb.io/lb' }),
      service('quay', WEB, { spec: 'loadBalancerClass: metallb.io/lb' }),
      chart('traefik'),
    ),
    'S-091 H1 two pools of nodes': all(
      service('pier', WEB, { labels: '{ svccontroller.k3s.cattle.io/lbpool: east }' }),
      service('quay', WEB, { labels: '{ svccontroller.k3s.cattle.io/lbpool: west }' }),
      chart('lighthouse'),
    ),
    'S-091 H2 a DaemonSet on some nodes only': all(
      service('pier', WEB),
      daemon('{ containerPort: 80, hostPort: 80 }', 'nodeSelector: { edge: "yes" },'),
      chart('lighthouse'),
    ),
  },
  rejects: {
    'H4 one address and one port': all(
      service('pier', WEB, at('192.0.2.1')),
      service('quay', `{ targetPort: 8080, port: 80 } ${MARK}`, at('192.0.2.1')),
    ),
    'H4 one address and one port, with a key to share it': all(
      service('pier', WEB, metallb('192.0.2.1', ', metallb.io/allow-shared-ip: harbour')),
      service(
        'quay',
        `{ port: 80 } ${MARK}`,
        metallb('192.0.2.1,2001:db8::1', ', metallb.io/allow-shared-ip: harbour'),
      ),
    ),
    'S-091 H1 two Services on k3s': all(
      service('pier', WEB),
      service('quay', `{ port: 80 } ${MARK}`),
      chart('lighthouse', 'HelmChart'),
    ),
    'S-091 H1 the Traefik of k3s': all(service('pier', `{ port: 443 } ${MARK}`), chart('traefik')),
    'S-090 H1 neither targetPort nor nodePort matters': all(
      service('pier', '{ port: 81, targetPort: 80 }'),
      service('quay', `{ port: 81, targetPort: 8080, nodePort: 30081 } ${MARK}`),
      chart('lighthouse'),
    ),
    'S-091 H2 a DaemonSet with the hostPort': all(
      service('pier', `{ port: 8080 } ${MARK}`),
      daemon('{ containerPort: 80, hostPort: 8080 }'),
      chart('lighthouse'),
    ),
  },
});
