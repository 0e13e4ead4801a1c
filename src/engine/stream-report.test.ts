import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { jsonPieces, renderJson } from '../report/json.ts';
import { allRules } from '../rules/index.ts';
import { FileSource } from '../sources/file-source.ts';
import { VARIED } from '../testing/report-of.ts';
import { sourcesOf } from '../testing/test-rule.ts';
import { check } from './check.ts';
import { streamReport, toReport } from './to-report.ts';

const made = mkdtempSync(join(tmpdir(), 'stream-'));
afterAll(() => rmSync(made, { recursive: true }));

const SECRET = `
apiVersion: v1
kind: Secret
metadata: { name: store, namespace: harbour }
stringData: { PIN_PASSWORD: pearl }
---
apiVersion: v1
kind: Pod
metadata: { name: store, namespace: harbour, labels: { app: store } }
spec: { containers: [{ name: c, image: 'docker.io/library/mysql:8' }] }
---
apiVersion: v1
kind: Service
metadata: { name: store, namespace: harbour }
spec: { selector: { app: store }, ports: [{ port: 80, targetPort: pearl }] }
`;

test('a report that is made while it is written says the same, secrets left out, however often', () => {
  const found = check([...sourcesOf(VARIED), ...sourcesOf({ 'dev/door.yaml': SECRET })], { rules: allRules });
  for (const detail of ['all', 'findings'] as const) {
    const whole = renderJson(toReport(found, { version: '1.2.3', detail }));
    const stream = streamReport(found, { version: '1.2.3', detail });
    expect(
      toReport(found, { version: '1.2.3', detail })
        .links.map(({ reason }) => reason)
        .join(),
    ).not.toContain('pearl');
    expect([...jsonPieces(stream)].join('')).toBe(whole);
    expect([...jsonPieces(stream)].join('')).toBe(whole);
  }
});

test('a file that changed is told of once its lines were wanted, which links alone ask for', () => {
  const file = join(made, 'app.yaml');
  const { text } = sourcesOf(VARIED)[0]!;
  writeFileSync(file, text);
  const found = check([new FileSource('app.yaml', file, text)], { rules: [] });
  // What was read last is kept: other texts take its place.
  for (let one = 0; one < 3; one++) new FileSource(`${one}.yaml`, file, `${one}\n`.repeat(4_000_000));
  writeFileSync(file, 'kind: Other\n');
  const report = streamReport(found, { version: '1.2.3' });
  const told = JSON.parse([...jsonPieces(report)].join('')).errors;
  expect(told).toEqual([
    expect.objectContaining({ path: 'app.yaml', message: expect.stringContaining('changed') }),
  ]);
  expect(report.errors).toEqual(told);
  expect(toReport(found, { version: '1.2.3' }).errors).toEqual(told);
});
