import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toPlain } from '../src/text/to-plain.ts';
import { readYaml } from '../src/text/yaml.ts';

const root = resolve(import.meta.dirname, '..');
let folder: string;
let archive: string;
let manifest: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'krew-'));
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
  });
  const [found] = /portolan-[\w.-]+\.tgz/.exec(packed) ?? [];
  archive = join(folder, found!);
  manifest = execFileSync(process.execPath, ['scripts/krew-manifest.mjs', archive], {
    cwd: root,
    encoding: 'utf8',
  });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** What krew asks of a manifest (pkg/index/validation/validate.go, docs/PLUGIN_LIFECYCLE). */
test('the manifest is one that krew takes', () => {
  const plugin = toPlain(readYaml(manifest).documents[0]!.root!);
  const digest = createHash('sha256').update(readFileSync(archive)).digest('hex');
  expect(plugin).toEqual({
    apiVersion: 'krew.googlecontainertools.github.com/v1alpha2',
    kind: 'Plugin',
    metadata: { name: expect.stringMatching(/^[a-z0-9-]+$/) },
    spec: {
      version: expect.stringMatching(/^v\d+\.\d+\.\d+(?:-[\w.]+)?$/),
      homepage: expect.stringMatching(/^https:\/\//),
      shortDescription: expect.stringMatching(/^[^\n]{1,50}$/),
      description: expect.any(String),
      caveats: expect.any(String),
      platforms: [
        {
          selector: { matchExpressions: [{ key: 'os', operator: 'In', values: ['darwin', 'linux'] }] },
          uri: expect.stringMatching(/^https:\/\/.*\.tgz$/),
          sha256: digest,
          files: expect.any(Array),
          bin: 'bin/kubectl-portolan.cjs',
        },
      ],
    },
  });
});

test('what krew unpacks and links runs without anything else', () => {
  execFileSync('tar', ['xzf', archive, '-C', folder]);
  const { spec } = toPlain(readYaml(manifest).documents[0]!.root!) as {
    spec: { version: string; platforms: [{ files: { from: string; to: string }[]; bin: string }] };
  };
  const [{ files, bin }] = spec.platforms;
  const store = join(folder, 'store');
  for (const { from, to } of files) {
    const source = join(folder, from.replace(/\/\*$/, ''));
    const target = from.endsWith('/*') ? join(store, to) : join(store, to, from.split('/').at(-1)!);
    expect(existsSync(source)).toBe(true);
    cpSync(source, target, { recursive: true });
  }
  symlinkSync(join(store, bin), join(folder, 'kubectl-portolan'));
  const version = execFileSync(join(folder, 'kubectl-portolan'), ['--version'], { encoding: 'utf8' });
  expect(`v${version.trim()}`).toBe(spec.version);
});
