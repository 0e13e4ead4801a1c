import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { check } from '../src/engine/check.ts';
import { endsOf } from '../src/graph/links/ends.ts';
import { linksOf } from '../src/graph/links/port-graph.ts';
import { KIND_DECODERS } from '../src/model/decode.ts';
import { groupOf } from '../src/model/kind.ts';
import type { Resource } from '../src/model/model.ts';

const root = new URL('../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

/** Manifests that the project shows its users, each checked by itself. */
function* shown(): Generator<string> {
  yield read('test/fixtures/kinds.yaml');
  for (const file of readdirSync(new URL('examples/', root), { recursive: true, encoding: 'utf8' })) {
    if (/(?<!config)\.yaml$/.test(file)) yield read(`examples/${file}`);
  }
  for (const file of readdirSync(new URL('src/rules/', root))) {
    if (!file.endsWith('.md')) continue;
    for (const [, block = ''] of read(`src/rules/${file}`).matchAll(/^```yaml\n(.*?)^```$/gms)) yield block;
  }
}

const SPEC = `{
  containers: [
    {
      name: pier,
      image: ghcr.io/advplyr/audiobookshelf,
      ports: [{ name: http, containerPort: 8080, hostPort: 8080 }],
      readinessProbe: { httpGet: { port: http } },
      env: [
        { name: PORT, valueFrom: { configMapKeyRef: { name: pier, key: PORT } } },
        { name: QUAY_URL, value: "http://quay" },
      ],
    },
    { name: traefik, image: "traefik:v3", args: [--entryPoints.web.address=:8000] },
  ],
}`;
const TEMPLATE = `{ metadata: { labels: { app: pier } }, spec: ${SPEC} }`;

/** An object of a kind around the Pod template; a Rollout names its Service, too. */
const HOLDERS: Readonly<Record<string, string>> = {
  Pod: `metadata: { name: pier, labels: { app: pier } }\nspec: ${SPEC}`,
  CronJob: `metadata: { name: pier }\nspec: { jobTemplate: { spec: { template: ${TEMPLATE} } } }`,
};
const HOLDER = `metadata: { name: pier }
spec: { strategy: { canary: { stableService: quay } }, template: ${TEMPLATE} }`;

/** One Pod template in an object of a kind, with everything around it that can refer to a Pod. */
const workload = (kind: string, apiVersion: string): string => `
apiVersion: ${apiVersion}
kind: ${kind}
${HOLDERS[kind] ?? HOLDER}
---
apiVersion: v1
kind: Service
metadata: { name: quay }
spec: { selector: { app: pier }, ports: [{ port: 80, targetPort: http }] }
---
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: pier }
spec: { entryPoints: [web], routes: [{ match: 'PathPrefix("/")', services: [{ name: quay, port: 80 }] }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: pier }
data: { PORT: "8080" }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: pier }
spec: { podSelector: { matchLabels: { app: pier } }, ingress: [{ ports: [{ port: 8080 }] }] }
---
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: pier }
spec: { selector: { matchLabels: { app: pier } }, podMetricsEndpoints: [{ port: http }] }
`;

const keyOf = ({ kind, apiVersion }: Pick<Resource, 'kind' | 'apiVersion'>): string =>
  `${kind} of ${groupOf(apiVersion) || 'core'}`;

/** Which links start or end at which kinds, as far as the manifests above show. */
function observed(): Map<string, Set<string>> {
  const links = new Map<string, Set<string>>();
  const workloads = KIND_DECODERS.filter(({ links }) => links.includes('bind')).map(
    ({ kind, groups: [group] }) => workload(kind, group === '' ? 'v1' : `${group}/v1`),
  );
  for (const text of [...shown(), ...workloads]) {
    const { sets } = check([{ path: 'app.yaml', text, kind: 'file', editable: true }], { rules: [] });
    for (const link of sets.flatMap(({ graph }) => linksOf(graph))) {
      const { from, to } = endsOf(link);
      for (const end of to ? [from, to] : [from]) {
        const key = keyOf(end.resource);
        links.set(key, (links.get(key) ?? new Set()).add(link.kind));
      }
    }
  }
  return links;
}

test('each kind takes part in the links that the table says, and in no others', () => {
  const seen = observed();
  for (const { kind, groups, links } of KIND_DECODERS) {
    const keys = groups.map((group) => `${kind} of ${group || 'core'}`);
    const found = new Set(keys.flatMap((key) => [...(seen.get(key) ?? [])]));
    expect.soft([...found].sort(), keys[0]).toEqual([...links].sort());
  }
});

test('the page lists every decoder', () => {
  const page = read('docs/KINDS.md');
  for (const { kind, groups, links } of KIND_DECODERS) {
    const words = (list: readonly string[]): string => list.map((word) => `\`${word}\``).join(', ');
    expect(page).toContain(
      `| ${kind} | ${words(groups.map((group) => group || 'core'))} | ${words(links)} |`,
    );
  }
});
