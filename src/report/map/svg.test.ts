import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportOf, VARIED } from '../../testing/report-of.ts';
import type { Report } from '../report.ts';
import { renderDot } from './dot.ts';
import { renderMermaid } from './mermaid.ts';
import { renderSvg } from './svg.ts';

const examples = new URL('../../../examples/', import.meta.url);

const FOLDERS = readdirSync(examples, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.yaml'))
  .map((path) => path.slice(0, path.lastIndexOf('/')));

function reportOfFolder(folder: string): Report {
  const files = readdirSync(new URL(`${folder}/`, examples)).filter((file) => file.endsWith('.yaml'));
  return reportOf(
    Object.fromEntries(
      files.map((file) => [file, readFileSync(new URL(`${folder}/${file}`, examples), 'utf8')]),
    ),
  );
}

/** What those hear who cannot see the wires. */
const wiresOf = (svg: string): string[] =>
  [...svg.matchAll(/<g class="way"[^>]*><title>([^<]*)<\/title>/g)].map(([, says = '']) => says);

const drawnLinks = (svg: string): Set<string> =>
  new Set([...svg.matchAll(/data-links="([^"]*)"/g)].flatMap(([, ids = '']) => ids.split(' ')));

/** Links that lead traffic on; what feeds a port, or is fixed to one, is no wire. */
const LEADING = ['parent', 'backend', 'host', 'selector', 'target-port', 'bind'];

describe.each([...new Set(FOLDERS)])('%s', (folder) => {
  const report = reportOfFolder(folder);
  const svg = renderSvg(report, { theme: 'light' });

  test('every link of every chain is drawn, and says its state', () => {
    const inChains = new Set(report.chains.flatMap(({ links }) => links));
    const leading = report.links.filter(({ id, kind }) => inChains.has(id) && LEADING.includes(kind));
    const drawn = drawnLinks(svg);
    // What comes before a route that nothing listens for has no wire of its own: its state is on the next.
    expect(leading.filter(({ id, to }) => to && !drawn.has(id)).map(({ id }) => id)).toEqual([]);
    const said = wiresOf(svg).join('\n');
    for (const { id, kind, state } of leading)
      if (drawn.has(id)) expect(said).toContain(`${state} ${kind}: `);
  });

  test('a broken link is cut, and both of its numbers stand at the cut', () => {
    const broken = report.links.filter(({ kind, state }) => kind === 'bind' && state === 'broken');
    for (const { from, to } of broken) {
      const wire = wiresOf(svg).find((says) => says.startsWith('broken bind'));
      expect(wire).toContain(String(from.port?.number));
      if (to?.port?.number !== undefined) expect(wire).toContain(String(to.port.number));
    }
    if (report.chains.some(({ state }) => state === 'broken'))
      expect(svg).toContain('class="cross wire broken"');
  });
});

test('two workloads behind one Service are two wires', () => {
  const workload = (name: string, image: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: harbour }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: c, image: ${image} }] }
---`;
  const report = reportOf({
    'app.yaml': `${workload('blue', 'nginx')}${workload('green', 'redis')}
apiVersion: v1
kind: Service
metadata: { name: web, namespace: harbour }
spec: { selector: { app: web }, ports: [{ port: 8000, targetPort: 80 }] }
`,
  });
  const binds = wiresOf(renderSvg(report)).filter((says) => says.includes(' bind: '));
  expect(binds.map((says) => says.split(':')[0])).toEqual(['whole bind', 'broken bind']);
});

test('nothing of a name is markup, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (name) => {
      const report = reportOf(VARIED);
      const named = JSON.parse(
        JSON.stringify(report).replaceAll('"bakery"', JSON.stringify(`<script>"'&${name}]]>`)),
      ) as Report;
      const svg = renderSvg(named);
      expect(svg).not.toContain('<script');
      expect(svg.match(/<(?!\/?(?:svg|title|style|rect|text|g|path|circle)[ >])/g)).toBeNull();
      expect(renderMermaid(named)).not.toContain('<script');
      expect(renderDot(named)).not.toMatch(/label="(?:[^"\\]|\\.)*"[^,\]]/);
    }),
    { numRuns: 50 },
  );
});

test('as many cards as objects, whatever number of ways lead to them', () => {
  const path = (at: number): string =>
    `{ path: /p${at}, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }`;
  const report = reportOf({
    'app.yaml': `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: harbour }
spec: { rules: [{ host: web.example.com, http: { paths: [${Array.from({ length: 50 }, (_, at) => path(at)).join(', ')}] } }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: harbour }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: harbour, labels: { app: web } }
spec: { containers: [{ name: c, image: nginx }] }
`,
  });
  const svg = renderSvg(report);
  expect(svg.match(/data-card=/g)).toHaveLength(5);
  expect(wiresOf(svg)).toHaveLength(50 + 50 + 2);
});

test('what a name of ten megabytes is drawn as is cut', () => {
  const long = 'n'.repeat(10_000_000);
  const report = reportOf({
    'app.yaml': `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: long, namespace: harbour }
spec: { rules: [{ host: long, http: { paths: [{ path: /long, pathType: Prefix, backend: { service: { name: long, port: { name: long } } } }] } }] }
---
apiVersion: v1
kind: Service
metadata: { name: long, namespace: harbour }
spec: { selector: { app: long }, ports: [{ name: long, port: 80, targetPort: long }] }
---
apiVersion: v1
kind: Pod
metadata: { name: p, namespace: harbour, labels: { app: long } }
spec: { containers: [{ name: long, image: long, ports: [{ name: long, containerPort: 80 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: other, namespace: harbour }
spec: { selector: { app: longer }, ports: [{ name: long, port: 80, targetPort: long }] }
`,
  });
  // Told as the report has it: reading manifests of such names is held elsewhere.
  const named = JSON.parse(JSON.stringify(report), (_, value) =>
    typeof value === 'string' && value.length < 200 ? value.replace('long', long) : value,
  ) as Report;
  expect(named.chains.length).toBeGreaterThan(1);
  for (const drawn of [renderSvg(named), renderMermaid(named), renderDot(named)])
    expect(drawn.length).toBeLessThan(50_000);
});
