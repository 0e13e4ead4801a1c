import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyFix, openSession } from '../src/public/node.ts';

const APP = `apiVersion: v1
kind: Service
metadata: { name: pier, namespace: harbour }
spec: { selector: { app: pier }, ports: [{ port: 80, targetPort: htpt }] } # ours
---
apiVersion: v1
kind: Pod
metadata: { name: pier, namespace: harbour, labels: { app: pier } }
spec: { containers: [{ name: web, image: nginx, ports: [{ name: http, containerPort: 80 }] }] }
`;

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'harbour-'));
  writeFileSync(join(cwd, 'app.yaml'), APP);
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const read = (): string => readFileSync(join(cwd, 'app.yaml'), 'utf8');
const MENDED = APP.replace('htpt', 'http');

test('a fix of one finding is written, and the session sees it', async () => {
  const session = openSession(['.'], { cwd });
  const [finding] = (await session.check()).findings;
  expect(finding!.fixes.map(({ end }) => end)).toEqual(['service', 'pod']);
  const preview = await applyFix(session, finding!.fingerprint, 'service', { write: false });
  expect(preview).toMatchObject({
    written: false,
    files: [{ path: 'app.yaml', before: APP, after: MENDED }],
  });
  expect(read()).toBe(APP);
  expect((await session.check()).findings).toHaveLength(1);

  const made = await applyFix(session, finding!.fingerprint, 'service');
  expect(made).toMatchObject({ written: true, report: { findings: [] } });
  expect(made).not.toHaveProperty('declined');
  expect(read()).toBe(MENDED);
  expect((await session.check()).findings).toEqual([]);
});

test('what an editor has not saved yet is mended there, and not written over', async () => {
  const session = openSession(['.'], { cwd });
  session.update({ path: 'app.yaml', kind: 'file', text: `# unsaved\n${APP}`, editable: true });
  const [finding] = (await session.check()).findings;
  const made = await applyFix(session, finding!.fingerprint, 'service');
  expect(made.files[0]!.after).toBe(`# unsaved\n${MENDED}`);
  expect(made).toMatchObject({
    written: false,
    declined: 'app.yaml: it changed since it was read; run again',
  });
  expect(read()).toBe(APP);
  // The editor's text is still what is checked.
  expect((await session.check()).findings[0]!.labels[0]!.location.line).toBe(5);
});

test('an end that no fix changes is said', async () => {
  const session = openSession(['.'], { cwd });
  const [finding] = (await session.check()).findings;
  await expect(applyFix(session, finding!.fingerprint, 'route')).rejects.toThrow(RangeError);
  await expect(applyFix(session, '0'.repeat(16), 'service')).rejects.toThrow(RangeError);
});
