import { testRule } from '../testing/test-rule.ts';
import rule from './duplicate-port-name.ts';

const pod = (containers: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: pier, namespace: harbour, labels: { app: pier } }
spec:
  ${containers}
`;

testRule(rule, {
  accepts: {
    'one name for two protocols': pod(
      `containers: [{ name: dns, ports: [{ name: dns, containerPort: 53 }, { name: dns-udp, containerPort: 53, protocol: UDP }] }]`,
    ),
    'S-027 an init container that ends does not serve':
      pod(`containers: [{ name: web, ports: [{ name: http, containerPort: 80 }] }]
  initContainers: [{ name: setup, ports: [{ name: http, containerPort: 81 }] }]`),
    'S-009 ports without a name never clash': pod(
      `containers: [{ name: web, ports: [{ containerPort: 80 }, { containerPort: 81 }] }]`,
    ),
  },
  rejects: {
    'S-028 two containers: the first in order wins': pod(`containers:
    - { name: web, ports: [{ name: http, containerPort: 80 }] }
    - { name: log, ports: [{ name: http, containerPort: 81 }] } # warning: duplicate-port-name`),
    'S-010, S-029 a sidecar loses to a container although it starts first': pod(`initContainers:
    - { name: mesh, restartPolicy: Always, ports: [{ name: http, containerPort: 1 }] } # warning: duplicate-port-name
  containers:
    - { name: web, ports: [{ name: http, containerPort: 2 }] }`),
    'S-009 twice in one container is refused': pod(`containers:
    - name: web
      ports:
        - { name: http, containerPort: 80 }
        - { name: http, containerPort: 81 } # error: duplicate-port-name`),
  },
});
