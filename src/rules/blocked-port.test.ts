import { testRule } from '../testing/test-rule.ts';
import rule from './blocked-port.ts';

const light = (image = 'ghcr.io/example/lighthouse', namespace = 'harbour'): string => `
apiVersion: v1
kind: Service
metadata: { name: lighthouse, namespace: ${namespace} }
spec:
  selector: { app: lighthouse }
  ports: [{ name: http, port: 80, targetPort: 8080 }, { name: metrics, port: 9090, targetPort: metrics }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: lighthouse, namespace: ${namespace} }
spec:
  template:
    metadata: { labels: { app: lighthouse } }
    spec:
      containers: [{ name: lamp, image: ${image}, ports: [{ containerPort: 8080 }, { name: metrics, containerPort: 9100 }] }]
`;
const policy = (spec: string, mark = '', name = 'lighthouse'): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name} ${mark}
  namespace: harbour
spec: ${spec}
`;
const of = (rules: string): string => `{ podSelector: { matchLabels: { app: lighthouse } }, ${rules} }`;
const BOTH = '{ port: 8080 }, { port: metrics }';

const ship = (env: string): string => `${light()}---
apiVersion: v1
kind: Pod
metadata: { name: ship, namespace: harbour, labels: { app: ship } }
spec: { containers: [{ name: bridge, image: example/ship, env: [${env}] }] }
---`;
const out = (ports: string, mark = ''): string =>
  policy(
    `{ podSelector: { matchLabels: { app: ship } }, policyTypes: [Egress], egress: [{ ports: [${ports}, { port: 53, protocol: UDP }] }] }`,
    mark,
    'ship',
  );
const rules = (some: string, mark = ''): string =>
  policy(
    `{ podSelector: { matchLabels: { app: ship } }, policyTypes: [Egress], egress: [${some}] }`,
    mark,
    'ship',
  );
const ciliumTo = (rule: string, mark = ''): string => `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata:
  name: ship ${mark}
  namespace: harbour
spec: { endpointSelector: { matchLabels: { app: ship } }, egress: [{ ${rule} }] }
`;
const db = (host: string): string => `{ name: DB_HOST, value: ${host} }, { name: DB_PORT, value: "5432" }`;
/** Who is let in to the light. */
const inFrom = (peers: string, mark = '', namespace = 'harbour'): string =>
  policy(of(`ingress: [{ from: [${peers}] }]`), mark).replace(
    'namespace: harbour',
    `namespace: ${namespace}`,
  );
const egress = (some: string, mark = ''): string =>
  `${ship('{ name: LIGHT, value: "http://lighthouse:9090" }')}${rules(some, mark)}`;
const TO_LIGHT = '{ ports: [{ port: metrics }] }';

/** A way into the cluster, and the Ingress that it serves. */
const gate = (
  peers: string,
  mark = '',
  { image = 'registry.k8s.io/ingress-nginx/controller:v1.9.6', pod = '' } = {},
): string => `${light()}---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: way, namespace: harbour }
spec: { ingressClassName: nginx, rules: [{ host: light.example.org, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: lighthouse, port: { name: http } } } }] } }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: gate, namespace: gates }
spec:
  template:
    metadata: { labels: { app: gate } }
    spec: { ${pod} containers: [{ name: gate, image: ${image}, ports: [{ containerPort: 80 }] }] }
---${inFrom(peers, mark)}`;
const OF_GATES = 'namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: gates } }';
const PAIR = '{ name: LIGHT_HOST, value: lighthouse }, { name: LIGHT_PORT, value: "80" }';
const OUT = '# warning: blocked-port';

testRule(rule, {
  accepts: {
    'S-177 the client is let out to the port of the Pods': ship(PAIR) + out('{ port: 8080 }'),
    'outside: a Service of another namespace that the input does not have':
      ship(db('db.storage')) + out('{ port: 53 }'),
    'outside: a Pod of another namespace': ship(db('db-0.db.storage')) + out('{ port: 53 }'),
    'outside: a namespace that is called as a domain is':
      ship(db('db.com')).replace('harbour', 'com') + out('{ port: 53 }'),
    'outside: a zone of the company': ship(db('db.corp.example.com')) + out('{ port: 53 }'),
    'outside: a host that is no server to this program':
      ship('{ name: SERVER_HOST, value: ship.example.org }, { name: SERVER_PORT, value: "5432" }') +
      out('{ port: 53 }'),
    'outside: a page that browsers may open':
      ship('{ name: HELP_URL, value: "https://help.example.org" }') + out('{ port: 53 }'),
    'outside: a rule for the port': ship(db('db.example.org')) + out('{ port: 53 }, { port: 5432 }'),
    'outside: a range': ship(db('db.example.org')) + out('{ port: 5000, endPort: 6000 }'),
    'outside: a port to fill in': ship(db('db.example.org')) + out('{ port: "${PORT}" }'),
    'outside: a block that the name may be in':
      ship(db('db.example.org')) + rules('{ to: [{ ipBlock: { cidr: 203.0.113.0/24 } }] }'),
    'outside: an address in a block':
      ship(db('203.0.113.7')) + rules('{ to: [{ ipBlock: { cidr: 203.0.113.0/24 } }] }'),
    'outside: a private address, which may be a Service of selected Pods':
      ship(db('10.1.2.3')) + rules('{ to: [{ podSelector: { matchLabels: { app: db } } }] }'),
    'outside: a web address, which may be the way into this cluster':
      ship('{ name: BACKEND_HOST, value: api.example.org }, { name: BACKEND_PORT, value: "443" }') +
      rules('{ to: [{ namespaceSelector: { matchLabels: { role: gate } } }] }'),
    'outside: names of hosts are for Cilium to know':
      ship(db('db.example.org')) + ciliumTo('toFQDNs: [{ matchName: db.example.org }]'),
    'outside: a policy of another kind may let it out':
      ship(db('db.example.org')) +
      `${out('{ port: 53 }')}---\napiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicy\nmetadata: { name: out }\nspec: {}\n`,
    'names: a rule without ports': egress('{ }'),
    'names: to everybody': egress(`${TO_LIGHT}, { ports: [{ port: 53, protocol: UDP }] }`),
    'names: to the namespace of the name server': egress(
      `${TO_LIGHT}, { to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } } }], ports: [{ port: 53, protocol: UDP }] }`,
    ),
    'names: to a namespace with some label': egress(
      `${TO_LIGHT}, { to: [{ namespaceSelector: { matchLabels: { name: kube-system } } }], ports: [{ port: 53, protocol: UDP }] }`,
    ),
    'names: to an address, which may be that of the name server': egress(
      `${TO_LIGHT}, { to: [{ ipBlock: { cidr: 169.254.20.10/32 } }], ports: [{ port: 53, protocol: UDP }] }`,
    ),
    'names: at the port of the Pods of OpenShift': egress(
      `${TO_LIGHT}, { to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: openshift-dns } } }], ports: [{ port: 5353, protocol: UDP }] }`,
    ),
    'names: the client dials nothing': egress('{ ports: [{ port: 80 }] }').replace(/env: \[.*?\]/, 'env: []'),
    'names: a policy that the input does not follow may let them out': `${egress(TO_LIGHT)}---\napiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata: { name: dns }\nspec: {}\n`,
    'in: the client is among those let in': `${ship(PAIR)}${inFrom('{ podSelector: { matchLabels: { app: ship } } }')}`,
    'in: everybody of the namespace': `${ship(PAIR)}${inFrom('{ podSelector: { } }')}`,
    'in: an address, which may be anyone': `${ship(PAIR)}${inFrom('{ ipBlock: { cidr: 10.0.0.0/8 } }')}`,
    'in: a label that is given at run time': `${ship(PAIR)}${inFrom('{ podSelector: { matchLabels: { statefulset.kubernetes.io/pod-name: ship-0 } } }')}`,
    'in: a client on the network of its node': `${ship(PAIR).replace('spec: { containers: [{ name: bridge', 'spec: { hostNetwork: true, containers: [{ name: bridge')}${inFrom('{ podSelector: { matchLabels: { app: boat } } }')}`,
    'in: the controller of the Ingress': gate(`{ ${OF_GATES}, podSelector: { matchLabels: { app: gate } } }`),
    'in: a namespace whose labels nobody tells': gate(
      '{ namespaceSelector: { matchLabels: { role: gate } } }',
    ),
    'in: a controller that is not in the input': gate('{ podSelector: { } }', '', { image: 'example/other' }),
    'in: a controller on the network of its node': gate('{ podSelector: { } }', '', {
      pod: 'hostNetwork: true,',
    }),
    'a policy for other Pods': ship(PAIR) + out('{ port: 53 }').replace('app: ship', 'app: boat'),
    'without policies': light(),
    'I4 every port is let in': `${light()}---${policy(of(`ingress: [{ ports: [${BOTH}] }]`))}`,
    'S-178 a rule without ports lets every port in': `${light()}---${policy(of('ingress: [{ from: [{ podSelector: {} }] }]'))}`,
    'S-178 two policies add up': `${light()}---${policy(of('ingress: [{ ports: [{ port: 8080 }] }]'))}---${policy(of('ingress: [{ ports: [{ port: 9100 }] }]'), '', 'metrics')}`,
    'S-180 a range has both': `${light()}---${policy(of('ingress: [{ ports: [{ port: 8000, endPort: 9999 }] }]'))}`,
    'S-181 a policy for egress alone': `${light()}---${policy(of('policyTypes: [Egress]'))}`,
    'S-177 a policy and Pods of two namespaces': `${light(undefined, 'shipyard')}---${policy(of('ingress: []'))}`,
    'I1 a policy that says the Service port has a rule of its own': `${light()}---${policy(of('ingress: [{ ports: [{ port: 80 }, { port: metrics }] }]'))}`,
    'I3 so has one with a name that nobody declares': `${light()}---${policy(of('ingress: [{ ports: [{ port: web }, { port: metrics }] }]'))}`,
    'nothing listens there, so there is nothing to let in': `${light('nginx:1.27')}---${policy(of('ingress: [{ ports: [{ port: 80 }] }]'))}`,
  },
  rejects: {
    'S-177 a host and a port that no policy lets out to': ship(PAIR) + out('{ port: 53 }', OUT),
    'names: only to the Pods that are dialled': egress(TO_LIGHT, OUT),
    'names: a port without a protocol is TCP': egress(`${TO_LIGHT}, { ports: [{ port: 53 }] }`, OUT),
    'names: to Pods of its own namespace': egress(
      '{ to: [{ podSelector: { } }], ports: [{ port: 53, protocol: UDP }, { port: metrics }] }',
      OUT,
    ),
    'names: at the port of the Service of OpenShift': egress(
      `${TO_LIGHT}, { to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: openshift-dns } } }], ports: [{ port: 53, protocol: UDP }] }`,
      OUT,
    ),
    'in: a label one letter off': `${ship(PAIR)}${policy(of('ingress: [{ from: [{ podSelector: { matchLabels: { app: shop # warning: blocked-port\n } } }] }]'))}`,
    'in: others alone': `${ship(PAIR)}${inFrom('{ podSelector: { matchLabels: { app: boat, role: client } } }', OUT)}`,
    'in: the controller of the Ingress is in another namespace': gate('{ podSelector: { } }', OUT),
    'in: the labels of the controller, and the namespace of the policy': gate(
      '{ podSelector: { matchLabels: { app: gate # warning: blocked-port\n } } }',
    ),
    'S-177 a URL that no policy lets out to':
      ship('{ name: LIGHT, value: "http://lighthouse:9090" }') + out('{ port: 8080 }', OUT),
    'outside: a name, and the port of no rule': ship(db('db.example.org')) + out('{ port: 53 }', OUT),
    'outside: Pods are no hosts of the Internet':
      ship(db('db.example.org')) +
      rules('{ to: [{ podSelector: {} }], ports: [{ port: 5432 }] }, { ports: [{ port: 53 }] }', OUT),
    'outside: nothing at all is let out': ship(db('10.1.2.3')) + rules('', OUT),
    'outside: an address in no block':
      ship(db('203.0.113.7')) + rules('{ to: [{ ipBlock: { cidr: 198.51.100.0/24 } }] }', OUT),
    'outside: an address that is an exception':
      ship(db('10.1.2.3')) + rules('{ to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }] }', OUT),
    'outside: a name of a port, which Pods have': ship(db('db.example.org')) + out('{ port: postgres }', OUT),
    'outside: a URL':
      ship('{ name: DATABASE_URL, value: "postgres://db.example.org/ships" }') + out('{ port: 443 }', OUT),
    'outside: an ExternalName': `${ship(db('db'))}
apiVersion: v1
kind: Service
metadata: { name: db, namespace: harbour }
spec: { type: ExternalName, externalName: db.example.org }
---${out('{ port: 53 }', OUT)}`,
    'outside: Cilium, to Pods alone':
      ship(db('db.example.org')) + ciliumTo('toEndpoints: [{ matchLabels: { app: db } }]', OUT),
    'I4 a new listener that the policy does not know': `${light()}---${policy(of('ingress: [{ ports: [{ port: 8080 }] }]'), '# warning: blocked-port')}`,
    'S-178 the number for another protocol': `${light()}---${policy(of('ingress: [{ ports: [{ port: 8080, protocol: UDP }, { port: metrics }] }]'), '# warning: blocked-port')}`,
    'I1 everything is denied and nothing let in': `${light()}---${policy('{ podSelector: {}, policyTypes: [Ingress] }', '# warning: blocked-port # warning: blocked-port', 'deny')}`,
    'two policies, and neither lets it in': `${light()}---${policy('{ podSelector: {} }', '# warning: blocked-port', 'deny')}---${policy(of('ingress: [{ ports: [{ port: 8080 }] }]'))}`,
  },
});
