import { describe, expect, test } from 'vitest';
import type { ReportFinding, ReportFix } from '../report/report.ts';
import { reportOf } from '../testing/report-of.ts';
import { LineStarts } from '../text/source.ts';
import type { Bench } from './bench.ts';
import { chooser } from './choose.ts';
import { type Mended, mend } from './mend.ts';
import { withoutOverlaps } from './proposal.ts';
import { editsByPath } from './splice.ts';

const APP = `apiVersion: v1
kind: Service
metadata: { name: pier, namespace: harbour }
spec:
  selector: { app: pier }
  ports:
    - { name: web, port: 80, targetPort: htpt }
    - { name: more, port: 81, targetPort: http }
---
apiVersion: v1
kind: Pod
metadata: { name: pier, namespace: harbour, labels: { app: pier } }
spec:
  containers:
    - name: web
      image: nginx
      ports: [{ name: http, containerPort: 80 }]
`;

function benchOf(text: string): Bench & { readonly checks: () => number } {
  const files: Record<string, string> = { 'app.yaml': text };
  let checks = 0;
  return {
    check: async () => {
      checks++;
      return reportOf(files);
    },
    textOf: (path) => files[path],
    put: (path, changed) => {
      files[path] = changed;
    },
    checks: () => checks,
  };
}

/** A fix that puts one text in the place of another, whatever a rule would say. */
function replacing(text: string, from: string, to: string): ReportFix {
  const start = text.indexOf(from);
  const lines = new LineStarts(text);
  const edit = {
    path: 'app.yaml',
    start: lines.positionOf(start),
    end: lines.positionOf(start + from.length),
    text: to,
  };
  return { title: `${from} to ${to}`, applicability: 'unsafe', end: 'service', edits: [edit] };
}

const always =
  (rule: string, fix: ReportFix) =>
  (finding: ReportFinding): ReportFix | undefined =>
    finding.rule === rule ? fix : undefined;

const outcome = ({ files, done, declined }: Mended): object => ({
  files: files.length,
  done: done.length,
  reasons: declined.map(({ reason }) => reason),
});

test('a fix that is proved is made', async () => {
  const fix = replacing(APP, 'htpt', 'http');
  const mended = await mend(benchOf(APP), always('unresolved-target-port', fix));
  expect(mended.files).toEqual([{ path: 'app.yaml', before: APP, after: APP.replace('htpt', 'http') }]);
  expect(mended.after.findings).toEqual([]);
});

describe('a fix is not made', () => {
  test.each([
    ['where the finding stays', 'htpt', 'htp', ['what it mends would still be found']],
    ['where the text is broken', 'htpt', '[', ['the input could not be read any more']],
    [
      'where an object goes',
      '---\napiVersion: v1\nkind: Pod',
      '',
      ['it would change which objects there are'],
    ],
    [
      'where another finding comes',
      'targetPort: htpt }\n    - { name: more, port: 81, targetPort: http }',
      'targetPort: http }\n    - { name: more, port: 81, targetPort: 8081 }',
      [
        expect.stringMatching(
          /^it would bring another finding: Service `harbour\/pier` forwards port 81 to 8081/,
        ),
      ],
    ],
    [
      'where its link goes unproved',
      'selector: { app: pier }',
      'selector: { app: other }',
      [expect.any(String)],
    ],
  ])('%s', async (_, from, to, reasons) => {
    const fix = replacing(APP, from, to);
    const mended = await mend(benchOf(APP), always('unresolved-target-port', fix));
    expect(outcome(mended)).toEqual({ files: 0, done: 0, reasons });
    expect(mended.after).toEqual(mended.before);
  });
});

/** Services with a quoted port each, and their reports. */
const quoted = (count: number): string =>
  Array.from(
    { length: count },
    (_, at) =>
      `apiVersion: v1\nkind: Service\nmetadata: { name: pier${at}, namespace: harbour }\nspec: { selector: { app: pier }, ports: [{ port: "80" }] }\n`,
  ).join('---\n');

test('many fixes are made with two checks', async () => {
  const text = quoted(50);
  const bench = benchOf(text);
  const mended = await mend(bench, chooser({}));
  expect(mended.done).toHaveLength(50);
  expect(mended.files[0]!.after).toBe(text.replaceAll('"80"', '80'));
  expect(bench.checks()).toBe(2);
});

test('one that is wrong among many costs itself alone', async () => {
  const text = quoted(20);
  const bench = benchOf(text);
  const safe = chooser({});
  const mended = await mend(bench, (finding) => {
    const fix = safe(finding);
    return fix && finding.message.includes('pier13`')
      ? { ...fix, edits: fix.edits.map((edit) => ({ ...edit, text: '"81"' })) }
      : fix;
  });
  expect(mended.done).toHaveLength(19);
  expect(mended.declined.map(({ reason }) => reason)).toEqual(['what it mends would still be found']);
  expect(mended.files[0]!.after.match(/"80"/g)).toHaveLength(1);
  expect(bench.checks()).toBeLessThan(14);
});

test('of two that touch the same text one is made at a time, and what two sets say is made once', () => {
  const [finding] = reportOf({ 'app.yaml': APP }).findings;
  const proposal = (from: string, to: string) => ({ finding: finding!, fix: replacing(APP, from, to) });
  const one = proposal('port: 80', 'port: 90');
  const kept = (...others: (typeof one)[]) => withoutOverlaps([one, ...others]).map(({ fix }) => fix.title);
  expect(kept(proposal('80, targetPort', '81, targetPort'))).toEqual(['port: 80 to port: 90']);
  expect(kept(proposal(', targetPort', ',targetPort'))).toEqual(['port: 80 to port: 90']);
  expect(kept(proposal('htpt', 'http'))).toEqual(['port: 80 to port: 90', 'htpt to http']);
  expect(withoutOverlaps([one, { ...one }])).toHaveLength(2);
  expect([...editsByPath([one.fix, one.fix]).values()].flat()).toHaveLength(1);
});

test('an anchor that other values share is no place for a fix that only one of them needs', async () => {
  const text = APP.replace(
    'ports: [{ name: http, containerPort: 80 }]',
    'ports: [{ name: &http http, containerPort: 80 }]\n      readinessProbe: { httpGet: { port: *http , scheme: *http } }',
  ).replace('htpt', 'http');
  const mended = await mend(benchOf(text), chooser({}));
  expect(mended.before.findings.map(({ rule }) => rule)).toEqual(['invalid-probe-scheme']);
  expect(mended.files.map(({ after }) => after)).toEqual([]);
});

test('what somebody ignores is fixed only when it is named', async () => {
  const text = APP.replace(
    'targetPort: htpt }',
    'targetPort: htpt } # portolan-ignore unresolved-target-port -- soon',
  );
  const bench = benchOf(text);
  const [finding] = (await bench.check()).findings;
  expect(outcome(await mend(bench, chooser({ end: 'service' })))).toMatchObject({ done: 0 });
  const named = chooser({ end: 'service', fingerprint: finding!.fingerprint });
  expect(outcome(await mend(bench, named))).toMatchObject({ done: 1, files: 1 });
});
