import { testRule } from '../testing/test-rule.ts';
import rule from './policy-on-service-port.ts';

const shop = (
  servicePorts = '[{ port: 80, targetPort: 8080 }]',
  namespace = 'harbour',
  image = 'ghcr.io/example/bakery',
): string => `
apiVersion: v1
kind: Service
metadata: { name: bakery, namespace: ${namespace} }
spec: { selector: { app: bakery }, ports: ${servicePorts} }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: bakery, namespace: ${namespace} }
spec:
  template:
    metadata: { labels: { app: bakery } }
    spec:
      containers: [{ name: bakery, image: ${image}, ports: [{ name: http, containerPort: 8080 }] }]
`;
const customer = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: customer, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: customer } }
    spec: { containers: [{ name: customer, image: ghcr.io/example/customer }] }
`;
const policy = (ports: string, name = 'bakery'): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: harbour }
spec:
  podSelector: { matchLabels: { app: bakery } }
  ingress:
    - ports:
        - ${ports}
`;
const egress = (ports: string): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: customer, namespace: harbour }
spec:
  podSelector: { matchLabels: { app: customer } }
  policyTypes: [Egress]
  egress:
    - to: [{ podSelector: { matchLabels: { app: bakery } } }]
      ports:
        - ${ports}
`;
const cilium = (port: string): string => `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: bakery, namespace: harbour }
spec:
  endpointSelector: { matchLabels: { app: bakery } }
  ingress:
    - toPorts:
        - ports:
            - ${port}
`;

const DNS = `
apiVersion: v1
kind: Service
metadata: { name: dns, namespace: harbour }
spec: { selector: { app: dns }, ports: [{ name: dns, port: 53, targetPort: 5353, protocol: UDP }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: dns, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: dns } }
    spec:
      containers: [{ name: dns, image: ghcr.io/example/dns, ports: [{ containerPort: 5353, protocol: UDP }] }]
`;

testRule(rule, {
  accepts: {
    "I1 S-177 the Pods' number": `${shop()}---${policy('port: 8080')}`,
    'I1 S-177 both numbers are equal': `${shop('[{ port: 8080 }]')}---${policy('port: 8080')}`,
    'S-179 the name of the container port': `${shop()}---${policy('port: http')}`,
    'S-178 the number for another protocol': `${shop()}---${policy('{ port: 80, protocol: UDP }')}`,
    'S-178 another policy admits the Pod port': `${shop()}---${policy('port: 80')}---${policy('port: 8080', 'all')}`,
    'another port of the rule admits the Pod port': `${shop()}---${policy('port: 80\n        - port: 8080')}`,
    'S-180 a range with the Pod port': `${shop()}---${policy('{ port: 80, endPort: 9000 }')}`,
    'S-177 a policy and a Service of two namespaces never meet': `${shop(undefined, 'shipyard')}---${policy('port: 80')}`,
    'the process is known to listen on the number, so it is the Service that is wrong': `${shop(undefined, 'harbour', 'nginx:1.27')}---${policy('port: 80')}`,
    'a number that is no port of a Service': `${shop()}---${policy('port: 9090')}`,
    'another port of the Service sends to it': `${shop('[{ name: a, port: 80, targetPort: 8080 }, { name: b, port: 81, targetPort: 80 }]')}---${policy('port: 80')}`,
    'I1 S-177 egress with the number of the Pods': `${shop()}---${customer}---${egress('port: 8080')}`,
    'S-180 a range may be meant for more than the Service': `${shop()}---${policy('{ port: 80, endPort: 90 }')}`,
    'S-178 another policy lets the traffic out': `${shop()}---${customer}---${egress('port: 80')}---${egress('port: 8080').replace('name: customer', 'name: more')}`,
    'egress of Pods that are not in the input': `${shop()}---${egress('port: 80')}`,
    'a policy of another kind may admit it': `${shop()}---${policy('port: 80')}---\napiVersion: crd.projectcalico.org/v1\nkind: GlobalNetworkPolicy\nmetadata: { name: all }\n`,
    'a template beside it may admit the Pod port': {
      'app.yaml': `${shop()}---${policy('port: 80')}`,
      'more.yaml': 'kind: NetworkPolicy\nmetadata: { name: {{ .Release.Name }} }\n',
    },
  },
  rejects: {
    "I1 S-177 the Service's number": `${shop()}---${policy('port: 80 # error: policy-on-service-port')}`,
    'I1 S-181 probes succeed all the same': `${shop().replace('image: ghcr.io/example/bakery,', 'image: ghcr.io/example/bakery, readinessProbe: { httpGet: { port: http } },')}---${policy('port: 80 # error: policy-on-service-port')}`,
    'I1 S-177 egress with the number of the Service': `${shop()}---${customer}---${egress('port: 80 # error: policy-on-service-port')}`,
    'I1 the Service says the name of the port': `${shop('[{ port: 80, targetPort: http }]')}---${policy('port: 80 # error: policy-on-service-port')}`,
    'Cilium writes the number as text': `${shop()}---${cilium('port: "80" # error: policy-on-service-port')}`,
    'I5 DNS: the port of the Service, where the Pods have another': `${DNS}---${customer}---${egress('{ port: 53, protocol: UDP } # error: policy-on-service-port').replace('{ app: bakery }', '{ app: dns }')}`,
    'both directions': `${shop()}---${customer}---${policy('port: 80 # error: policy-on-service-port')}---${egress('port: 80 # error: policy-on-service-port')}`,
    'two workloads behind the Service are one mistake': `${shop()}---${shop().replace('kind: Service\nmetadata: { name: bakery,', 'kind: Service\nmetadata: { name: night,').replace('kind: Deployment\nmetadata: { name: bakery,', 'kind: Deployment\nmetadata: { name: night,')}---${policy('port: 80 # error: policy-on-service-port')}`,
  },
});
