import {
  all,
  declares,
  endpoints,
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
  'D1 a targetPort that the process does not bind': {
    rule: 'unbound-target-port',
    broken: all(service(`${selects}, ports: [{ port: 80, targetPort: 8111 }]`), pods(nginx)),
    fixed: all(service(`${selects}, ports: [{ port: 80, targetPort: 80 }]`), pods(nginx)),
  },
  'D2 a targetPort that is left out': {
    rule: 'implicit-target-port',
    broken: all(service(`${selects}, ports: [{ port: 8080 }]`), pods(nginx)),
    fixed: all(service(`${selects}, ports: [{ port: 8080, targetPort: 80 }]`), pods(nginx)),
  },
  'D3 a targetPort by a name that no container has': {
    rule: 'unresolved-target-port',
    broken: all(
      service(`${selects}, ports: [{ port: 80, targetPort: web }]`),
      pods(declares('{ name: http, containerPort: 80 }')),
    ),
    fixed: all(
      service(`${selects}, ports: [{ port: 80, targetPort: http }]`),
      pods(declares('{ name: http, containerPort: 80 }')),
    ),
  },
  'D4 the name is there for another protocol': {
    rule: 'unresolved-target-port',
    broken: all(
      service(`${selects}, ports: [{ port: 53, targetPort: dns }]`),
      pods('image: example.com/dns, ports: [{ name: dns, containerPort: 53, protocol: UDP }]'),
    ),
    fixed: all(
      service(`${selects}, ports: [{ port: 53, targetPort: dns, protocol: UDP }]`),
      pods('image: example.com/dns, ports: [{ name: dns, containerPort: 53, protocol: UDP }]'),
    ),
  },
  'D5 the name is there in some Pods only': {
    rule: 'partly-resolved-target-port',
    broken: all(
      service(`${selects}, ports: [{ port: 80, targetPort: http }]`),
      pods(declares('{ name: http, containerPort: 80 }')),
      pods('image: example.com/worker').replace('name: pier, namespace', 'name: worker, namespace'),
    ),
    fixed: all(
      service(`${selects}, ports: [{ port: 80, targetPort: http }]`),
      pods(declares('{ name: http, containerPort: 80 }')),
      pods('image: example.com/worker', '', 'app: worker').replace(
        'name: pier, namespace',
        'name: worker, namespace',
      ),
    ),
  },
  'D6 a targetPort in quotes': {
    rule: 'quoted-port-number',
    broken: all(service(`${selects}, ports: [{ port: 80, targetPort: "80" }]`), pods(nginx)),
    fixed: all(service(web), pods(nginx)),
  },
  'D7 a selector that matches nothing': {
    rule: 'unmatched-selector',
    broken: all(service(web), pods(declares('{ containerPort: 80 }'), '', 'app: piers')),
    fixed: all(service(web), pods(declares('{ containerPort: 80 }'))),
  },
  'D8 a selector that takes a Job along': {
    rule: 'overlapping-selector',
    broken: all(
      service(`${selects}, ports: [{ port: 80, targetPort: 80 }]`),
      pods(declares('{ name: http, containerPort: 80 }')),
      pods('image: example.com/seed')
        .replace('apps/v1', 'batch/v1')
        .replace('kind: Deployment', 'kind: Job')
        .replace('name: pier, namespace', 'name: seed, namespace')
        .replace(/ {2}selector.*\n/, '')
        .replace('    spec:', '    spec:\n      restartPolicy: Never'),
    ),
    fixed: all(
      service(`${selects}, ports: [{ port: 80, targetPort: 80 }]`),
      pods(declares('{ name: http, containerPort: 80 }')),
      pods('image: example.com/seed', '', 'app: seed')
        .replace('apps/v1', 'batch/v1')
        .replace('kind: Deployment', 'kind: Job')
        .replace('name: pier, namespace', 'name: seed, namespace')
        .replace(/ {2}selector.*\n/, '')
        .replace('    spec:', '    spec:\n      restartPolicy: Never'),
    ),
  },
  'D9 no selector, by accident': {
    rule: 'orphaned-service',
    broken: all(service('ports: [{ port: 80 }]'), pods(nginx)),
    fixed: all(service(web), pods(nginx)),
  },
  'D10 several ports without names': {
    rule: 'unnamed-service-port',
    broken: all(
      service(`${selects}, ports: [{ port: 80 }, { name: b, port: 81, targetPort: 80 }]`),
      pods(nginx),
    ),
    fixed: all(
      service(`${selects}, ports: [{ name: a, port: 80 }, { name: b, port: 81, targetPort: 80 }]`),
      pods(nginx),
    ),
  },
  'C9 D11 TCP and UDP on one number, lost on apply': {
    rule: 'lost-on-apply',
    broken: service(`${selects}, ports: [{ name: a, port: 53 }, { name: b, port: 53, protocol: UDP }]`),
    fixed: service(`${selects}, ports: [{ name: a, port: 53 }]`),
  },
  'D12 a headless Service with another targetPort': {
    rule: 'headless-port-mapping',
    broken: all(service(`clusterIP: None, ${selects}, ports: [{ port: 8080, targetPort: 80 }]`), pods(nginx)),
    fixed: all(service(`clusterIP: None, ${selects}, ports: [{ port: 80 }]`), pods(nginx)),
  },
  'D13 endpoints of another name': {
    rule: 'endpoint-port-mismatch',
    broken: all(service('ports: [{ name: https, port: 443 }]'), endpoints('""')),
    fixed: all(service('ports: [{ name: https, port: 443 }]'), endpoints('https')),
  },
  'D14 an ExternalName that is to map ports': {
    rule: 'external-name-port',
    broken: service(
      'type: ExternalName, externalName: pier.example.com, ports: [{ port: 80, targetPort: 8080 }]',
    ),
    fixed: service('type: ExternalName, externalName: pier.example.com, ports: [{ port: 8080 }]'),
  },
  'D14 a port in an externalName': {
    rule: 'external-name-port',
    broken: service('type: ExternalName, externalName: "pier.example.com:8080"'),
    fixed: service('type: ExternalName, externalName: pier.example.com'),
  },
  'D15 a Service in another namespace than its Pods': {
    rule: 'unmatched-selector',
    broken: all(
      service(web),
      pods(declares('{ containerPort: 80 }')).replace('namespace: harbour', 'namespace: yard'),
    ),
    fixed: all(service(web), pods(declares('{ containerPort: 80 }'))),
  },
  'D16 a port out of range': {
    rule: 'port-out-of-range',
    broken: service(`${selects}, ports: [{ port: 70000, targetPort: 80 }]`),
    fixed: service(`${selects}, ports: [{ port: 7000, targetPort: 80 }]`),
  },
  'D17 Pods that never get ready': {
    rule: 'unbound-probe-port',
    broken: all(service(web), pods(`${nginx}, readinessProbe: { tcpSocket: { port: 8080 } }`)),
    fixed: all(service(web), pods(`${nginx}, readinessProbe: { tcpSocket: { port: 80 } }`)),
  },
  'D19 a port that Traefik takes for HTTPS by its name': {
    rule: 'backend-protocol-mismatch',
    broken: all(
      ingress('name: pier, port: { name: https }', outside),
      ingressClass('traefik.io/ingress-controller'),
      service(`${selects}, ports: [{ name: https, port: 443, targetPort: http }]`),
      pods(declares('{ name: http, containerPort: 80 }')),
    ),
    fixed: all(
      ingress('name: pier, port: { name: http }', outside),
      ingressClass('traefik.io/ingress-controller'),
      service(`${selects}, ports: [{ name: http, port: 80, targetPort: http }]`),
      pods(declares('{ name: http, containerPort: 80 }')),
    ),
  },
  'D20 a nodePort out of range': {
    rule: 'node-port-out-of-range',
    broken: all(service(`type: NodePort, ${selects}, ports: [{ port: 80, nodePort: 8080 }]`), pods(nginx)),
    fixed: all(service(`type: NodePort, ${selects}, ports: [{ port: 80, nodePort: 30080 }]`), pods(nginx)),
  },
  'D20 two Services with one nodePort': {
    rule: 'node-port-conflict',
    broken: all(
      service(`type: NodePort, ${selects}, ports: [{ port: 80, nodePort: 30080 }]`),
      service(`type: NodePort, ${selects}, ports: [{ port: 80, nodePort: 30080 }]`).replace(
        'name: pier',
        'name: quay',
      ),
      pods(nginx),
    ),
    fixed: all(
      service(`type: NodePort, ${selects}, ports: [{ port: 80, nodePort: 30080 }]`),
      service(`type: NodePort, ${selects}, ports: [{ port: 80, nodePort: 30081 }]`).replace(
        'name: pier',
        'name: quay',
      ),
      pods(nginx),
    ),
  },
});
