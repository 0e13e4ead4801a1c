import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CheckResult } from '../engine/check.ts';
import { toReport } from '../engine/to-report.ts';
import type { Resource } from '../model/model.ts';
import type { Observation } from '../model/observation.ts';
import { allRules } from '../rules/index.ts';
import type { SourceFile } from '../text/source.ts';
import type { Brought } from './input.ts';
import type { SessionOptions } from './options.ts';
import { open, type Result, type Session } from './session.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'harbour-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), text);
}

const service = (name: string, targetPort: string): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: harbour }
spec: { selector: { app: ${name} }, ports: [{ port: 80, targetPort: ${targetPort} }] }
`;
const deployment = (name: string, image = 'nginx:1.27'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: harbour }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: web, image: ${image}, ports: [{ name: http, containerPort: 80 }] }] }
`;

const session = (paths: readonly string[] = ['.'], options: Partial<SessionOptions> = {}): Session =>
  open(paths, { cwd, rules: allRules, ...options });

const found = (result: Result): CheckResult => {
  expect(result.problems).toEqual([]);
  return result.found!;
};
const errorsOf = (result: Result): string[] =>
  found(result).sets.flatMap(({ findings }) =>
    findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule),
  );
const resourcesOf = (result: Result): ReadonlySet<Resource> =>
  new Set(found(result).sets.flatMap(({ graph }) => graph.model.resources));
const problemsOf = (result: Result): string[] =>
  result.problems.map(({ kind, path, message }) => `${kind} ${path}: ${message}`);

describe('a second run', () => {
  test('decodes the file that has changed, and no other of many', async () => {
    const apps = (file: number, targetPort: string): string =>
      Array.from({ length: 50 }, (_, index) => `app-${file}-${index}`)
        .map((name) => `${service(name, targetPort)}---${deployment(name)}`)
        .join('---');
    for (let file = 0; file < 100; file++) write(`apps-${file}.yaml`, apps(file, 'http'));
    const one = session();
    const before = resourcesOf(await one.check());
    expect(before.size).toBe(10_000);
    write('apps-77.yaml', apps(77, 'htpt'));
    const result = await one.check();
    const anew = [...resourcesOf(result)].filter((resource) => !before.has(resource));
    expect(new Set(anew.map(({ source }) => source.path))).toEqual(new Set(['apps-77.yaml']));
    expect(anew).toHaveLength(100);
    expect(new Set(errorsOf(result))).toEqual(new Set(['unresolved-target-port']));
  });

  test('sees files that came, went and were moved', async () => {
    write('a.yaml', service('pier', 'http'));
    write('b.yaml', deployment('pier'));
    const one = session();
    const namesOf = async (): Promise<string[]> =>
      [...resourcesOf(await one.check())].map(({ kind, source }) => `${source.path} ${kind}`);
    expect(await namesOf()).toEqual(['a.yaml Service', 'b.yaml Deployment']);
    rmSync(join(cwd, 'b.yaml'));
    write('c.yaml', deployment('pier'));
    expect(await namesOf()).toEqual(['a.yaml Service', 'c.yaml Deployment']);
    rmSync(join(cwd, 'c.yaml'));
    write('b.yaml', deployment('pier'));
    expect(await namesOf()).toEqual(['a.yaml Service', 'b.yaml Deployment']);
  });

  test('decodes all anew with other kinds, and none with the same configuration', async () => {
    write('a.yaml', service('pier', 'http'));
    write('portolan.config.yaml', 'nodePorts: 30000-32767\n');
    const one = session();
    const before = [...resourcesOf(await one.check())];
    write('portolan.config.yaml', 'nodePorts: 30000-32767\n');
    expect([...resourcesOf(await one.check())][0]).toBe(before[0]);
    write('portolan.config.yaml', 'nodePorts: 30000-32768\n');
    expect([...resourcesOf(await one.check())][0]).not.toBe(before[0]);
  });

  test('says the same as a new session', async () => {
    write('shop/a.yaml', `${service('pier', 'htpt')}---${deployment('pier')}`);
    write('shop/b.yaml', 'kind: Service\n\tname: x\n');
    write('shop/values.yaml', 'replicas: 3\n');
    const one = session(['shop']);
    await one.check();
    const report = (result: Result): unknown => toReport(found(result), { version: '1.2.3' });
    expect(report(await one.check())).toEqual(report(await session(['shop']).check()));
  });
});

describe('a source that is given', () => {
  const unsaved = (path: string, text: string): SourceFile => ({ path, kind: 'file', text, editable: true });

  test('goes before the file of its path until it is forgotten', async () => {
    write('a.yaml', `${service('pier', 'http')}---${deployment('pier')}`);
    const one = session();
    one.update(unsaved('a.yaml', `${service('pier', 'htpt')}---${deployment('pier')}`));
    expect(errorsOf(await one.check())).toEqual(['unresolved-target-port']);
    expect(one.textOf('a.yaml')).toContain('htpt');
    one.forget('a.yaml');
    expect(errorsOf(await one.check())).toEqual([]);
  });

  test('stands beside the files when it has none', async () => {
    write('a.yaml', deployment('pier'));
    const one = session();
    one.update(unsaved('b.yaml', service('pier', 'htpt')));
    expect(errorsOf(await one.check())).toEqual(['unresolved-target-port']);
  });
});

describe('an edge', () => {
  test('brings sources, and errors beside them', async () => {
    write('a.yaml', deployment('pier'));
    const rendered: SourceFile = {
      ...{ path: 'chart', kind: 'helm', text: service('pier', 'htpt'), editable: false },
      bundle: { kind: 'folder', path: '' },
    };
    const errors = [{ path: 'chart', line: 1, column: 1, message: 'a value is missing' }];
    const result = await session(['.'], { edges: [async () => ({ sources: [rendered], errors })] }).check();
    expect(errorsOf(result)).toEqual(['unresolved-target-port']);
    expect(found(result).errors).toEqual(errors);
  });
});

describe('a file that changes while it is checked', () => {
  /** Larger than all texts that are kept. */
  const LARGE = `# ${'x'.repeat(16 * 1024 * 1024)}\n`;

  test('has no lines, no text and no fix, and the report says why', async () => {
    write('a.yaml', `${service('pier', 'htpt')}---${deployment('pier')}`);
    write('z.yaml', LARGE);
    const one = session();
    const result = found(await one.check());
    // Whoever tries a fix has read the text again; this one takes its place.
    one.textOf('z.yaml');
    write('a.yaml', `# moved\n${service('pier', 'htpt')}---${deployment('pier')}`);
    const report = toReport(result, { version: '1.2.3' });
    expect(report.errors).toMatchObject([
      { path: 'a.yaml', message: expect.stringMatching(/^this changed/) },
    ]);
    expect(report.findings.map(({ rule }) => rule)).toEqual(['unresolved-target-port']);
    expect(report.findings[0]!.labels.map(({ location }) => location.line)).toEqual([1, 1]);
    expect(report.findings[0]!.fixes).toEqual([]);
    expect(one.textOf('a.yaml')).toBeUndefined();
    expect(one.isChanged('a.yaml')).toBe(true);
    expect(toReport(found(await one.check()), { version: '1.2.3' }).errors).toEqual([]);
  });
});

describe('what was seen', () => {
  const APP = `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 3005 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: web, image: mycorp/web }] }
`;
  const socket: Observation = {
    subject: { kind: 'Pod', name: 'web' },
    what: { kind: 'sockets', all: ['TCP'], listening: [{ address: '::', port: 3005, protocol: 'TCP' }] },
  };
  const states = async (options: Partial<SessionOptions>): Promise<string[]> => {
    write('a.yaml', APP);
    const { found } = await session(['a.yaml'], options).check();
    return found!.sets.flatMap(({ graph }) =>
      graph.binds.map(({ state, evidence }) => `${state} ${evidence}`),
    );
  };

  test('comes with the options, or with an edge beside its sources', async () => {
    expect(await states({})).toEqual(['unproved inferred']);
    expect(await states({ observations: [socket] })).toEqual(['whole observed']);
    const edge = async (): Promise<Brought> => ({ sources: [], errors: [], observations: [socket] });
    expect(await states({ edges: [edge] })).toEqual(['whole observed']);
  });
});

describe('what was named and holds no resource', () => {
  const TEMPLATE = 'kind: Service\nmetadata: { name: {{ .Values.name }} }\n';
  const told = async (paths: readonly string[], options: Partial<SessionOptions> = {}): Promise<string[]> =>
    found(await session(paths, options).check()).errors.map(({ path, message }) => `${path}: ${message}`);

  test.each([
    ['a chart', { 'c/Chart.yaml': 'name: c\n' }, 'c', 'helm template c | portolan check -'],
    ['templates', { 'c/Chart.yaml': '', 'c/templates/a.yaml': TEMPLATE }, 'c', 'a template is not rendered'],
    ['a kustomization', { 'k/kustomization.yaml': 'resources: []\n' }, 'k', 'kubectl kustomize k |'],
    [
      'a compose file',
      { 'compose.yaml': 'services: {}\n' },
      'compose.yaml',
      '`portolan check compose.yaml` reads as manifests',
    ],
    ['an empty folder', { 'd/README.md': '' }, 'd', 'it holds no .yaml, .yml or .json file'],
    [
      'a folder whose files pass by',
      { 'd/.gitignore': '*.yaml\n', 'd/a.yaml': 'kind: List\n' },
      'd',
      'what it holds passes by as d/.gitignore says',
    ],
    ['a Dockerfile', { Dockerfile: 'FROM nginx\n' }, 'Dockerfile', 'it looks like a Dockerfile'],
    ['an empty file', { 'd.yaml': '---\n' }, 'd.yaml', 'its documents are empty'],
    ['two empty documents', { 'd.yaml': '---\n---\n' }, 'd.yaml', 'its documents are empty'],
    ['documents of null', { 'd.yaml': '%YAML 1.2\n---\nnull\n--- ~\n' }, 'd.yaml', 'its documents are empty'],
    ['a comment', { 'd.yaml': '--- # quay\n' }, 'd.yaml', 'comments alone'],
    ['values', { 'd/values.yaml': 'a: 1\n' }, 'd', 'it looks like the values of a chart'],
    ['documents of a tool', { 'd/stack.yaml': 'a: 1\n' }, 'd', 'such as d/stack.yaml'],
    ['a list of nothing', { 'd.yaml': 'kind: List\napiVersion: v1\nitems: []\n' }, 'd.yaml', 'no items'],
    ['a failure', { 'd.yaml': 'No resources found in x namespace.\n' }, 'd.yaml', 'says of its failure'],
    ['a table', { 'd.yaml': 'NAME   READY   STATUS\nweb    1/1     Running\n' }, 'd.yaml', 'add `-o yaml`'],
    ['a compose file by another name', { 'd.yml': 'services:\n  web: {}\n' }, 'd.yml', 'like a compose file'],
  ])('is an error with the likely reason: %s', async (_name, files, path, reason) => {
    for (const [file, text] of Object.entries(files)) write(file, text);
    write('app.yaml', service('pier', 'http'));
    const errors = await told(['app.yaml', path]);
    expect(errors).toEqual([expect.stringContaining(reason)]);
    expect(errors[0]).toMatch(`${path}: `);
  });

  test.each([
    [
      'charts',
      { 'c/a/Chart.yaml': 'name: a\n', 'c/b/Chart.yaml': 'name: b\n' },
      'its 2 charts are not built',
    ],
    [
      'a kustomization',
      { 'c/a/kustomization.yaml': 'resources: [github.com/x/y//base?ref=v1]\n' },
      'its kustomization is not built: `github.com/x/y//base?ref=v1` lies elsewhere',
    ],
    ['a compose file', { 'c/compose.yaml': 'services:\n  web: { image: nginx }\n' }, 'check c/compose.yaml`'],
  ])('gives the reason that a plan has: %s', async (_name, files, reason) => {
    for (const [file, text] of Object.entries(files)) write(file, text);
    expect(await told(['c'], { render: {}, env: {} })).toEqual([
      expect.stringContaining(`c: no Kubernetes object is in it: `),
    ]);
    expect((await told(['c'], { render: {}, env: {} }))[0]).toContain(reason);
  });

  test('an empty pipe', async () => {
    expect(
      await told(['-'], { stdin: Object.assign(Readable.from([Buffer.from('')]), { isTTY: false }) }),
    ).toEqual([expect.stringContaining('standard input is empty')]);
  });

  test('what nobody named may be empty', async () => {
    expect(await told([])).toEqual([]);
  });
});

describe('what keeps a run from beginning', () => {
  const piped = (text: string, isTTY = false): NonNullable<SessionOptions['stdin']> =>
    Object.assign(Readable.from([Buffer.from(text)]), { isTTY });
  const log = (file: string, container = 'web'): NonNullable<SessionOptions['logs']> => [
    { owner: { container }, file },
  ];

  test('a configuration with mistakes, each told', async () => {
    write('portolan.config.yaml', 'nodePorts: 1\nports: 2\n');
    const { problems } = await session().check();
    expect(problems.map(({ kind, path, line }) => `${kind} ${path}:${line}`)).toEqual([
      'configuration portolan.config.yaml:1',
      'configuration portolan.config.yaml:2',
    ]);
  });
  test('a configuration that is not there', async () => {
    expect(problemsOf(await session(['.'], { config: 'other.yaml' }).check())).toEqual([
      'configuration other.yaml: there is no such file or folder',
    ]);
  });
  test('a terminal as standard input', async () => {
    expect(problemsOf(await session(['-'], { stdin: piped('', true) }).check())).toEqual([
      'standard-input -: `-` reads standard input, which is a terminal here; pipe manifests into it',
    ]);
  });
  test('standard input for two', async () => {
    const options = { stdin: piped(''), logs: log('-') };
    expect(problemsOf(await session(['-'], options).check())).toEqual([
      'standard-input -: standard input can be read once; give the other logs and the manifests as files',
    ]);
  });
  test('a log that is not there, and one of no container', async () => {
    write('a.yaml', deployment('pier'));
    write('app.log', 'ready\n');
    expect(problemsOf(await session(['a.yaml'], { logs: log('ap.log') }).check())).toEqual([
      'log ap.log: there is no such file or folder; beside it there is app.log',
    ]);
    expect(problemsOf(await session(['a.yaml'], { logs: log('app.log', 'wep') }).check())).toEqual([
      'container app.log: no container of the input is called wep; there are web',
    ]);
  });

  test('standard input serves every run of a session', async () => {
    const one = session(['-'], { stdin: piped(`${service('pier', 'htpt')}---${deployment('pier')}`) });
    expect(errorsOf(await one.check())).toEqual(['unresolved-target-port']);
    expect(errorsOf(await one.check())).toEqual(['unresolved-target-port']);
  });
});
