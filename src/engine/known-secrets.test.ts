import { expect, test } from 'vitest';
import { reportOf } from '../testing/report-of.ts';

const secret = `apiVersion: v1
kind: Secret
metadata: { name: store }
stringData: { DB_PASSWORD: tideway, ROOT_PASSWORD: mysql, OTHER_PASSWORD: Service, PIN_PASSWORD: pearl }
---
apiVersion: v1
kind: Pod
metadata: { name: store, labels: { app: store } }
spec: { containers: [{ name: c, image: 'docker.io/library/mysql:8' }] }
---
apiVersion: v1
kind: Service
metadata: { name: store }
spec: { selector: { app: store }, ports: [{ port: 80, targetPort: pearl }] }
`;
const template = 'kind: {{ .Values.kind }}\n';

test('words of folders, kinds and images are no secrets, and other values of Secrets are', () => {
  const { findings } = reportOf({ 'charts/tideway/app.yaml': secret, 'charts/tideway/other.yaml': template });
  const said = findings.map(({ message }) => message).join('\n');
  expect(said).toContain('`charts/tideway/other.yaml` is a template');
  expect(said).toContain('Service `default/store`');
  expect(said).not.toContain('pearl');
});

test('a field of the API is told, whatever a password is set to', () => {
  const { findings } = reportOf({
    'app.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: words }
data: { PASSWORD: names }
---
apiVersion: v1
kind: Pod
metadata: { name: dock }
spec: { imagePullSecrets: [{ names: pull }], containers: [{ name: c, image: mysql:8 }] }
`,
  });
  expect(findings.map(({ message }) => message).join('\n')).toContain('`spec.imagePullSecrets[0].names`');
});
