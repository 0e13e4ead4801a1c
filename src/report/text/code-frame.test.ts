import { describe, expect, test } from 'vitest';
import { draftFinding, draftReport, placeOf } from '../../testing/draft-report.ts';
import type { ReportLocation } from '../report.ts';
import { codeFrames } from './code-frame.ts';
import { contextOf } from './context.ts';
import { plainStyle } from './style.ts';

/** Frames of the labels over one text, one line each; the first line is empty so that snapshots stand straight. */
function frames(
  texts: string | Readonly<Record<string, string>>,
  labels: readonly (readonly [ReportLocation, string])[],
  width = 80,
): string {
  const byPath = typeof texts === 'string' ? { 'app.yaml': texts } : texts;
  const context = contextOf(draftReport(), {
    width,
    style: plainStyle,
    textOf: (path) => (byPath as Record<string, string>)[path],
  });
  return ['', ...codeFrames(draftFinding(labels).labels, context, { accent: plainStyle.error })].join('\n');
}

describe('a frame', () => {
  test('shows a line before and after, and both files along one gutter', () => {
    const service = 'spec:\n  ports:\n    - port: 80\n      targetPort: http-web   # by the platform team\n';
    const deployment = `${'#\n'.repeat(9)}ports:\n  - name: http\n    containerPort: 8080\n`;
    const texts = { 'k8s/service.yaml': service, 'k8s/deployment.yaml': deployment };
    expect(
      frames(texts, [
        [placeOf(service, 'http-web', 'k8s/service.yaml'), 'no TCP port has this name'],
        [placeOf(deployment, 'http', 'k8s/deployment.yaml'), 'names 8080/TCP'],
      ]),
    ).toMatchInlineSnapshot(`
      "
         ╭─ k8s/service.yaml:4:19
       3 │     - port: 80
       4 │       targetPort: http-web   # by the platform team
         │                   ^^^^^^^^ no TCP port has this name
         ├─ k8s/deployment.yaml:11:11
      10 │ ports:
      11 │   - name: http
         │           ──── names 8080/TCP
      12 │     containerPort: 8080
         ╰─"
    `);
  });

  test('shows nothing of a Secret but its keys', () => {
    const text = 'kind: Secret\nstringData:\n  A: pearl\n  PORT: "3005"\n  B: pearl\n';
    expect(frames(text, [[placeOf(text, '"3005"'), 'listens on 3005']])).toMatchInlineSnapshot(`
      "
        ╭─ app.yaml:4:9
      3 │   A: •••••
      4 │   PORT: ••••••
        │         ^^^^^^ listens on 3005
      5 │   B: •••••
        ╰─"
    `);
  });

  test('skips blank lines and document markers, and marks the gap', () => {
    const text = 'port: 80\n---\n\nport: 81\n\nport: 82\n';
    expect(
      frames(text, [
        [placeOf(text, '80'), 'first'],
        [placeOf(text, '82'), 'last'],
      ]),
    ).toMatchInlineSnapshot(`
      "
        ╭─ app.yaml:1:7
      1 │ port: 80
        │       ^^ first
        ⋮
      6 │ port: 82
        │       ── last
        ╰─"
    `);
  });

  test.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['a lone CR', '\r'],
  ])('is the same for lines that end in %s', (_, ending) => {
    const text = ['ports:', '  - port: 80', '    targetPort: web'].join(ending);
    expect(frames(text, [[placeOf(text, '80'), 'here']])).toBe(
      '\n  ╭─ app.yaml:2:11\n1 │ ports:\n2 │   - port: 80\n  │           ^^ here\n3 │     targetPort: web\n  ╰─',
    );
  });

  test('widens tabs, in the text as in the marks', () => {
    const text = 'ports:\n\t- port:\t80\t# open';
    expect(frames(text, [[placeOf(text, '80'), 'here']])).toMatchInlineSnapshot(`
      "
        ╭─ app.yaml:2:10
      1 │ ports:
      2 │     - port: 80  # open
        │             ^^ here
        ╰─"
    `);
  });

  test('marks wide and joined characters by the columns they take', () => {
    const text = 'name: 港口 # 👩‍👩‍👧 e\u0301te\u0301 http';
    expect(
      frames(text, [
        [placeOf(text, '港口'), 'wide'],
        [placeOf(text, 'http'), 'after all'],
      ]),
    ).toMatchInlineSnapshot(`
      "
        ╭─ app.yaml:1:7
      1 │ name: 港口 # 👩‍👩‍👧 été http
        │       ^^^^          ──── after all
        │       ╰ wide
        ╰─"
    `);
  });

  test('shows what would steer the terminal or hide', () => {
    const text = 'name: ht\u200btp # \x1b[2J\u202e evil';
    expect(frames(text, [[placeOf(text, 'ht\u200btp'), 'says \x1b[0m']])).toMatchInlineSnapshot(`
      "
        ╭─ app.yaml:1:7
      1 │ name: ht\\u200btp # ␛[2J\\u202e evil
        │       ^^^^^^^^^^ says ␛[0m
        ╰─"
    `);
  });
});

describe('a place', () => {
  const text = 'ports:\n  - name: web\n    port: 80\nlast:\n';

  test('over several lines is marked to the end of its first', () => {
    expect(frames(text, [[placeOf(text, 'name: web\n    port: 80'), 'this port']])).toMatchInlineSnapshot(`
      "
        ╭─ app.yaml:2:5
      1 │ ports:
      2 │   - name: web
        │     ^^^^^^^^^ this port
      3 │     port: 80
        ╰─"
    `);
  });

  test('without width gets one mark: behind a line, at the end of the file', () => {
    const empty = (line: number, column: number): ReportLocation => ({
      path: 'app.yaml',
      line,
      column,
      endLine: line,
      endColumn: column,
    });
    expect(
      frames(text, [
        [empty(4, 6), 'no value'],
        [empty(5, 1), 'the end'],
      ]),
    ).toMatchInlineSnapshot(`
      "
        ╭─ app.yaml:4:6
      3 │     port: 80
      4 │ last:
        │      ^ no value
      5 │
        │ ─ the end
        ╰─"
    `);
  });

  test('that is not there any more, or never was, is told without text', () => {
    const lost = (path: string, line: number): ReportLocation => ({
      path,
      line,
      column: 3,
      endLine: line,
      endColumn: 9,
    });
    expect(
      frames(text, [
        [lost('app.yaml', 99), 'changed since'],
        [lost('app.yaml', 0), 'before all'],
        [lost('gone.yaml', 7), 'not to be had'],
        [lost('gone.yaml', 8), 'nor this'],
      ]),
    ).toMatchInlineSnapshot(`
      "
        ╭─ app.yaml:99:3
        │ changed since
        │ 0:3: before all
        ├─ gone.yaml:7:3
        │ not to be had
        │ 8:3: nor this
        ╰─"
    `);
  });
});

describe('several places on one line', () => {
  const text = 'spec: { ports: [{ name: web, port: 80, targetPort: http-web }] }';

  test('have the last message beside its mark, the others below', () => {
    expect(
      frames(text, [
        [placeOf(text, 'http-web'), 'no TCP port has this name'],
        [placeOf(text, 'web'), 'the name of this port'],
        [placeOf(text, '80'), 'its number'],
      ]),
    ).toMatchInlineSnapshot(`
      "
        ╭─ app.yaml:1:52
      1 │ spec: { ports: [{ name: web, port: 80, targetPort: http-web }] }
        │                         ───        ──              ^^^^^^^^
        │                         │          │               ╰ no TCP port has this
        │                         │          │                 name
        │                         │          ╰ its number
        │                         ╰ the name of this port
        ╰─"
    `);
  });

  test('that overlap are marked on lines of their own', () => {
    expect(
      frames(text, [
        [placeOf(text, '80'), 'the number'],
        [placeOf(text, 'port: 80, targetPort: http-web'), 'the mapping'],
        [placeOf(text, '80'), 'once more'],
      ]),
    ).toMatchInlineSnapshot(`
      "
        ╭─ app.yaml:1:36
      1 │ spec: { ports: [{ name: web, port: 80, targetPort: http-web }] }
        │                                    ^^ the number
        │                              ────────────────────────────── the mapping
        │                                    ── once more
        ╰─"
    `);
  });

  test('have long messages wrapped below, and moved left where the terminal ends', () => {
    const message = 'a message that is much too long for what is left of this line of the terminal';
    expect(
      frames(text, [
        [placeOf(text, 'http-web'), message],
        [placeOf(text, 'name'), message],
      ]),
    ).toMatchInlineSnapshot(`
      "
        ╭─ app.yaml:1:52
      1 │ spec: { ports: [{ name: web, port: 80, targetPort: http-web }] }
        │                   ────                             ^^^^^^^^
        │                   │                                ╰ a message that is much
        │                   │                                  too long for what is
        │                   │                                  left of this line of the
        │                   │                                  terminal
        │                   ╰ a message that is much too long for what is left of this
        │                     line of the terminal
        ╰─"
    `);
    expect(frames(text, [[placeOf(text, 'http-web'), message]], 60)).toMatchInlineSnapshot(`
      "
        ╭─ app.yaml:1:52
      1 │ …rts: [{ name: web, port: 80, targetPort: http-web }] }
        │                                           ^^^^^^^^
        │ a message that is much too long for what is left of this
        │ line of the terminal
        ╰─"
    `);
  });
});

describe('a long line', () => {
  const filler = (letter: string): string => `"${letter.repeat(200)}"`;
  const text = `{${filler('a')},"targetPort":"http-web",${filler('b')},"name":"http",${filler('c')}}`;

  test('is shown around its mark', () => {
    expect(frames(text, [[placeOf(text, 'http-web'), 'here']], 60)).toMatchInlineSnapshot(`
      "
        ╭─ app.yaml:1:219
      1 │ …,"targetPort":"http-web","bbbbbbbbbbbbbbbbbbbbbbbbbbbb…
        │                 ^^^^^^^^ here
        ╰─"
    `);
  });

  test('is shown once for each place that lies far from the others', () => {
    expect(
      frames(
        text,
        [
          [placeOf(text, '"http"'), 'names 8080'],
          [placeOf(text, 'http-web'), 'no such name'],
          [placeOf(text, 'targetPort'), 'asked here'],
        ],
        70,
      ),
    ).toMatchInlineSnapshot(`
      "
        ╭─ app.yaml:1:439
      1 │ …aaaaaaaaaaa","targetPort":"http-web","bbbbbbbbbbbbbbbbbbbbbbbbbb…
        │                ──────────   ──────── no such name
        │                ╰ asked here
      1 │ …bbbbbbbbbb","name":"http","ccccccccccccccccccccccccccccccccccccc…
        │                     ^^^^^^ names 8080
        ╰─"
    `);
  });

  test('keeps its start or end where that is near', () => {
    expect(
      frames(
        text,
        [
          [placeOf(text, '{'), 'start'],
          [placeOf(text, '}'), 'end'],
        ],
        60,
      ),
    ).toMatchInlineSnapshot(`
      "
        ╭─ app.yaml:1:1
      1 │ {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…
        │ ^ start
      1 │ …cccccccccccccccccccccccccccccccccccccccccccccccccccc"}
        │                                                       ─
        │                                                      end
        ╰─"
    `);
  });

  test('of characters that are joined from many goes on at both sides', () => {
    const family = '👩‍👩‍👧';
    const joined = `${family.repeat(40)}http${family.repeat(40)}`;
    expect(frames(joined, [[placeOf(joined, 'http'), 'here']], 60)).toMatch(/1 │ ….*http.*…\n/);
  });

  test('of context is cut at the right', () => {
    const lines = `${'# long '.repeat(20)}\nport: 80`;
    expect(frames(lines, [[placeOf(lines, '80'), 'here']], 60)).toMatchInlineSnapshot(`
      "
        ╭─ app.yaml:2:7
      1 │ # long # long # long # long # long # long # long # lon…
      2 │ port: 80
        │       ^^ here
        ╰─"
    `);
  });
});
