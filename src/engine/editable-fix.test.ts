import { describe, expect, test } from 'vitest';
import type { Report } from '../report/report.ts';
import { allRules } from '../rules/index.ts';
import type { SourceFile, SourceKind } from '../text/source.ts';
import { check } from './check.ts';
import { toReport } from './to-report.ts';

const WRITTEN = `
service:
  targetPort: htpt
`;
const values: SourceFile = { path: 'values.yaml', kind: 'file', text: WRITTEN, editable: true };
const TEXT = `
apiVersion: v1
kind: Service
metadata: { name: pier }
spec: { selector: { app: pier }, ports: [{ port: 80, targetPort: htpt }] }
---
apiVersion: v1
kind: Pod
metadata: { name: pier, labels: { app: pier } }
spec: { containers: [{ name: web, image: nginx, ports: [{ name: http, containerPort: 80 }] }] }
`;

function findingIn(kind: SourceKind, origin?: SourceFile['origin']): Report['findings'][number] {
  const source: SourceFile = {
    path: 'shop',
    kind,
    text: TEXT,
    editable: false,
    ...(origin ? { origin } : {}),
  };
  const { findings } = toReport(check([source], { rules: allRules }), { version: '1.2.3' });
  const [finding] = findings.filter(({ severity }) => severity === 'error');
  return finding!;
}
const TITLE = 'point targetPort at `http`';
const at = WRITTEN.indexOf('htpt');
const inValues = (offset: number): ReturnType<NonNullable<SourceFile['origin']>> =>
  offset === TEXT.indexOf('htpt') ? { source: values, start: at, end: at + 4 } : undefined;

describe('a fix', () => {
  test('is for text that a person wrote', () => {
    for (const kind of ['file', 'stdin', 'url'] as const) {
      const { fixes, help, labels } = findingIn(kind);
      expect(fixes.map(({ title }) => title)).toEqual([TITLE, "call the container's port `htpt`"]);
      expect(help).not.toContain(TITLE);
      expect(labels.map(({ origin }) => origin)).toEqual([undefined, undefined]);
    }
  });

  test('of rendered text goes where the same characters were written', () => {
    const { fixes, labels } = findingIn('helm', inValues);
    expect(fixes.map(({ edits }) => edits)).toEqual([
      [{ path: 'values.yaml', start: { line: 3, column: 15 }, end: { line: 3, column: 19 }, text: 'http' }],
    ]);
    expect(labels.map(({ location, origin }) => [location.path, origin?.path, origin?.line])).toEqual([
      ['shop', 'values.yaml', 3],
      ['shop', undefined, undefined],
    ]);
  });

  test('of text that was computed, or whose origin is not known, is help', () => {
    const computed: SourceFile['origin'] = () => ({ source: values, start: 0, end: 9 });
    for (const finding of [findingIn('helm'), findingIn('kustomize', computed)]) {
      expect(finding.fixes).toEqual([]);
      expect(finding.help).toContain(TITLE);
    }
  });

  test('of what a cluster printed goes into the file of the user that says the same, and is help where none does', () => {
    const written = findingIn('cluster', inValues);
    expect(written.fixes.flatMap(({ edits }) => edits.map(({ path }) => path))).toEqual(['values.yaml']);
    const { fixes, help, labels } = findingIn('cluster');
    expect(fixes).toEqual([]);
    expect(help).toContain(TITLE);
    expect(labels.map(({ origin }) => origin)).toEqual([undefined, undefined]);
  });
});
