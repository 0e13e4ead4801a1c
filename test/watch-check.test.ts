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
    until: async (words: string | RegExp): Promise<string> => {
      const isSaid = (): boolean => (typeof words === 'string' ? said.includes(words) : words.test(said));
      while (!isSaid()) await new Promise<void>((done) => (wake = done));
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
  await until(/changed: k8s\/pier\.yaml\n[\s\S]*chains: 1 whole/);
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

const loner = (namespace: string, image: string): string =>
  pier('http').replaceAll('harbour', namespace).replace('image: nginx', `image: ${image}`);

test('a first answer that holds is the only one', async () => {
  repository = new GitRepository({
    'k8s/east.yaml': loner('east', 'nginx'),
    'k8s/west.yaml': loner('west', 'nginx'),
  });
  const { until, interrupt } = watching('k8s');
  await until('chains: 2 whole');
  repository.write({ 'k8s/east.yaml': loner('east', 'nginx').replace('Port: http', 'Port: htpt') });
  expect(await until('chains: 1 whole, 1 broken')).toContain('k8s/east.yaml:4:66');
  // A file that is new is looked at with everything, after all that was asked before.
  repository.write({ 'k8s/nothing.yaml': '# nothing\n' });
  const [said] = (await until('k8s/nothing.yaml\n')).split('changed: ');
  expect(said).toBe('\n');
  await interrupt();
});

test('a first answer that is not all is followed by the whole one', async () => {
  repository = new GitRepository({
    'k8s/east.yaml': loner('east', 'nginx'),
    'k8s/west.yaml': loner('west', 'acme/west'),
  });
  const { until, interrupt } = watching('k8s');
  await until('acme/west is not in the table');
  // One image stands for all that are not known: the first of the input, which what is near one change cannot tell.
  repository.write({ 'k8s/east.yaml': loner('east', 'acme/east') });
  const [first, whole] = (await until('acme/east is not in the table')).split('with everything looked at:');
  expect(first).toContain('acme/west is not in the table');
  expect(whole).not.toContain('acme/west');
  for (const said of [first, whole]) expect(said).toContain('chains: 2 unproved');
  await interrupt();
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
