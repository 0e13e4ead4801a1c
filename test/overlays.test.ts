import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { check } from '../src/engine/check.ts';
import { toReport } from '../src/engine/to-report.ts';
import type { Report, ReportLocation } from '../src/report/report.ts';
import { allRules } from '../src/rules/index.ts';
import { because, KUBECTL } from '../src/testing/renderers.ts';
import { TestRepository } from '../src/testing/repository.ts';

/** Each starts the real kustomize twice; `PORTOLAN_OVERLAYS=300` takes more of them. */
const RUNS = Number(process.env.PORTOLAN_OVERLAYS ?? 25);

/** `PORTOLAN_TEST_SEED=7` makes the overlays of a run that failed again. */
const SEED = Number(process.env.PORTOLAN_TEST_SEED ?? Date.now() % 1_000_000);

const app = (name: string, port: number): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: web
          image: nginx:1.27
          ports:
            - name: http
              containerPort: ${port}
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector:
    app: ${name}
  ports:
    - name: web
      port: 80
      targetPort: http
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
spec:
  ingressClassName: nginx
  rules:
    - host: ${name}.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: ${name}
                port:
                  number: 80
`;

const target = fc.constantFrom('http', 'htpt', '80', '8080', '8081');

/** Pieces of a kustomization, with the files that they need. */
const piece = fc.oneof(
  fc
    .constantFrom('namespace: harbour', 'namePrefix: prod-', 'nameSuffix: -v2', 'commonLabels: { tier: web }')
    .map((text) => ({ text, files: {} })),
  fc.constant({ text: 'labels: [{ pairs: { team: quay }, includeSelectors: true }]', files: {} }),
  fc
    .constantFrom('1.28', 'latest')
    .map((tag) => ({ text: `images: [{ name: nginx, newTag: "${tag}" }]`, files: {} })),
  fc.constant({ text: 'configMapGenerator: [{ name: settings, literals: [PORT=80, MODE=a] }]', files: {} }),
  target.map((port) => ({
    text: 'patches: [{ path: strategic.yaml }]',
    files: {
      'strategic.yaml': `apiVersion: v1\nkind: Service\nmetadata:\n  name: pier\nspec:\n  ports:\n    - port: 80\n      targetPort: ${port}\n`,
    },
  })),
  target.map((port) => ({
    text: `patches:\n  - target: { kind: Service, name: pier }\n    patch: |-\n      - op: replace\n        path: /spec/ports/0/targetPort\n        value: ${port}`,
    files: {},
  })),
  target.map((port) => ({
    text: `patches:\n  - patch: |-\n      apiVersion: v1\n      kind: Service\n      metadata: { name: dock }\n      spec: { ports: [{ port: 80, targetPort: ${port} }] }`,
    files: {},
  })),
  fc.constant({
    text: 'replacements:\n  - source: { kind: Deployment, name: pier, fieldPath: spec.template.spec.containers.0.ports.0.containerPort }\n    targets: [{ select: { kind: Service, name: pier }, fieldPaths: [spec.ports.0.targetPort] }]',
    files: {},
  }),
  target.map((port) => ({
    text: 'components: [../part]',
    files: {
      '../part/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{ path: port.yaml }]\n',
      '../part/port.yaml': `apiVersion: v1\nkind: Service\nmetadata:\n  name: dock\nspec:\n  ports:\n    - port: 80\n      targetPort: ${port}\n`,
    },
  })),
);

/** One of each field, as a kustomization can say it once. */
const overlays = fc.uniqueArray(piece, { maxLength: 5, selector: ({ text }) => text.split(':', 1)[0]! });

const verdictsOf = ({ findings, links }: Report): string[] =>
  [
    ...links.map(
      ({ kind, state, from, reason }) =>
        `${kind} ${from.resource.kind} ${from.resource.name} ${state} ${reason}`,
    ),
    // A fix and its place are the user's file's.
    ...findings.map(({ rule, message }) => `${rule} ${message}`),
  ].sort();

const textAt = (text: string, { line, column, endLine, endColumn }: ReportLocation): string => {
  const lines = text.split('\n');
  return line === endLine
    ? lines[line - 1]!.slice(column - 1, endColumn - 1)
    : lines.slice(line - 1, endLine).join('\n');
};

const plain = (value: string): string => value.replace(/^["']|["']$/g, '');

test.skipIf(KUBECTL === undefined)(
  `random overlays are what kustomize prints, and every place holds its value, seed ${SEED}${because('kubectl')}`,
  async () => {
    await fc.assert(
      fc.asyncProperty(overlays, fc.constantFrom(80, 8080), async (pieces, port) => {
        const repository = new TestRepository({
          'base/kustomization.yaml': 'resources: [pier.yaml, dock.yaml]\n',
          'base/pier.yaml': app('pier', port),
          'base/dock.yaml': app('dock', 80),
          'prod/kustomization.yaml': ['resources: [../base]', ...pieces.map(({ text }) => text), ''].join(
            '\n',
          ),
        });
        try {
          for (const { files } of pieces)
            repository.write(
              Object.fromEntries(Object.entries(files).map(([path, text]) => [`prod/${path}`, text])),
            );
          const printed = execFileSync(KUBECTL!, ['kustomize', `${repository.folder}/prod`], {
            encoding: 'utf8',
            stdio: ['ignore', 'pipe', 'ignore'],
          });
          const built = await repository.check(['prod']);
          expect(built.errors).toEqual([]);
          const source = { path: 'prod', text: printed, kind: 'file', editable: false } as const;
          const ownRules = new Set(['stale-kustomize-reference', 'appended-port']);
          const verdicts = verdictsOf({
            ...built,
            findings: built.findings.filter(({ rule }) => !ownRules.has(rule)),
          });
          expect(verdicts).toEqual(
            verdictsOf(toReport(check([source], { rules: allRules }), { version: '' })),
          );
          const places = [
            ...built.findings.flatMap(({ labels }) => labels),
            ...built.links.flatMap(({ from, to }) => [from, ...(to ? [to] : [])]),
          ];
          for (const { location, origin } of places) {
            if (!location || !origin || location.line !== location.endLine) continue;
            const value = plain(textAt(repository.textOf(location.path), location));
            const written = plain(textAt(repository.textOf(origin.path), origin));
            expect(value, `${origin.path}:${origin.line}`).toContain(written);
            expect(written).not.toBe('');
          }
        } finally {
          repository.remove();
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
  },
  600_000,
);
