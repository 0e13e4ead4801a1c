import { all, daemon, declares, pods, selects, service, testModes } from '../testing/test-modes.ts';

testModes({
  'C7 two containers with one port name': {
    rule: 'duplicate-port-name',
    broken: all(
      service(`${selects}, ports: [{ port: 80, targetPort: http }]`),
      pods(
        `${declares('{ name: http, containerPort: 80 }')} }, { name: side, image: example.com/side, ports: [{ name: http, containerPort: 9000 }]`,
      ),
    ),
    fixed: all(
      service(`${selects}, ports: [{ port: 80, targetPort: http }]`),
      pods(
        `${declares('{ name: http, containerPort: 80 }')} }, { name: side, image: example.com/side, ports: [{ name: side, containerPort: 9000 }]`,
      ),
    ),
  },
  'C8 a port name of more than 15 characters': {
    rule: 'invalid-port-name',
    broken: pods(declares('{ name: upgrade-es-https, containerPort: 80 }')),
    fixed: pods(declares('{ name: upgrade-https, containerPort: 80 }')),
  },
  'C11 hostPort with replicas': {
    rule: 'host-port-conflict',
    broken: pods(declares('{ containerPort: 80, hostPort: 8080 }')).replace('spec:', 'spec:\n  replicas: 2'),
    fixed: pods(declares('{ containerPort: 80 }')).replace('spec:', 'spec:\n  replicas: 2'),
  },
  'C11 two DaemonSets with one hostPort': {
    rule: 'host-port-conflict',
    broken: all(
      daemon('pier', '{ containerPort: 80, hostPort: 8080 }'),
      daemon('quay', '{ containerPort: 80, hostPort: 8080 }'),
    ),
    fixed: all(
      daemon('pier', '{ containerPort: 80, hostPort: 8080 }'),
      daemon('quay', '{ containerPort: 80, hostPort: 8081 }'),
    ),
  },
  'C12 hostNetwork with another hostPort': {
    rule: 'host-network-mismatch',
    broken: pods(declares('{ containerPort: 80, hostPort: 8080 }'), 'hostNetwork: true'),
    fixed: pods(declares('{ containerPort: 80, hostPort: 80 }'), 'hostNetwork: true'),
  },
  'C13 C14 a hostPort where a Service would do': {
    rule: 'host-port',
    broken: pods(declares('{ containerPort: 80, hostPort: 80 }')),
    fixed: pods(declares('{ containerPort: 80 }')),
  },
});
