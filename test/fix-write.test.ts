import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { GitRepository } from '../src/testing/git-repository.ts';
import { numbersFrom } from '../src/testing/mutated-yaml.ts';

const bin = resolve(import.meta.dirname, '../bin/portolan.cjs');

/** `PORTOLAN_KILLS=200` ends more of them. */
const KILLS = Number(process.env.PORTOLAN_KILLS ?? 10);
const FILES = 40;

const folder = mkdtempSync(join(tmpdir(), 'harbour-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const old = (name: string): string => `apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: harbour }
spec: { selector: { app: ${name} }, ports: [{ port: "80" }] } # ${'the harbour '.repeat(200)}
`;
const pathOf = (name: string): string => join(folder, 'k8s', `${name}.yaml`);
const names = Array.from({ length: FILES }, (_, at) => `pier${at}`);

beforeEach(() => {
  rmSync(join(folder, 'k8s'), { recursive: true, force: true });
  mkdirSync(join(folder, 'k8s'));
  for (const name of names) writeFileSync(pathOf(name), old(name));
});

const isNew = (name: string): boolean => {
  const text = readFileSync(pathOf(name), 'utf8');
  const mended = old(name).replace('"80"', '80');
  expect([old(name), mended]).toContain(text);
  return text === mended;
};

test(`killed at ${KILLS} random moments, every file is old or new`, { timeout: 1_800_000 }, async () => {
  const seed = Math.floor(Math.random() * 0x7fffffff);
  console.info(`kills: seed ${seed}`);
  const below = numbersFrom(seed);
  const begun = Date.now();
  expect(spawnSync(process.execPath, [bin, 'fix', '--write', 'k8s'], { cwd: folder }).status).toBe(0);
  const usual = Date.now() - begun;
  expect(names.every(isNew)).toBe(true);
  let halfway = 0;
  for (let run = 0; run < KILLS; run++) {
    for (const name of names) writeFileSync(pathOf(name), old(name));
    const child = spawn(process.execPath, [bin, 'fix', '--write', 'k8s'], { cwd: folder, stdio: 'ignore' });
    const ended = new Promise<void>((done) => child.once('exit', () => done()));
    // Half of them while it writes: as soon as a draft lies there, and a little later.
    if (run % 2 === 0) await waitForDraft(child);
    const wait = run % 2 === 0 ? below(40) : below(usual * 1.2);
    await new Promise((done) => setTimeout(done, wait));
    child.kill('SIGKILL');
    await ended;
    const changed = names.filter(isNew).length;
    if (changed > 0 && changed < FILES) halfway++;
  }
  console.info(`kills: ${halfway} of ${KILLS} left some files old and some new`);
});

async function waitForDraft(child: { readonly exitCode: number | null }): Promise<void> {
  while (child.exitCode === null && !readdirSync(join(folder, 'k8s')).some((name) => name.startsWith('.')))
    await new Promise((done) => setImmediate(done));
}

test('what is left beside the files is not read, and another run ends it', () => {
  writeFileSync(join(folder, 'k8s/.pier0.yaml.0123456789ab'), old('other'));
  const { status, stdout } = spawnSync(process.execPath, [bin, 'fix', '--write', 'k8s'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect([status, stdout]).toEqual([0, '']);
  expect(names.every(isNew)).toBe(true);
});

test('the diff is what git applies, to the byte what --write writes', () => {
  const styles = {
    'k8s/crlf.yaml': old('crlf').replaceAll('\n', '\r\n'),
    'k8s/end.yaml': old('end').trimEnd(),
  };
  const repository = new GitRepository({ ...styles, 'k8s/pier.yaml': `${old('pier')}---\n${old('dock')}` });
  try {
    const { status, stdout } = repository.portolan('fix', 'k8s');
    expect(status).toBe(1);
    expect(repository.git('status', '--porcelain')).toBe('');
    writeFileSync(join(repository.folder, 'fix.patch'), stdout);
    repository.git('-c', 'core.autocrlf=false', 'apply', 'fix.patch');
    const applied = Object.keys({ ...styles, 'k8s/pier.yaml': '' }).map((path) => repository.read(path));
    repository.git('checkout', '--quiet', 'k8s');
    expect(repository.portolan('fix', '--write', 'k8s').status).toBe(0);
    expect(['k8s/crlf.yaml', 'k8s/end.yaml', 'k8s/pier.yaml'].map((path) => repository.read(path))).toEqual(
      applied,
    );
    expect(applied[0]).toContain('port: 80 }] } #');
    expect(repository.portolan('fix', 'k8s')).toMatchObject({ status: 0, stdout: '' });
  } finally {
    repository.remove();
  }
});

test('all at once is only what was named', () => {
  const repository = new GitRepository({ 'k8s/pier.yaml': old('pier') });
  try {
    for (const args of [
      ['--unsafe'],
      ['--unsafe', '--end', 'pod'],
      ['--end', 'pod', '--rule', 'host-port'],
      ['--finding', 'x'],
    ])
      expect(repository.portolan('fix', ...args, 'k8s').status).toBe(2);
    expect(repository.portolan('fix', '--rule', 'host-port', 'k8s')).toMatchObject({ status: 0, stdout: '' });
  } finally {
    repository.remove();
  }
});
