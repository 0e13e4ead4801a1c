import { expect, test } from 'vitest';
import { checkSources } from '../../public/index.ts';
import type { SourceFile } from '../../text/source.ts';
import { plainStyle } from '../text/style.ts';
import { compare } from './compare.ts';
import { pairUp } from './pair-up.ts';
import { renderComparison } from './render.ts';
import { toDrift } from './to-drift.ts';

const app = (port: number, more = ''): string => `apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
  type: LoadBalancer
  selector: {app: web}
  ports:
  - port: 80
    targetPort: ${port}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: nginx:1.27
${more}`;
const file = (text: string): SourceFile => ({ path: 'app.yaml', kind: 'file', text, editable: true });
const live = (text: string): SourceFile => ({
  path: 'cluster:shop/all',
  kind: 'cluster',
  text,
  editable: false,
  bundle: { kind: 'cluster', path: 'harbour' },
});
const compared = (...sources: SourceFile[]): string =>
  renderComparison(compare(checkSources(sources)), { style: plainStyle, now: 0 });

test('chains that say the same are one line each', () => {
  expect(compared(file(app(80)), live(app(80)))).toBe(
    '= Service shop/web port 80/TCP\n1 chain: 1 the same\n',
  );
});

test('a value that is another is shown on both sides, with its places', () => {
  expect(compared(file(app(80)), live(app(8080)))).toBe(`≠ Service shop/web port 80/TCP
  = selector    labels → Deployment shop/web
  ≠ targetPort  Git      80 → 80  app.yaml:11:17 → app.yaml:23:7
                cluster  8080 → 8080  cluster:shop/all:11:17 → cluster:shop/all:23:7
  ≠ process     Git      80 → 80 of container web  app.yaml:23:7
                cluster  8080 → 80 of container web  cluster:shop/all:23:7

1 chain: 1 not the same
`);
});

test('a chain that one side alone has is told as nothing on the other', () => {
  const other = app(80).replaceAll('name: web', 'name: api').replaceAll('app: web', 'app: api');
  const text = compared(file(`${app(80)}---\n${other}`), live(app(80)));
  expect(text).toContain('= Service shop/web port 80/TCP\n≠ Service shop/api port 80/TCP, in Git alone\n');
  expect(text).toContain('cluster  nothing');
  expect(text).toMatch(/\n2 chains: 1 the same, 1 in Git alone\n$/);
  expect(compared(live(app(80)))).toMatch(/, in the cluster alone\n/);
});

test('programs get the ids of both sides, hop by hop', () => {
  const report = checkSources([file(app(80)), live(app(8080))]);
  const [one, ...others] = toDrift(compare(report));
  expect(others).toEqual([]);
  const setOf = (id: string | null | undefined): string | undefined =>
    [...report.chains, ...report.links].find((known) => known.id === id)?.set;
  const [files, cluster] = [setOf(one?.files), setOf(one?.cluster)];
  expect(files).not.toBe(cluster);
  expect(one).toMatchObject({ same: false, hops: [{ same: true, next: [{ same: false }] }] });
  const [hop] = one?.hops ?? [];
  expect([setOf(hop?.files), setOf(hop?.cluster)]).toEqual([files, cluster]);
  expect(toDrift(compare(checkSources([live(app(80))])))).toMatchObject([
    { files: null, same: false, hops: [{ files: null, same: false }] },
  ]);
});

test('partners are found by the strictest key first, and what is left stands alone', () => {
  const keys = [(one: string) => one, (one: string) => one[0]!];
  expect(pairUp(['a1', 'a2', 'b1'], ['a3', 'a2', 'c1'], keys)).toEqual([
    ['a1', 'a3'],
    ['a2', 'a2'],
    ['b1', undefined],
    [undefined, 'c1'],
  ]);
});
