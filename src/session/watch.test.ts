import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Watch, watchPaths } from './watch.ts';

let cwd: string;
let watching: Watch | undefined;
beforeEach(() => {
  cwd = realpathSync.native(mkdtempSync(join(tmpdir(), 'harbour-')));
  mkdirSync(join(cwd, 'k8s/web'), { recursive: true });
  writeFileSync(join(cwd, 'k8s/web/a.yaml'), 'a');
});
afterEach(() => {
  watching?.close();
  rmSync(cwd, { recursive: true, force: true });
});

/** Everything told until a path is among it. */
function told(paths: readonly string[]): { readonly until: (path: string) => Promise<string[]> } {
  let all: string[] = [];
  let wake = (): void => {};
  watching = watchPaths(paths, {
    cwd,
    onChange: (changed) => {
      all.push(...changed.map((path) => path.slice(cwd.length + 1)));
      wake();
    },
  });
  return {
    until: async (path) => {
      while (!all.includes(path)) await new Promise<void>((resolve) => (wake = resolve));
      const seen = [...new Set(all)].sort();
      all = [];
      return seen;
    },
  };
}

const write = (path: string, text = 'b'): void => writeFileSync(join(cwd, path), text);

test('a file that is written, comes, goes or is called another', async () => {
  const { until } = told(['k8s']);
  write('k8s/web/a.yaml');
  expect(await until('k8s/web/a.yaml')).toEqual(['k8s/web/a.yaml']);
  write('k8s/b.yaml');
  expect(await until('k8s/b.yaml')).toContain('k8s/b.yaml');
  renameSync(join(cwd, 'k8s/b.yaml'), join(cwd, 'k8s/c.yaml'));
  expect(await until('k8s/c.yaml')).toContain('k8s/b.yaml');
  rmSync(join(cwd, 'k8s/c.yaml'));
  expect(await until('k8s/c.yaml')).toEqual(['k8s/c.yaml']);
});

test('an editor that puts another file in its place, again and again', async () => {
  const { until } = told(['k8s/web/a.yaml']);
  for (const text of ['one', 'two', 'three']) {
    write('k8s/web/.a.yaml.swp', text);
    renameSync(join(cwd, 'k8s/web/.a.yaml.swp'), join(cwd, 'k8s/web/a.yaml'));
    // Of a file that was named nothing beside it is told.
    expect(await until('k8s/web/a.yaml')).toEqual(['k8s/web/a.yaml']);
  }
});

test('a folder that comes is watched with all in it, and one that went and came again', async () => {
  const { until } = told(['.']);
  mkdirSync(join(cwd, 'k8s/new/deep'), { recursive: true });
  await until('k8s/new');
  write('k8s/new/deep/a.yaml');
  await until('k8s/new/deep/a.yaml');
  rmSync(join(cwd, 'k8s/new'), { recursive: true });
  await until('k8s/new');
  mkdirSync(join(cwd, 'k8s/new'));
  await until('k8s/new');
  write('k8s/new/b.yaml');
  await until('k8s/new/b.yaml');
});

test('hidden folders pass by', async () => {
  mkdirSync(join(cwd, '.git'));
  const { until } = told(['.']);
  write('.git/index');
  mkdirSync(join(cwd, '.cache'));
  write('k8s/web/a.yaml');
  expect(await until('k8s/web/a.yaml')).toEqual(['k8s/web/a.yaml']);
});

test('a file that is not there yet', async () => {
  const { until } = told(['portolan.config.yaml']);
  write('other.yaml');
  write('portolan.config.yaml');
  expect(await until('portolan.config.yaml')).toEqual(['portolan.config.yaml']);
});

test('a folder, and a file of it beside', async () => {
  const { until } = told(['.', 'portolan.config.yaml', 'k8s/web/a.yaml']);
  write('k8s/web/b.yaml');
  await until('k8s/web/b.yaml');
  write('c.yaml');
  await until('c.yaml');
});

test('many changes at once are few calls', async () => {
  let calls = 0;
  const seen = new Set<string>();
  const all = new Promise<void>((resolve) => {
    watching = watchPaths(['k8s'], {
      cwd,
      onChange: (paths) => {
        calls++;
        for (const path of paths) seen.add(path);
        if (seen.size === 200) resolve();
      },
    });
  });
  for (let at = 0; at < 200; at++) write(`k8s/${at}.yaml`);
  await all;
  expect(calls).toBeLessThan(50);
});

test('what was seen is told before it is settled, and nothing seen is settled at once', async () => {
  const { until } = told(['k8s']);
  await watching?.settled();
  let isTold = false;
  const telling = until('k8s/web/a.yaml').then(() => {
    isTold = true;
  });
  write('k8s/web/a.yaml');
  await watching?.settled();
  expect(isTold).toBe(true);
  await telling;
});
