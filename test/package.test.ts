import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { transform } from 'esbuild';
import { afterAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const made = mkdtempSync(join(tmpdir(), 'package-'));
afterAll(() => rmSync(made, { recursive: true }));

const build = (to: string): void => {
  execFileSync(process.execPath, ['scripts/build.mjs', '--bundle-only', `--to=${join(made, to)}`], {
    cwd: root,
  });
};
const hashes = (folder: string): string[] =>
  readdirSync(join(made, folder)).map((file) => {
    const hash = createHash('sha256').update(readFileSync(join(made, folder, file)));
    return `${file} ${hash.digest('hex')}`;
  });

test('two builds give the same bytes, and none of them is compiled', () => {
  build('one');
  build('two');
  expect(hashes('one')).toEqual(hashes('two'));
  expect(readdirSync(join(made, 'one')).filter((file) => !/\.(?:cjs|facts|txt)$/.test(file))).toEqual([]);
});

test('npm pack gives the same bytes twice', () => {
  const packed = ['first', 'second'].map((to) => {
    mkdirSync(join(made, to));
    // What is built is compared above; a build in its place would pull it from under other tests.
    execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', join(made, to)], { cwd: root });
    return hashes(to);
  });
  expect(packed[0]).toHaveLength(1);
  expect(packed[0]).toEqual(packed[1]);
});

test('the licence of everything bundled is in the package', () => {
  const { files, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(files).toContain('dist');
  const notice = readFileSync(join(root, 'dist/NOTICE.txt'), 'utf8');
  const bundles = readdirSync(join(root, 'dist')).filter((file) => file.endsWith('.cjs'));
  expect(bundles.length).toBeGreaterThan(3);
  for (const name of Object.keys(dependencies)) {
    const { version, license } = JSON.parse(
      readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'),
    );
    expect(notice).toContain(`${name} ${version} (${license})`);
  }
  expect(notice.match(/copyright/gi)!.length).toBeGreaterThanOrEqual(Object.keys(dependencies).length);
});

test('the list of materials has what npm installs and what is bundled', () => {
  const file = join(made, 'portolan.cdx.json');
  execFileSync(process.execPath, ['scripts/sbom.mjs', file], { cwd: root });
  const { components, metadata } = JSON.parse(readFileSync(file, 'utf8'));
  const listed: string[] = components.map(
    (one: { name: string; version: string }) => `${one.name} ${one.version}`,
  );
  const notice = readFileSync(join(root, 'dist/NOTICE.txt'), 'utf8');
  const bundled = [...notice.matchAll(/^-{80}\n\n(\S+ \S+) \(/gm)].map(([, one]) => one);
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(metadata.component.name).toBe('portolan');
  expect(listed).toEqual(expect.arrayContaining(bundled));
  for (const name of ['@kubernetes/client-node', 'preact', 'ws', ...Object.keys(dependencies)])
    for (const all of [listed, bundled]) expect(all.map((one) => one!.split(' ')[0])).toContain(name);
  expect(listed.join()).not.toMatch(/vitest|typescript|biome/);
});

const OLD = ['12.22.12', '14.21.3', '16.20.2', '18.20.8', '20.18.3'];
const pretending = (version: string): string =>
  `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`;

test('an old Node is told in one sentence which one is needed', async () => {
  const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const file of new Set<string>(Object.values(bin))) {
    const text = readFileSync(join(root, file), 'utf8');
    // esbuild refuses what it cannot say in the oldest syntax, and gives back what is in it already.
    await expect(transform(text, { target: 'es5' })).resolves.toBeDefined();
    for (const version of OLD) {
      const pretend = `${pretending(version)} require(${JSON.stringify(join(root, file))})`;
      const { stderr, stdout, status } = spawnSync(process.execPath, ['-e', pretend], { encoding: 'utf8' });
      expect(stderr).toBe(`portolan: Node 20.19 or newer is needed, and this is ${version}\n`);
      expect([stdout, status]).toEqual(['', 3]);
    }
  }
});

test('so is who takes the library, by the one door that an old Node finds', async () => {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const path of ['.', './node']) {
    // Only Nodes that are new enough know module-sync, and bundlers alone know module.
    expect(Object.keys(exports[path])).toEqual(['types', 'module-sync', 'module', 'node', 'default']);
    const door = join(root, exports[path].node);
    await expect(transform(readFileSync(door, 'utf8'), { target: 'es2015' })).resolves.toBeDefined();
    for (const version of OLD) {
      const { stderr, status } = spawnSync(
        process.execPath,
        [
          '-e',
          `${pretending(version)} try { require(${JSON.stringify(door)}) } catch (error) { console.error(error.stack) }`,
        ],
        { encoding: 'utf8' },
      );
      expect([stderr, status]).toEqual([
        `portolan: Node 20.19 or newer is needed, and this is ${version}\n`,
        0,
      ]);
    }
    const library = await import(join(root, exports[path].default));
    // Named for who imports them from a module.
    const named = /module\.exports = \{ (.*) \}\)/.exec(readFileSync(door, 'utf8'))![1]!;
    expect(named.split(', ').sort()).toEqual(Object.keys(library).sort());
  }
});

test('what V8 made of the commands lies in the cache of the user, and is used only where nobody else can write it', () => {
  const cache = join(made, 'cache');
  const run = () =>
    spawnSync(process.execPath, [join(root, 'bin/portolan.cjs'), 'check', 'examples', '--fail-on', 'never'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, XDG_CACHE_HOME: cache, NODE_DISABLE_COMPILE_CACHE: '' },
    });
  const first = run();
  const folder = join(cache, 'portolan/code');
  const files = readdirSync(folder).map((name) => join(folder, name));
  expect(files.map((file) => /(\w+)-[^/]*$/.exec(file)?.[1]).sort()).toEqual([
    'commands',
    'program',
    'render',
  ]);
  for (const file of files) expect(statSync(file).mode & 0o077).toBe(0);
  expect(run().stdout).toBe(first.stdout);
  // V8 takes whatever code is of a script of that length: what somebody else put there would run.
  const program = files.find((file) => file.includes('/program-'))!;
  const { length } = readFileSync(join(root, 'dist/program.cjs'), 'latin1');
  const theirs = `
    require(${JSON.stringify(join(root, 'bin/code-cache.cjs'))}).load(${JSON.stringify(join(made, 'none.cjs'))});
    const script = new (require('node:vm').Script)('process.exit(77);'.padEnd(${length}));
    const code = Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]), script.createCachedData()]);
    require('node:fs').writeFileSync(${JSON.stringify(program)}, code);`;
  writeFileSync(join(made, 'none.cjs'), '(function () {})');
  // The loader sets the flags that the code counts for.
  execFileSync(process.execPath, ['-e', theirs], { env: { ...process.env, XDG_CACHE_HOME: cache } });
  expect(run().status).toBe(77);
  chmodSync(program, 0o666);
  expect(run()).toMatchObject({ stdout: first.stdout, status: 0 });
  for (const file of files) writeFileSync(file, 'no code');
  expect(run().stdout).toBe(first.stdout);
  for (const file of files) chmodSync(file, 0o666);
  expect(run()).toMatchObject({ stdout: first.stdout, status: 0 });
  rmSync(cache, { recursive: true });
  writeFileSync(cache, 'no folder');
  expect(run()).toMatchObject({ stdout: first.stdout, stderr: '', status: 0 });
});

test('what V8 made of one script is not taken for another that is as long and has its name', () => {
  const env = {
    ...process.env,
    XDG_CACHE_HOME: join(made, 'cache-of-others'),
    NODE_DISABLE_COMPILE_CACHE: '',
  };
  const run = (letter: string): string => {
    const folder = join(made, `script-${letter}`);
    mkdirSync(folder, { recursive: true });
    const script = `(function (exports) { exports.said = '${letter}'; })`;
    const hash = createHash('sha256').update(script).digest('hex');
    writeFileSync(join(folder, 'part.cjs'), `//${hash}\n${script}`);
    const loads = join(folder, 'loads.cjs');
    writeFileSync(
      loads,
      `console.log(require(${JSON.stringify(join(root, 'bin/code-cache.cjs'))}).load(${JSON.stringify(join(folder, 'part.cjs'))}).said)`,
    );
    return execFileSync(process.execPath, [loads], { encoding: 'utf8', env }).trim();
  };
  expect(['a', 'b', 'a', 'b'].map(run)).toEqual(['a', 'b', 'a', 'b']);
  expect(readdirSync(join(made, 'cache-of-others/portolan/code'))).toHaveLength(2);
});

test('the room for new objects stops growing in a large run, and what V8 made of the commands counts for the next', () => {
  const cache = join(made, 'cache-of-large-runs');
  const input = join(made, 'input');
  mkdirSync(input);
  for (let file = 0; file < 1200; file++) {
    const services = Array.from(
      { length: 8 },
      (_, one) => `apiVersion: v1
kind: Service
metadata: { name: web-${file}-${one}, labels: { app: web, part: part-${file}-${one}, team: shop } }
spec: { type: ExternalName, externalName: web-${file}-${one}.example.com }
`,
    );
    writeFileSync(join(input, `${file}.yaml`), services.join('---\n'));
  }
  const told = join(made, 'told.cjs');
  writeFileSync(
    told,
    `process.on('exit', () => console.error(require('v8').getHeapSpaceStatistics().find((one) => one.space_name === 'new_space').space_size));`,
  );
  const run = () =>
    spawnSync(process.execPath, ['--require', told, join(root, 'bin/portolan.cjs'), 'check', input], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, XDG_CACHE_HOME: cache, NODE_DISABLE_COMPILE_CACHE: '' },
    });
  expect(Number(run().stderr)).toBeLessThanOrEqual(2 * 8 * 1024 * 1024);
  const inodes = (): number[] =>
    readdirSync(join(cache, 'portolan/code')).map((kept) => statSync(join(cache, 'portolan/code', kept)).ino);
  // The first runs of a command add to what is kept of it.
  for (let more = 0; more < 3; more++) run();
  const kept = inodes();
  run();
  expect(inodes()).toEqual(kept);
});

test('a run that was over before it checked anything does not decide what is kept, and neither does another command', () => {
  const cache = join(made, 'cache-of-first-runs');
  const run = (...args: string[]): readonly number[] => {
    spawnSync(process.execPath, [join(root, 'bin/portolan.cjs'), ...args], {
      cwd: root,
      env: { ...process.env, XDG_CACHE_HOME: cache, NODE_DISABLE_COMPILE_CACHE: '' },
    });
    const folder = join(cache, 'portolan/code');
    const names = readdirSync(folder).filter((name) => name.startsWith('commands'));
    return names.map((name) => statSync(join(folder, name)).size).sort((a, b) => a - b);
  };
  const [short] = run('check', 'nowhere');
  const [whole] = run('check', 'examples');
  expect(whole).toBeGreaterThan(1.2 * short!);
  expect(run('explain', 'chain')).toHaveLength(2);
});

test('a program that a kubeconfig names for logging in is run by the bundles as well', () => {
  const kubeconfig = join(made, 'kubeconfig');
  writeFileSync(
    kubeconfig,
    `apiVersion: v1
kind: Config
current-context: one
contexts: [{ name: one, context: { cluster: one, user: one } }]
clusters: [{ name: one, cluster: { server: 'https://127.0.0.1:1' } }]
users:
  - name: one
    user:
      exec: { apiVersion: client.authentication.k8s.io/v1, command: 'false', interactiveMode: Never }
`,
  );
  const { stdout } = spawnSync(
    process.execPath,
    [join(root, 'bin/portolan.cjs'), 'check', '--cluster', '--kubeconfig', kubeconfig],
    { cwd: root, encoding: 'utf8' },
  );
  expect(stdout).toContain('the program false cannot log the user in');
});
