import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './stale-config.ts';

const configMap = (more = '', name = 'mooring'): string => `
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: harbour }
${more}
data:
  PORT: "3005"
  COLOUR: blue
`;
interface Shape {
  readonly kind?: string;
  readonly annotations?: string;
  readonly own?: string;
  readonly image?: string;
  readonly mark?: string;
  readonly name?: string;
  readonly environment?: string;
}
const workload = (shape: Shape): string => {
  const { kind = 'Deployment', annotations = '', own = '', mark = '', name = 'mooring' } = shape;
  const { image = 'ghcr.io/advplyr/audiobookshelf:2.29.0' } = shape;
  const { environment = `envFrom:\n            - configMapRef:\n                name: ${name}${mark}` } =
    shape;
  return `
apiVersion: apps/v1
kind: ${kind}
metadata: { name: mooring, namespace: harbour, annotations: { ${own} } }
spec:
  template:
    metadata: { labels: { app: mooring }, annotations: { ${annotations} } }
    spec:
      containers:
        - name: rope
          image: ${image}
          ${environment}
`;
};
const MARK = ' # info: stale-config';
const all = (...documents: string[]): string => documents.join('---');

testRule(rule, {
  accepts: {
    'B7 a checksum in the template': all(configMap(), workload({ annotations: 'checksum/config: 1f2e' })),
    'B7 a reloader watches': all(configMap(), workload({ own: 'reloader.stakater.com/auto: "true"' })),
    'S-109 B7 the ConfigMap never changes': all(configMap('immutable: true'), workload({})),
    'B7 the name ends in its hash': all(
      configMap('', 'mooring-5f2mkt9c8d'),
      workload({ name: 'mooring-5f2mkt9c8d' }),
    ),
    'B7 the port is not from there': all(configMap(), workload({ image: 'nginx:1.27' })),
    'B7 nobody knows whether it is read': all(configMap(), workload({ image: 'ghcr.io/example/rope' })),
    'B7 an entry of env wins': all(
      configMap(),
      `${workload({})}          env: [{ name: PORT, value: "3006" }]\n`,
    ),
    'B7 a Job reads anew each time': all(
      configMap(),
      workload({ kind: 'Job' }).replace('apps/v1', 'batch/v1'),
    ),
  },
  rejects: {
    'S-108 B7 the port of the process': all(configMap(), workload({ mark: MARK })),
    'S-108 B7 in a StatefulSet': all(configMap(), workload({ kind: 'StatefulSet', mark: MARK })),
    'B7 annotations about something else': all(
      configMap(),
      workload({ annotations: 'prometheus.io/port: "3005"', mark: MARK }),
    ),
    'S-108 B7 one key': all(
      configMap(),
      workload({
        environment: `env: [{ name: PORT, valueFrom: { configMapKeyRef: { name: mooring, key: PORT } } }]${MARK}`,
      }),
    ),
  },
});

test('marks the reference and the value', () => {
  const [finding] = findingsOf(rule, sourcesOf(all(configMap(), workload({}))));
  expect(finding!.message).toBe(
    'container `rope` of Deployment `harbour/mooring` takes port 3005 from ConfigMap `harbour/mooring`, and nothing restarts it when that changes',
  );
  expect(finding!.labels.map(({ at }) => at.source.text.slice(at.start, at.end))).toEqual([
    'mooring',
    '"3005"',
  ]);
});
