import { expect, test } from 'vitest';
import { reportOf } from '../testing/report-of.ts';
import { testRule } from '../testing/test-rule.ts';
import refusedField from './refused-field.ts';

const service = (spec: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: quay }\nspec:\n${spec}`;
const pod = (container: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: quay, labels: { app: quay } }\nspec:\n  containers:\n    - name: quay\n      image: harbour/quay:1\n${container}`;
const ingress = (backend: string): string => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: quay }
spec:
  rules:
    - http:
        paths:
          - path: /
            pathType: Prefix
            backend:
${backend}`;

testRule(refusedField, {
  accepts: {
    'a value to fill in, which is a comment to YAML':
      'apiVersion: v1\nkind: Pod\nmetadata: { name: quay }\nspec:\n  containers:\n    - name: quay\n      image: #{QUAY_IMAGE}\n',
    'a value to fill in, which is a list to YAML':
      'apiVersion: v1\nkind: Pod\nmetadata: { name: quay }\nspec:\n  containers:\n    - name: quay\n      image: [IMAGE_URL]\n',
    'what a later release of an API takes': `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: quay }
spec:
  parentRefs: [{ name: shore }]
  rules: [{ filters: [{ type: RequestRedirect, requestRedirect: { statusCode: 303 } }] }]
`,
    'a version that a later release has': `apiVersion: gateway.networking.k8s.io/v1
kind: TLSRoute
metadata: { name: quay }
spec: { parentRefs: [{ name: shore }], hostnames: [quay.example.com], rules: [{ backendRefs: [{ name: quay, port: 443 }] }] }
`,
    'what an earlier release of it took': `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: quay }
spec:
  parentRefs: [{ name: shore }]
  rules: [{ sessionPersistence: { idleTimeout: 10s }, backendRefs: [{ name: quay, port: 80 }] }]
`,
    'braces that are to be filled in': `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: quay }
spec:
  gatewayClassName: {GATEWAY_CLASS_NAME}
  listeners: [{ name: http, port: 80, protocol: HTTP }]
`,
    'braces that a program fills in': service(
      '  selector: { app: {self.path.k8s} }\n  ports: [{ port: 80 }]\n',
    ),
    'what SOPS has encrypted': `apiVersion: v1
kind: Secret
metadata: { name: keys }
data:
  port: ENC[AES256_GCM,data:QWJj,iv:QWJj=,tag:QWJj==,type:str]
sops:
  lastmodified: "2026-01-01T00:00:00Z"
  mac: ENC[AES256_GCM,data:QWJj,iv:QWJj=,tag:QWJj==,type:str]
  version: 3.9.0
`,
    'what another tool fills in': service(
      '  selector: { app: quay }\n  type: ${TYPE}\n  ports: [{ port: 80, protocol: "${PROTOCOL}", nodePort: "${NODE_PORT}" }]\n',
    ),
    'an empty field counts as left out': service(
      '  selector: { app: quay }\n  type: ""\n  ports: [{ port: 80, name: null, protocol: "" }]\n',
    ),
    'a piece of a workload':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: quay }\nspec: { replicas: 3 }\n',
    'a piece for server-side apply': `apiVersion: apps/v1
kind: Deployment
metadata: { name: quay, annotations: { kustomize.toolkit.fluxcd.io/ssa: Merge } }
spec: { selector: {}, replicas: 3 }
`,
    'a patch':
      'apiVersion: v1\nkind: Service\nmetadata: { name: quay }\nspec: { $patch: replace, ports: [80] }\n',
    'a version that is not known':
      'apiVersion: gateway.networking.k8s.io/v1alpha2\nkind: HTTPRoute\nmetadata: { name: quay }\nspec: { berth: 1 }\n',
    'a custom kind that is not known':
      'apiVersion: harbour.example/v1\nkind: Service\nmetadata: { name: quay }\nspec: { ports: 80 }\n',
    'numbers in any spelling that is one': service(
      '  selector: { app: quay }\n  ports: [{ port: 0x50 }, { name: b, port: 8_0.0 }]\n',
    ),
  },
  rejects: {
    'a comment where a value must be':
      'apiVersion: v1\nkind: Pod\nmetadata: { name: quay }\nspec:\n  containers:\n    - name: quay\n      image: # error: refused-field\n',
    'a list of one word where text is taken':
      'apiVersion: v1\nkind: Pod\nmetadata: { name: quay }\nspec:\n  containers:\n    - name: quay\n      image: [QUAY] # error: refused-field\n',
    'an empty failurePolicy':
      'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: { name: quay }\nwebhooks:\n  - name: a.quay.example\n    clientConfig: { url: "https://quay.example" }\n    sideEffects: None\n    admissionReviewVersions: [v1]\n    failurePolicy: "" # error: refused-field\n',
    'a volume of a ConfigMap without a name':
      'apiVersion: v1\nkind: Pod\nmetadata: { name: quay }\nspec:\n  containers: [{ name: quay, image: a }]\n  volumes: [{ name: conf, configMap: { optional: true } }] # error: refused-field\n',
    'a policy of an empty type':
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: quay }\nspec: { podSelector: {}, policyTypes: [""] } # error: refused-field\n',
    'what no release of an API takes': `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: quay }
spec:
  parentRefs: [{ name: shore }]
  rules:
    - filters:
        - type: RequestRedirect
          requestRedirect:
            statusCode: 304 # error: refused-field
`,
    'a letter in another case': service(
      '  selector: { app: quay }\n  ports:\n    - port: 80\n      targetport: 8080 # error: refused-field\n',
    ),
    'a field of another kind': service(
      '  selector: { app: quay }\n  ports:\n    - port: 80\n      containerPort: 8080 # error: refused-field\n',
    ),
    'a field a level too deep': pod(
      '      restartPolicy: Always\n      hostNetwork: true # error: refused-field\n',
    ),
    'a field that nothing is near to': service(
      '  selector: { app: quay }\n  ports: [{ port: 80 }]\n  lighthouse: 5 # error: refused-field\n',
    ),
    'matchLabels in a Service': service(
      '  selector:\n    matchLabels: # error: refused-field\n      app: quay\n  ports: [{ port: 80 }]\n',
    ),
    'a map for a list': service('  selector: { app: quay }\n  ports: # error: refused-field\n    port: 80\n'),
    'a number for a map': pod('      ports: [80] # error: refused-field\n'),
    'a port alone': ingress(
      '              service:\n                name: quay\n                port: 80 # error: refused-field\n',
    ),
    'the backend of old': ingress(
      '              serviceName: quay # error: refused-field\n              servicePort: 80 # error: refused-field\n',
    ),
    'a list for a map': pod('      resources: # error: refused-field\n        - limits: { cpu: 1 }\n'),
    'text for a boolean': pod('      stdin: "yes" # error: refused-field\n'),
    'text for a number': pod(
      '      livenessProbe: { exec: { command: [ls] }, periodSeconds: "10" } # error: refused-field\n',
    ),
    'what is no quantity': pod('      resources: { limits: { memory: 64 MB } } # error: refused-field\n'),
    'a word in lower case': service(
      '  selector: { app: quay }\n  ports:\n    - port: 80\n      protocol: tcp # error: refused-field\n',
    ),
    'a word of no list': service(
      '  type: NodePorts # error: refused-field\n  selector: { app: quay }\n  ports: [{ port: 80 }]\n',
    ),
    'a field that must be there': `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: quay }
spec:
  rules:
    - http:
        paths:
          - path: / # error: refused-field
            backend: { service: { name: quay, port: { number: 80 } } }
`,
    'a name that must be there':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: # error: refused-field\n  namespace: harbour\ndata: { a: b }\n',
    'a field that a newer version of a custom kind may have': `apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: quay }
spec:
  lighthouse: 5 # warning: refused-field
  routes:
    - { kind: Rule, match: Host(\`quay.example\`), services: [{ name: quay, port: 80 }] }
`,
    'a field that no release of the Gateway API has': `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: quay }
spec:
  parentRefs: [{ name: gate }]
  lighthouse: 5 # error: refused-field
  rules:
    - backendRefs: [{ name: quay, port: 80 }]
`,
    'a custom kind': `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: quay }
spec:
  parentRefs: [{ name: gate }]
  rules:
    - backendRef: # error: refused-field
        - { name: quay, port: 80 }
`,
  },
});

test('what hangs on a field that is not where it is read is not judged, and no link is whole', () => {
  const report = reportOf({
    'app.yaml': `${service('  selector: { matchLabels: { app: quay } }\n  ports: [{ port: 80 }]\n')}---\n${pod('      ports: [{ containerPort: 80 }]\n')}`,
  });
  expect(report.findings.map(({ rule }) => rule)).toEqual(['refused-field']);
  expect(report.summary.links.whole).toBe(0);
});

test('a fix of a near field is spelt as its key is', () => {
  const text =
    '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "quay"}, "spec": {"ports": [{"port": 80, "targetport": 80}]}}';
  const [finding] = reportOf({ 'app.json': text }).findings;
  expect(finding?.fixes[0]?.edits[0]?.text).toBe('"targetPort"');
});

test('the one field that must be there is meant by the end of its name, and not told as missing too', () => {
  const text = `
apiVersion: projectcontour.io/v1
kind: HTTPProxy
metadata: { name: quay }
spec:
  routes:
    - services: [{ name: quay, port: 80 }]
      loadBalancerPolicy: { requestHashPolicies: [{ headerHashOptions: { name: X } }] }
`;
  const findings = reportOf({ 'app.yaml': text }).findings.filter(({ rule }) => rule === 'refused-field');
  expect(findings.map(({ fixes }) => fixes[0]?.edits[0]?.text)).toEqual(['headerName']);
});

test('a word that YAML takes for a boolean is quoted wherever it must agree, and no label is compared with it', () => {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: quay }
spec:
  selector:
    matchLabels:
      app: n
  template:
    metadata:
      labels:
        app: n
    spec: { containers: [{ name: quay, image: nginx:1.27, ports: [{ containerPort: 80 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: quay }
spec: { selector: { app: n }, ports: [{ port: 80 }] }
`;
  const { findings } = reportOf(text);
  expect(findings.map(({ rule }) => rule)).toEqual([
    'refused-field',
    'non-string-config-value',
    'non-string-config-value',
  ]);
  expect(findings.map(({ fixes }) => fixes.map(({ applicability }) => applicability))).toEqual([
    ['safe'],
    ['safe'],
    ['safe'],
  ]);
  const half = reportOf(text.replace('        app: n', '        app: "n"'));
  expect(half.findings.map(({ rule }) => rule)).toEqual(['refused-field', 'non-string-config-value']);
  const whole = reportOf(text.replaceAll('app: n', 'app: "n"'));
  expect(whole.findings).toEqual([]);
});
