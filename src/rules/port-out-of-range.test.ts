import { testRule } from '../testing/test-rule.ts';
import rule from './port-out-of-range.ts';

const service = (port: string, more = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: bakery, namespace: harbour }
spec:
  ${more}
  selector: { app: bakery }
  ports:
    - ${port}
`;
const pod = (container: string, role = 'containers'): string => `
apiVersion: v1
kind: Pod
metadata: { name: bakery, namespace: harbour, labels: { app: bakery } }
spec:
  ${role}:
    - name: oven
      image: ghcr.io/example/oven
      ${container}
`;
const ingress = (port: string): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: bakery, namespace: harbour }
spec:
  defaultBackend:
    service:
      name: bakery
      port: ${port}
`;
const endpoints = (kind: string, apiVersion: string, port: string): string => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: bakery, namespace: harbour }
${kind === 'Endpoints' ? `subsets: [{ ports: [{ port: ${port} }] }]` : `ports: [{ port: ${port} }]`}
`;

testRule(rule, {
  accepts: {
    'a number that is filled in later': `${service('{ port: PORT, targetPort: "<port>" }')}---${pod('ports: [{ containerPort: CONTAINER_PORT }]')}`,
    'S-003 both ends of the range': `${service('{ port: 1, targetPort: 65535 }')}---${pod('ports: [{ containerPort: 65535, hostPort: 1 }]')}`,
    'S-003, S-013 targetPort 0 is left out': service('{ port: 80, targetPort: 0 }'),
    'S-003 hostPort 0 and nodePort 0 are unset': `${service('{ port: 80, nodePort: 0 }', 'type: NodePort')}---${pod('ports: [{ containerPort: 80, hostPort: 0 }]')}`,
    'S-082 a nodePort outside its own range is another mistake': service(
      '{ port: 80, nodePort: 80 }',
      'type: NodePort',
    ),
    'S-003 the port of an EndpointSlice is not checked': endpoints(
      'EndpointSlice',
      'discovery.k8s.io/v1',
      '70000',
    ),
    'S-116 number 0 counts as unset beside a name': ingress('{ name: http, number: 0 }'),
    'S-002 quoted digits are another mistake': service('{ port: "70000", targetPort: "70000" }'),
    'names where they may stand': `${service('{ port: 80, targetPort: http }')}---${pod('livenessProbe: { httpGet: { port: http } }')}`,
    'what another tool fills in': service('port: ${PORT}\n      targetPort: $(PORT)'),
    'a piece of a Service, to be merged into a whole one': `
apiVersion: v1
kind: Service
metadata: { name: bakery }
spec: { ports: [{ name: http, targetPort: 80 }] }
`,
    'a piece of a Deployment': `
apiVersion: apps/v1
kind: Deployment
metadata: { name: bakery }
spec: { template: { spec: { containers: [{ name: oven, ports: [{ name: http }] }] } } }
`,
  },
  rejects: {
    'S-003 a Service port 0': service('{ port: 0 } # error: port-out-of-range'),
    'S-003 one above': service('{ port: 65536 } # error: port-out-of-range'),
    'S-003 below zero': service('{ port: 80, targetPort: -1 } # error: port-out-of-range'),
    'S-003 a targetPort above': `${service('{ port: 80, targetPort: 80800 } # error: port-out-of-range')}---${pod('')}`,
    'S-003 a nodePort that is no port at all': service(
      '{ port: 80, nodePort: 300800 } # error: port-out-of-range',
      'type: NodePort',
    ),
    'S-003 containerPort 0': pod('ports: [{ containerPort: 0 }] # error: port-out-of-range'),
    'S-003 a containerPort of an init container': pod(
      'ports: [{ containerPort: 70000 }] # error: port-out-of-range',
      'initContainers',
    ),
    'S-003 a hostPort': pod('ports: [{ containerPort: 80, hostPort: 80000 }] # error: port-out-of-range'),
    'S-003, S-071 a probe': pod('livenessProbe: { tcpSocket: { port: 0 } } # error: port-out-of-range'),
    'S-074 a gRPC probe': pod('livenessProbe: { grpc: { port: 99999 } } # error: port-out-of-range'),
    'S-076 a hook': pod('lifecycle: { preStop: { httpGet: { port: 99999 } } } # error: port-out-of-range'),
    'S-116 an Ingress backend': ingress('{ number: 70000 } # error: port-out-of-range'),
    'S-116 number 0 counts as unset, and nothing else is given': ingress(
      '{ number: 0 } # error: port-out-of-range',
    ),
    'S-003 the port of Endpoints': endpoints('Endpoints', 'v1', '70000').replace(
      ' }] }]',
      ' }] }] # error: port-out-of-range',
    ),
    'S-001 a word where only a number fits': service('{ port: http } # error: port-out-of-range'),
    'S-001 no whole number': service('{ port: 80, targetPort: 80.5 } # error: port-out-of-range'),
    'S-001 a boolean': service('{ port: 80, targetPort: true } # error: port-out-of-range'),
    'S-088 a health check': service('{ port: 80 }', 'healthCheckNodePort: 99999 # error: port-out-of-range'),
    'S-180 the end of a range of a NetworkPolicy':
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: a }\nspec: { ingress: [{ ports: [{ port: 8080, endPort: 70000 }] }] } # error: port-out-of-range',
    'S-003 a webhook':
      'apiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata: { name: a }\nspec: { service: { namespace: b, name: c, port: 70000 } } # error: port-out-of-range',
    'S-003 nothing at all': service('{ targetPort: 80 } # error: port-out-of-range'),
    'S-003 a port of a container without a number': pod('ports: [{ name: http }] # error: port-out-of-range'),
  },
});
