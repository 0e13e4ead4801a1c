import {
  all,
  declares,
  ingress,
  ingressClass,
  nginx,
  outside,
  pods,
  selects,
  service,
  testModes,
  web,
} from '../testing/test-modes.ts';

testModes({
  "E1 E14 the container's port, beside a path that is right": {
    rule: 'controller-dependent-backend',
    broken: all(
      ingress('name: pier, port: { number: 80 }', {
        path: ', { path: /tea, pathType: Prefix, backend: { service: { name: pier, port: { number: 8080 } } } }',
      }),
      service(`${selects}, ports: [{ port: 80, targetPort: 8080 }]`),
      pods('image: example.com/pier, ports: [{ containerPort: 8080 }]'),
    ),
    fixed: all(
      ingress('name: pier, port: { number: 80 }', {
        path: ', { path: /tea, pathType: Prefix, backend: { service: { name: pier, port: { number: 80 } } } }',
      }),
      service(`${selects}, ports: [{ port: 80, targetPort: 8080 }]`),
      pods('image: example.com/pier, ports: [{ containerPort: 8080 }]'),
    ),
  },
  "E2 the container's port name": {
    rule: 'undefined-backend-port',
    broken: all(
      ingress('name: pier, port: { name: http }'),
      service(web),
      pods(declares('{ name: http, containerPort: 80 }')),
    ),
    fixed: all(
      ingress('name: pier, port: { name: web }'),
      service(web),
      pods(declares('{ name: http, containerPort: 80 }')),
    ),
  },
  'E2 a number as a name': {
    rule: 'undefined-backend-port',
    broken: all(ingress('name: pier, port: { name: "80" }'), service(web), pods(nginx)),
    fixed: all(ingress('name: pier, port: { number: 80 }'), service(web), pods(nginx)),
  },
  'E3 a targetPort that ingress-nginx takes': {
    rule: 'controller-dependent-backend',
    broken: all(
      ingress('name: pier, port: { number: 8080 }', outside),
      ingressClass('k8s.io/ingress-nginx'),
      service(`${selects}, ports: [{ port: 80, targetPort: 8080 }]`),
    ),
    fixed: all(
      ingress('name: pier, port: { number: 80 }', outside),
      ingressClass('k8s.io/ingress-nginx'),
      service(`${selects}, ports: [{ port: 80, targetPort: 8080 }]`),
    ),
  },
  'E4 a Service of another namespace': {
    rule: 'undefined-backend-service',
    broken: all(
      ingress('name: pier, port: { number: 80 }'),
      service(web).replace('namespace: harbour', 'namespace: yard'),
      service(web).replace('name: pier', 'name: quay'),
      pods(nginx),
      pods(nginx).replace('namespace: harbour', 'namespace: yard'),
    ),
    fixed: all(ingress('name: pier, port: { number: 80 }'), service(web), pods(nginx)),
  },
  'E5 a class that is not there': {
    rule: 'unserved-ingress',
    broken: all(
      ingress('name: pier, port: { number: 80 }', { spec: 'ingressClassName: ouside' }),
      ingressClass('k8s.io/ingress-nginx'),
      service(web),
      pods(nginx),
    ),
    fixed: all(
      ingress('name: pier, port: { number: 80 }', outside),
      ingressClass('k8s.io/ingress-nginx'),
      service(web),
      pods(nginx),
    ),
  },
  'E6 HTTP to a backend with TLS': {
    rule: 'backend-protocol-mismatch',
    broken: all(
      ingress('name: pier, port: { name: https }', outside),
      ingressClass('k8s.io/ingress-nginx'),
      service(`${selects}, ports: [{ name: https, port: 443, targetPort: https }]`),
      pods('image: example.com/pier, ports: [{ name: https, containerPort: 8443 }]'),
    ),
    fixed: all(
      ingress('name: pier, port: { name: https }', {
        ...outside,
        annotations: 'nginx.ingress.kubernetes.io/backend-protocol: HTTPS',
      }),
      ingressClass('k8s.io/ingress-nginx'),
      service(`${selects}, ports: [{ name: https, port: 443, targetPort: https }]`),
      pods('image: example.com/pier, ports: [{ name: https, containerPort: 8443 }]'),
    ),
  },
  'E8 TLS to a backend without': {
    rule: 'backend-protocol-mismatch',
    broken: all(
      ingress('name: pier, port: { name: web }', {
        ...outside,
        annotations: 'nginx.ingress.kubernetes.io/backend-protocol: HTTPS',
      }),
      ingressClass('k8s.io/ingress-nginx'),
      service(`${selects}, ports: [{ name: web, port: 80, targetPort: http }]`),
      pods('image: example.com/pier, ports: [{ name: http, containerPort: 8080 }]'),
    ),
    fixed: all(
      ingress('name: pier, port: { name: web }', outside),
      ingressClass('k8s.io/ingress-nginx'),
      service(`${selects}, ports: [{ name: web, port: 80, targetPort: http }]`),
      pods('image: example.com/pier, ports: [{ name: http, containerPort: 8080 }]'),
    ),
  },
  'E10 gRPC by HTTP/1.1': {
    rule: 'backend-protocol-mismatch',
    broken: all(
      ingress('name: pier, port: { name: grpc }', outside),
      ingressClass('k8s.io/ingress-nginx'),
      service(`${selects}, ports: [{ name: grpc, port: 80, targetPort: grpc }]`),
      pods('image: example.com/pier, ports: [{ name: grpc, containerPort: 9000 }]'),
    ),
    fixed: all(
      ingress('name: pier, port: { name: grpc }', {
        ...outside,
        annotations: 'nginx.ingress.kubernetes.io/backend-protocol: GRPC',
      }),
      ingressClass('k8s.io/ingress-nginx'),
      service(`${selects}, ports: [{ name: grpc, port: 80, targetPort: grpc }]`),
      pods('image: example.com/pier, ports: [{ name: grpc, containerPort: 9000 }]'),
    ),
  },
  'E12 the port of a default backend': {
    rule: 'undefined-backend-port',
    broken: all(
      ingress('name: pier, port: { number: 80 }', {
        spec: 'defaultBackend: { service: { name: pier, port: { number: 81 } } }',
      }),
      service(web),
      pods(nginx),
    ),
    fixed: all(
      ingress('name: pier, port: { number: 80 }', {
        spec: 'defaultBackend: { service: { name: pier, port: { number: 80 } } }',
      }),
      service(web),
      pods(nginx),
    ),
  },
  'H3 H6 a nodePort inside the cluster': {
    rule: 'misread-node-port',
    broken: all(
      ingress('name: pier, port: { number: 30080 }'),
      service(`type: NodePort, ${selects}, ports: [{ port: 80, nodePort: 30080 }]`),
      pods(nginx),
    ),
    fixed: all(
      ingress('name: pier, port: { number: 80 }'),
      service(`type: NodePort, ${selects}, ports: [{ port: 80, nodePort: 30080 }]`),
      pods(nginx),
    ),
  },
});
