import { execFile, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi } from '../src/cluster/testing-api.ts';
import {
  CannotCheck,
  type CheckPathsOptions,
  checkPaths,
  openSession,
  renderTrace,
  traceTarget,
  type VerifyPathsOptions,
  verifyPaths,
} from '../src/public/node.ts';
import { plainStyle } from '../src/report/text/style.ts';

const repository = resolve(import.meta.dirname, '..');
const examples = join(repository, 'examples');

const run = (cwd: string, ...args: string[]): string =>
  spawnSync(process.execPath, [join(repository, 'bin/portolan.cjs'), ...args], { cwd, encoding: 'utf8' })
    .stdout;

/** Every folder of the examples that holds files, and the whole of them. */
const folders = [
  '.',
  ...readdirSync(examples, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.parentPath.slice(examples.length + 1)),
].filter((folder, index, all) => all.indexOf(folder) === index);

describe('the library and the command line say the same of', () => {
  test.each(folders)('%s', async (folder) => {
    const said = JSON.parse(run(examples, 'check', folder, '-o', 'json'));
    expect(JSON.parse(JSON.stringify(await checkPaths([folder], { cwd: examples })))).toEqual(said);
    expect(said.summary.resources).toBeGreaterThan(0);
  });
});

describe('with everything that the command line takes', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'harbour-'));
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));
  cpSync(join(examples, 'own-image'), cwd, { recursive: true });
  const manifests = `
apiVersion: v1
kind: Pod
metadata: { name: pier, namespace: harbour, labels: { app: pier } }
spec: { containers: [{ name: web, image: ghcr.io/acme/pier, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: pier, namespace: harbour }
spec: { selector: { app: pier }, ports: [{ port: 80, targetPort: 8080 }] }
`;
  writeFileSync(join(cwd, 'pier.yaml'), manifests);
  writeFileSync(join(cwd, 'Own.dockerfile'), 'FROM scratch\nENTRYPOINT ["/server"]\n');
  writeFileSync(join(cwd, 'other.config.yaml'), 'images: [{ match: ghcr.io/acme/pier, ports: [9090] }]\n');
  writeFileSync(join(cwd, 'app.log'), 'Listening on port :8080\n');

  const cases: readonly (readonly [string, CheckPathsOptions, readonly string[]])[] = [
    ['a configuration', { config: 'other.config.yaml' }, ['--config', 'other.config.yaml']],
    ['a namespace', { namespace: 'quay' }, ['-n', 'quay']],
    [
      'a Dockerfile',
      { dockerfiles: new Map([['ghcr.io/acme/pier', 'Own.dockerfile']]) },
      ['--dockerfile', 'ghcr.io/acme/pier=Own.dockerfile'],
    ],
    ['an archive that is not there', { imageArchives: ['none.tar'] }, ['--image-archive', 'none.tar']],
    ['strictness', { strict: true }, ['--strict']],
  ];
  test.each(cases)('%s', async (_, options, args) => {
    const said = JSON.parse(run(cwd, 'check', 'pier.yaml', '-o', 'json', ...args));
    const report = JSON.parse(JSON.stringify(await checkPaths(['pier.yaml'], { cwd, ...options })));
    expect(report).toEqual(said);
  });

  test('a configuration and a Dockerfile change what is said', async () => {
    const plain = await checkPaths(['pier.yaml'], { cwd });
    for (const [, options] of cases.slice(0, 1)) {
      expect(await checkPaths(['pier.yaml'], { cwd, ...options })).not.toEqual(plain);
    }
  });

  test('a log and a trace', async () => {
    const logs = [{ container: 'web', workload: 'pier', file: 'app.log' }];
    const report = await checkPaths(['pier.yaml'], { cwd, logs });
    const { traced, isBroken, missing } = traceTarget(report, 'svc/pier', 'harbour');
    expect([isBroken, missing]).toEqual([false, undefined]);
    expect(renderTrace(report, traced, plainStyle)).toBe(
      run(cwd, 'trace', 'svc/pier', 'pier.yaml', '-n', 'harbour', '--logs', 'pier/web=app.log'),
    );
    expect(traceTarget(report, 'svc/peer').missing).toBe('no Service is called peer; there are pier');
    expect(traceTarget(report, 'quay/peer/x').missing).toMatch(/is no target; give a URL/);
    expect(traceTarget(report, 'a\n::error::\u001b[31m\u202e').missing).toMatch(
      /^`a␊::error::␛\[31m\\u202e` is no target/,
    );
  });

  test('what keeps a run from beginning is thrown with its problems', async () => {
    const error = await checkPaths(['.'], { cwd, config: 'none.yaml' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CannotCheck);
    expect((error as CannotCheck).problems).toMatchObject([{ kind: 'configuration', path: 'none.yaml' }]);
    expect((error as CannotCheck).message).toMatch(/^none\.yaml: there is no such file or folder/);
  });

  test('a session takes a text that nobody saved', async () => {
    const session = openSession(['pier.yaml'], { cwd });
    expect((await session.check()).summary.links.broken).toBe(0);
    const text = manifests.replace('targetPort: 8080', 'targetPort: http');
    session.update({ path: 'pier.yaml', kind: 'file', text, editable: true });
    expect((await session.check()).summary.links.broken).toBe(1);
    expect(session.textOf('pier.yaml')).toBe(text);
    session.forget('pier.yaml');
    expect((await session.check()).summary.links.broken).toBe(0);
    expect([session.textOf('pier.yaml'), session.textOf('none.yaml')]).toEqual([manifests, undefined]);
  });
});

describe('what runs in a cluster', () => {
  const labels = { app: 'pier' };
  const metadata = { name: 'pier', namespace: 'harbour', labels };
  const containers = [{ name: 'web', image: 'ghcr.io/acme/pier', ports: [{ containerPort: 8080 }] }];
  const status = {
    phase: 'Running',
    podIP: '10.0.0.7',
    containerStatuses: [{ name: 'web', ready: true, restartCount: 0, state: { running: {} } }],
  };
  const ports = [{ port: 80, targetPort: 8080 }];
  const resource = (kind: string, plural: string, object: object) =>
    ({ group: '', version: 'v1', kind, plural, objects: [{ metadata, ...object }] }) as const;
  let server: Awaited<ReturnType<typeof startApi>>;
  let kubeconfig: string;
  const cwd = mkdtempSync(join(tmpdir(), 'harbour-'));
  beforeAll(async () => {
    server = await startApi([
      resource('Pod', 'pods', { spec: { containers }, status }),
      resource('Service', 'services', { spec: { selector: labels, ports } }),
    ]);
    kubeconfig = join(cwd, 'kubeconfig');
    writeFileSync(kubeconfig, server.kubeconfig());
  });
  afterAll(async () => {
    await server.stop();
    rmSync(cwd, { recursive: true, force: true });
  });
  const verified = (more: VerifyPathsOptions = {}): ReturnType<typeof verifyPaths> =>
    verifyPaths([], { cwd, cluster: { kubeconfig, namespace: 'harbour' }, target: 'svc/pier', ...more });

  test('is planned as the command line plans it, and not asked', async () => {
    const before = server.asked.length;
    const { planned, leftOut, report } = await verified({ dryRun: true });
    const said = await new Promise<string>((resolve) => {
      const args = ['verify', 'svc/pier', '--dry-run', '--kubeconfig', kubeconfig, '-n', 'harbour'];
      execFile(process.execPath, [join(repository, 'bin/portolan.cjs'), ...args], { cwd }, (_, out) =>
        resolve(out),
      );
    });
    const lines = planned.flatMap(({ says, requests, command }) => [
      says,
      ...requests.map((one) => `    ${one}`),
      `    $ ${command}`,
    ]);
    expect(`${lines.join('\n')}\n`).toBe(said);
    expect([planned.length > 4, leftOut, report.steps]).toEqual([true, [], undefined]);
    expect(server.asked.slice(before).filter((path) => /proxy|exec|log|portforward/.test(path))).toEqual([]);
  });

  test('is asked, each step told before, and what cannot be had is in the report', async () => {
    const told: string[] = [];
    const { report, traced, isBroken } = await verified({ onStep: ({ says }) => told.push(says) });
    expect(report.steps?.map(({ says }) => says)).toEqual(expect.arrayContaining(told));
    expect(told).toContain('ask Service harbour/pier at port 80');
    expect(report.steps?.map(({ state }) => state)).toContain('failed');
    expect([traced.length, isBroken]).toEqual([1, false]);
  });

  test('and is not there, or is no address, or no cluster is meant', async () => {
    await expect(verified({ target: 'svc/peer' })).rejects.toThrow(RangeError);
    await expect(verified({ through: ['a b'] })).rejects.toThrow('`a b` is no address');
    await expect(verified({ cluster: { kubeconfig, context: 'none' } })).rejects.toThrow(
      'no context is called none',
    );
    await expect(verified({ config: 'none.yaml' })).rejects.toBeInstanceOf(CannotCheck);
  });
});
