import { testRule } from '../testing/test-rule.ts';
import rule from './probe-host.ts';

const pod = (probe: string, hostNetwork = false): string => `
apiVersion: v1
kind: Pod
metadata: { name: buoy, namespace: harbour }
spec:
  hostNetwork: ${hostNetwork}
  containers:
    - name: buoy
      image: ghcr.io/example/buoy
      ports: [{ name: http, containerPort: 8080 }]
      ${probe}
`;
const MARK = '# warning: probe-host';

testRule(rule, {
  accepts: {
    "S-072 without a host it is the Pod's address": pod('readinessProbe: { httpGet: { port: http } }'),
    'C5 S-073 loopback on the network of the node': pod(
      'readinessProbe: { httpGet: { host: 127.0.0.1, port: http } }',
      true,
    ),
    'S-074 gRPC takes no host': pod('readinessProbe: { grpc: { port: 8080 } }'),
    'a host to be filled in': pod('readinessProbe: { httpGet: { host: "${HOST}", port: http } }'),
    'C4 a command inside the container dials what it likes': pod(
      'readinessProbe: { exec: { command: [curl, "http://localhost:8080"] } }',
    ),
  },
  rejects: {
    'C5 S-073 httpGet on loopback': pod(
      `readinessProbe: { httpGet: { host: 127.0.0.1, port: http } } ${MARK}`,
    ),
    'C5 S-073 tcpSocket on localhost': pod(
      `livenessProbe: { tcpSocket: { host: localhost, port: 8080 } } ${MARK}`,
    ),
    'S-073 IPv6': pod(`startupProbe: { httpGet: { host: "::1", port: http } } ${MARK}`),
    'S-076 a hook is sent by the node too': pod(
      `lifecycle: { postStart: { httpGet: { host: 127.0.0.1, port: http } } } ${MARK}`,
    ),
    'S-073 another host is no test of the container': pod(
      'readinessProbe: { httpGet: { host: buoys.example, port: 80 } } # info: probe-host',
    ),
  },
});
