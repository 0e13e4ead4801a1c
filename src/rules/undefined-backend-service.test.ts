import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './undefined-backend-service.ts';

const ingress = (backend: string, namespace = 'harbour'): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: gate, namespace: ${namespace} }
spec:
  rules:
    - host: pier.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              ${backend}
`;
const service = (name = 'pier', namespace = 'harbour'): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { selector: { app: pier }, ports: [{ port: 80 }] }
`;
const workload = (name: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: harbour }
spec: { template: { metadata: { labels: { app: pier } }, spec: { containers: [{ name: pier, image: pier }] } } }
`;
const to = (name: string, mark = ''): string =>
  ingress(
    `service: { name: ${name}, port: { number: 80 } }${mark && ` # ${mark}: undefined-backend-service`}`,
  );

const virtualService = (host: string): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: gate, namespace: harbour }
spec:
  hosts: ["*"]
  http:
    - route:
        - destination:
            host: ${host}
`;
const destinationRule = (host: string): string => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: gate, namespace: harbour }
spec:
  host: ${host}
`;
const rollout = (name: string): string => `
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: pier, namespace: harbour }
spec:
  strategy:
    blueGreen:
      activeService: ${name}
  template: { metadata: { labels: { app: pier } } }
`;
const httpRoute = (ref: string, kind = 'HTTPRoute'): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: { name: gate, namespace: harbour }
spec:
  rules:
    - backendRefs:
        - ${ref}
`;
const MARK = '# error: undefined-backend-service';

testRule(rule, {
  accepts: {
    'S-161 the host of a DestinationRule': `${destinationRule('pier')}---${service()}`,
    'a host that a ServiceEntry makes known, with a subset of which nothing is known': `${virtualService('pier.example.com\n            subset: old')}---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: pier, namespace: harbour }
spec: { hosts: [pier.example.com], ports: [{ number: 80, name: http, protocol: HTTP }] }
---${service('pier', 'yard')}`,
    'S-150 an HTTPRoute reaches a Service of its namespace': `${httpRoute('{ name: pier, port: 80 }')}---${service()}`,
    'S-150 another kind is the concern of its implementation': `${httpRoute('{ group: example.com, kind: Backend, name: lantern }')}---${service()}`,
    'G2 a port that is left out is another mistake': `${httpRoute('{ name: lantern }')}---${service()}`,
    'G4 and so is a namespace that does not permit it': `${httpRoute('{ name: pier, namespace: yard, port: 80 }')}---${service('pier', 'yard')}`,
    'the Service is there': `${to('pier')}---${service()}`,
    'no Service of the namespace is in the input, nor one of this name': `${to('pier')}---${service('quay', 'yard')}`,
    'S-115 a resource backend': `${ingress('resource: { apiGroup: k8s.example.com, kind: StorageBucket, name: icons }')}---${service()}`,
    'a name that is filled in before it is applied': `${to('"${NAME}"')}---${service()}`,
    'a Service whose name is filled in may be the one': `${to('pier')}---${service('"${NAME}"')}`,
    'a template beside the Ingress may define the Service': {
      'k8s/gate.yaml': `${to('pier')}---${service('quay')}`,
      'k8s/templates/pier.yaml': 'kind: Service\nmetadata: { name: {{ .Release.Name }} }\n',
    },
    'and then a Service elsewhere does not matter': {
      'k8s/gate.yaml': `${to('pier')}---${service('quay')}---${service('pier', 'yard')}`,
      'k8s/templates/pier.yaml': 'kind: Service\nmetadata: { name: {{ .Release.Name }} }\n',
    },
    'a port that is missing is another mistake': `${ingress('service: { name: pier, port: { number: 81 } }')}---${service()}`,
  },
  rejects: {
    'S-161 a destination of Istio, by its whole name': `${virtualService(`peir.harbour.svc.cluster.local ${MARK}`)}---${service()}`,
    'S-161 a destination of Istio in another namespace': `${virtualService(`pier.yard.svc.cluster.local ${MARK}`)}---${service()}---${service('quay', 'yard')}`,
    'S-161 a DestinationRule, without which traffic flows all the same': `${destinationRule('peir # warning: undefined-backend-service')}---${service()}`,
    'S-176 a Service that a Rollout switches': `${rollout(`peir ${MARK}`)}---${service()}`,
    'S-150 S-155 an HTTPRoute to a Service that is not there': `${httpRoute(`{ name: peir, port: 80 } ${MARK}`)}---${service()}`,
    'S-155 a TCPRoute': `${httpRoute(`{ name: peir, port: 80 } ${MARK}`, 'TCPRoute')}---${service()}`,
    'S-151 the namespace that it names does not have it either': `${httpRoute(`{ name: peir, namespace: yard, port: 80 } ${MARK}`)}---${service('quay', 'yard')}`,
    'it is in another namespace, which the route does not name': `${httpRoute(`{ name: pier, port: 80 } ${MARK}`)}---${service('pier', 'yard')}---${service('quay')}`,
    'a backend without a name': `${httpRoute(`{ port: 80 } ${MARK}`)}---${service()}`,
    'no client notices a backend of weight 0': `${httpRoute('{ name: peir, port: 80, weight: 0 } # warning: undefined-backend-service')}---${service()}`,
    'S-117 the name is spelled differently': `${to('peir', 'error')}---${service()}---${service('quay')}`,
    'S-117 the Service is in another namespace': `${to('pier', 'error')}---${service('pier', 'yard')}---${service('quay')}`,
    'S-117 and nothing of the namespace is in the input': `${to('pier', 'warning')}---${service('pier', 'yard')}`,
    'no name is near, and a Service of the file is named by nothing': `${to('lighthouse', 'error')}---${service()}---${service('quay')}`,
    'a workload of this name has no Service': `${to('lighthouse', 'error')}---${workload('lighthouse')}---${to('pier').replace('name: gate', 'name: mole')}---${service()}`,
    'the name lacks what the Service ends in': {
      'gate.yaml': to('pier', 'error'),
      'pier.yaml': service('pier-svc'),
    },
    'nothing was plainly meant, so a chart installed by hand may bring it': {
      'gate.yaml': to('lighthouse', 'warning'),
      'pier.yaml': service(),
    },
    'and the Services of its own file are for others': `${to('lighthouse', 'warning')}---${to('pier').replace('name: gate', 'name: mole')}---${service()}`,
    'a Service that says no namespace may be applied to this one': `${to('pier', 'warning')}---${service('pier', '').replace(', namespace: ', '')}---${service('quay')}`,
    'and so may an Ingress': `${to('pier', 'warning').replace(', namespace: harbour', '')}---${service('pier', 'yard')}---${service('quay', 'default')}`,
    'a template somewhere else does not': {
      'k8s/gate.yaml': `${to('pier', 'error')}---${service('quay')}`,
      'chart/templates/pier.yaml': 'kind: Service\nmetadata: { name: {{ .Release.Name }} }\n',
    },
    'S-124 the default backend': `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: gate, namespace: harbour }
spec:
  defaultBackend:
    service:
      name: lantern # error: undefined-backend-service
      port: { number: 80 }
---${service()}`,
    'S-115 neither a Service nor a resource': `${ingress('{ weight: 1 } # error: undefined-backend-service')}---${service()}`,
    'S-123 the fields of v1beta1': `
apiVersion: extensions/v1beta1
kind: Ingress
metadata: { name: gate, namespace: harbour }
spec:
  backend:
    serviceName: piers # error: undefined-backend-service
    servicePort: 80
---${service()}`,
  },
});

test.each([
  ['monitoring.coreos.com/v1', 'PrometheusRule', 1],
  ['security.openshift.io/v1', 'SecurityContextConstraints', 1],
  ['monitoring.coreos.com/v1', 'Prometheus', 0],
  ['acid.zalan.do/v1', 'postgresql', 0],
])('beside a %s %s, whose controller makes Services or not', (apiVersion, kind, count) => {
  const text = `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: pier, namespace: quay }\nspec: { rules: [{ http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: blumen, port: { number: 80 } } } }] } }] }\n---\napiVersion: v1\nkind: Service\nmetadata: { name: pier, namespace: quay }\nspec: { selector: { app: pier }, ports: [{ port: 80 }] }\n---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: other, namespace: quay }\n`;
  expect(
    findingsOf(rule, sourcesOf({ 'a.yaml': text })).filter(({ severity }) => severity === 'error'),
  ).toHaveLength(count);
});
