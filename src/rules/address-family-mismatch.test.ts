import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './address-family-mismatch.ts';

const service = (targetPort: number, families = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: strait, namespace: harbour }
spec: { ${families && `ipFamilies: [${families}], `}selector: { app: strait }, ports: [{ port: 80, targetPort: ${targetPort} }] }
`;
const pod = (container: string, volumes = '[]'): string => `
apiVersion: v1
kind: Pod
metadata: { name: strait, namespace: harbour, labels: { app: strait } }
spec:
  volumes: ${volumes}
  containers:
    - name: current
      ${container.replaceAll('\n', '\n      ')}
`;
const grafana = (host: string, mark = ''): string =>
  pod(`image: grafana/grafana:11.2.0\nenv:\n  - name: GF_SERVER_HTTP_ADDR\n    value: "${host}"${mark}`);
const nginx = (...listens: string[]): string =>
  `${pod(
    'image: nginx:1.27\nvolumeMounts: [{ name: conf, mountPath: /etc/nginx/conf.d }]',
    '[{ name: conf, configMap: { name: strait } }]',
  )}---
apiVersion: v1
kind: ConfigMap
metadata: { name: strait, namespace: harbour }
data:
  strait.conf: |
    server {
${listens.map((listen) => `      listen ${listen}`).join('\n')}
    }
`;
const MARK = ' # warning: address-family-mismatch';
const all = (...documents: string[]): string => documents.join('---');

testRule(rule, {
  accepts: {
    'A9 the Service names no family': all(service(3000), grafana('0.0.0.0')),
    'A9 an IPv4 Service': all(service(3000, 'IPv4'), grafana('0.0.0.0')),
    'A9 :: takes both': all(service(3000, 'IPv6, IPv4'), grafana('::')),
    'A9 :: takes both, with a port of its own': all(
      service(3100),
      pod(
        'image: grafana/grafana:11.2.0\nenv: [{ name: GF_SERVER_HTTP_ADDR, value: "::" }, { name: GF_SERVER_HTTP_PORT, value: "3100" }]',
      ),
    ),
    'A9 the program has it so': all(service(3000, 'IPv6'), pod('image: grafana/grafana:11.2.0')),
    'A8 both families': all(service(8080), nginx('8080;', '[::]:8080;')),
    'A8 an IPv6 Service': all(service(8080, 'IPv6'), nginx('[::]:8080;')),
    'A8 nginx is told to take both': all(service(8080), nginx('[::]:8080 ipv6only=off;')),
  },
  rejects: {
    'A9 an IPv6 Service': all(service(3000, 'IPv6'), grafana('0.0.0.0', MARK)),
    'A9 a Service of both families': all(service(3000, 'IPv4, IPv6'), grafana('0.0.0.0', MARK)),
    'A8 nginx on IPv6 alone': all(service(8080), nginx(`[::]:8080;${MARK}`)),
    'A8 nginx on IPv6 alone behind both': all(service(8080, 'IPv6, IPv4'), nginx(`[::]:8080;${MARK}`)),
  },
});

test('marks the address and the family', () => {
  const [finding] = findingsOf(rule, sourcesOf(all(service(3000, 'IPv4, IPv6'), grafana('0.0.0.0'))));
  expect(finding!.message).toBe(
    'Pod `harbour/strait` listens on 3000 for IPv4 alone, and Service `harbour/strait` is of IPv6',
  );
  expect(finding!.labels.map(({ at }) => at.source.text.slice(at.start, at.end))).toEqual([
    '"0.0.0.0"',
    'IPv6',
  ]);
});
