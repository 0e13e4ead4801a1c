import { spawn } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { GitRepository } from '../src/testing/git-repository.ts';

const bin = resolve(import.meta.dirname, '../bin/portolan.cjs');

const pier = (targetPort: string): string => `apiVersion: v1
kind: Service
metadata: { name: pier, namespace: harbour }
spec: { selector: { app: pier }, ports: [{ port: 80, targetPort: ${targetPort} }] }
---
apiVersion: v1
kind: Pod
metadata: { name: pier, namespace: harbour, labels: { app: pier } }
spec: { containers: [{ name: web, image: nginx, ports: [{ name: http, containerPort: 80 }] }] }
`;

let repository: GitRepository;
afterEach(() => repository.remove());

/** portolan while it runs: what it printed since somebody asked last, once that holds some words. */
function watching(...args: string[]) {
  const child = spawn(process.execPath, [bin, 'check', '--watch', ...args], { cwd: repository.folder });
  let said = '';
  let wake = (): void => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      wake();
    });
  }
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  return {
    until: async (words: string): Promise<string> => {
      while (!said.includes(words)) await new Promise<void>((done) => (wake = done));
      const all = said;
      said = '';
      return all;
    },
    interrupt: (): Promise<number | null> => {
      child.kill('SIGINT');
      return ended;
    },
  };
}

test('runs again when a file changes, is put in its place, or comes, and ends cleanly', async () => {
  repository = new GitRepository({ 'k8s/pier.yaml': pier('http') });
  const file = join(repository.folder, 'k8s/pier.yaml');
  const { until, interrupt } = watching('k8s');
  expect(await until('chains: 1 whole')).not.toContain('changed:');
  writeFileSync(file, pier('htpt'));
  expect(await until('chains: 1 broken')).toContain(
    'changed: k8s/pier.yaml\n\nerror[unresolved-target-port]',
  );
  // As an editor saves.
  writeFileSync(`${file}~`, pier('http'));
  renameSync(`${file}~`, file);
  expect(await until('chains: 1 whole')).toContain('changed: k8s/pier.yaml\n');
  repository.write({ 'k8s/more/dock.yaml': pier('htpt').replaceAll('pier', 'dock') });
  await until('1 error in 4 resources');
  repository.remove('k8s/more');
  await until('in 2 resources');
  // A configuration that is wrong is told, and the next change is waited for.
  repository.write({ 'portolan.config.yaml': 'rule: {}\n' });
  await until('the file has no key `rule`');
  repository.write({ 'portolan.config.yaml': 'failOn: warning\n' });
  await until('it fails on warning');
  expect(await interrupt()).toBe(0);
});

test('its own reports are no change', async () => {
  repository = new GitRepository({ 'k8s/pier.yaml': pier('http') });
  const { until, interrupt } = watching('.', '-o', 'json=report.json', '-o', 'text');
  await until('chains: 1 whole');
  writeFileSync(join(repository.folder, 'k8s/pier.yaml'), pier('htpt'));
  const said = await until('chains: 1 broken');
  expect(said.match(/changed:.*/g)).toEqual(['changed: k8s/pier.yaml']);
  expect(JSON.parse(repository.read('report.json')).summary.chains.broken).toBe(1);
  await interrupt();
});

test.each([['-'], ['https://example.com/app.yaml'], ['--write-baseline'], ['--plan']])(
  'not %s',
  (argument) => {
    repository = new GitRepository({ 'k8s/pier.yaml': pier('http') });
    expect(repository.portolan('check', '--watch', argument).status).toBe(2);
  },
);
