import { expect, test } from 'vitest';
import { reportOf, VARIED } from '../../testing/report-of.ts';
import { renderDot } from './dot.ts';
import { drawPicture } from './draw.ts';
import { markWords } from './mark-line.ts';
import { renderMermaid } from './mermaid.ts';
import { renderSvg } from './svg.ts';

const service = (name: string, more = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: harbour }
spec: { ${more} selector: { app: bakery }, ports: [{ port: 80 }] }
`;
const pod = (image: string, more = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: bakery, namespace: harbour, labels: { app: bakery } }
spec: { containers: [{ name: oven, image: "${image}", ${more} }] }
`;
const report = (...documents: string[]): ReturnType<typeof reportOf> =>
  reportOf({ 'app.yaml': documents.join('---') });

/** What is said of a class by the style sheet of a picture. */
const styleOf = (svg: string, selector: string): string =>
  [...svg.matchAll(/([^{}]+)\{([^}]*)\}/g)]
    .filter(([, names]) => names!.trim() === selector)
    .map(([, , rules]) => rules)
    .join(';');

const VAGUE = report(service('bakery', 'type: LoadBalancer,'), pod('registry.example.com/unknown:1'));

test('what is unproved is dashed, what is inside dotted, a number bold, and what is missing has a dashed edge', () => {
  const svg = renderSvg(VAGUE, { theme: 'light' });
  expect(svg).toContain('class="wire unproved"');
  expect(styleOf(svg, '.wire.unproved')).toContain('stroke-dasharray');
  expect(styleOf(svg, '.wire.inside')).toContain('stroke-dasharray');
  expect(styleOf(svg, 'svg .number')).toMatch(/font:700 15px [^;]*mono/);
  expect(svg).toContain('class="number unproved"');
  const missing = renderSvg(report(service('bakery')), { theme: 'light' });
  expect(missing).toContain('class="card ghost"');
  expect(styleOf(missing, '.card.ghost')).toContain('stroke-dasharray');
  const broken = renderSvg(reportOf(VARIED), { theme: 'light' });
  expect(broken).toContain('class="number broken"');
});

test('a wire is dotted only while nobody outside takes it', () => {
  const insideOf = (...documents: string[]): boolean[] =>
    drawPicture(report(...documents)).wires.map(({ inside }) => inside);
  expect(insideOf(service('bakery'), pod('nginx'))).toEqual([true, true]);
  const outside = service('quay', 'type: LoadBalancer,');
  // The Service for inside alone; its Pod and the process are reached both ways.
  expect(insideOf(service('bakery'), outside, pod('nginx')).filter(Boolean)).toHaveLength(1);
});

test('Mermaid and Graphviz cut what is broken and dash what is unproved', () => {
  expect(renderMermaid(VAGUE)).toContain('-.->|');
  expect(renderDot(VAGUE)).toContain('style=dashed');
  expect(renderMermaid(reportOf(VARIED))).toContain('--x|');
  expect(renderDot(reportOf(VARIED))).toContain('arrowhead=tee');
});

test('marks say their state: a probe, TLS, a port of the node', () => {
  const words = (shown: ReturnType<typeof reportOf>): string[] =>
    drawPicture(shown).cards.flatMap(({ marks }) => marks.map(markWords));
  const probe = 'readinessProbe: { tcpSocket: { port: 80 } }';
  expect(words(report(service('bakery'), pod('nginx', probe)))).toContain('probe ✓');
  expect(words(report(service('bakery'), pod('registry.example.com/unknown:1', probe)))).toContain('probe ?');
  expect(words(reportOf(VARIED))).toEqual(expect.arrayContaining(['TLS ✓', 'host ✓', 'probe ✓']));
});

test('how the ports of a process are known stands in it, and of more than four the rest is told to who points there', () => {
  const servers = [81, 82, 83, 84, 85, 86].map((port) => `server { listen ${port}; }`).join(' ');
  const config = `
apiVersion: v1
kind: ConfigMap
metadata: { name: oven, namespace: harbour }
data: { nginx.conf: "http { ${servers} }" }
`;
  const ports = [81, 82, 83, 84, 85, 86].map((port) => `{ name: p${port}, port: ${port} }`).join(', ');
  const svg = renderSvg(
    report(
      service('bakery').replace('{ port: 80 }', ports),
      pod(
        'nginx',
        'volumeMounts: [{ name: v, mountPath: /etc/nginx }] }], volumes: [{ name: v, configMap: { name: oven }',
      ),
      config,
    ),
    { theme: 'light' },
  );
  expect(svg).toMatch(/and 2 more<title>85: listen 85 in [^<]*; 86: listen 86 in /);
});

test('what a Service without a selector leads to is an endpoint', () => {
  const bare = service('bakery').replace('selector: { app: bakery },', '');
  expect(drawPicture(report(bare)).cards.at(-1)).toMatchObject({ ghost: true, subtitle: 'an endpoint' });
});
