import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { because, HELM, KUBECTL } from '../src/testing/renderers.ts';
import { TestRepository } from '../src/testing/repository.ts';

const bin = resolve(import.meta.dirname, '../bin/portolan.cjs');
const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n';
const CHART = {
  'shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'shop/values.yaml': 'port: 80\n',
  'shop/templates/_names.tpl': '{{ define "name" }}web{{ end }}\n',
  'shop/templates/service.yaml': SERVICE,
};
const OVERLAY = {
  'base/kustomization.yaml':
    'resources: [app.yaml]\nconfigMapGenerator: [{ name: c, files: [nginx.conf] }]\n',
  'base/app.yaml': SERVICE,
  'base/nginx.conf': 'events {}\n',
  'prod/kustomization.yaml': 'resources: [../base]\nnamePrefix: prod-\n',
};

let repository: TestRepository;
let overlays: string;
beforeEach(() => {
  repository = new TestRepository();
  mkdirSync(join(repository.folder, '.git'));
  overlays = join(repository.cache, 'portolan/overlays');
});
afterEach(() => repository.remove());

const environment = (): NodeJS.ProcessEnv => ({
  PATH: repository.bin,
  HOME: repository.root,
  XDG_CACHE_HOME: repository.cache,
  NO_COLOR: '1',
});
const run = (...args: string[]) =>
  spawnSync(process.execPath, [bin, 'check', ...args], {
    cwd: repository.folder,
    encoding: 'utf8',
    env: environment(),
  });
const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

/** Waits for what another process does. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((done) => setTimeout(done, 20));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process that ended and that nobody has waited for yet is still listed.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('a run that is ended from outside', () => {
  let child: ChildProcess;
  let renderer: number;

  const beginSlowly = async (): Promise<void> => {
    repository.write(OVERLAY);
    const pidFile = join(repository.root, 'pid');
    const program = join(repository.bin, 'kubectl');
    writeFileSync(
      program,
      `#!/bin/sh\necho $$ > '${pidFile}.new'; /bin/mv '${pidFile}.new' '${pidFile}'\nexec /bin/sleep 30\n`,
    );
    chmodSync(program, 0o755);
    child = spawn(process.execPath, [bin, 'check', '.'], {
      cwd: repository.folder,
      env: environment(),
      stdio: 'ignore',
    });
    await until(() => existsSync(pidFile));
    renderer = Number(readFileSync(pidFile, 'utf8'));
  };
  afterEach(() => {
    if (isRunning(renderer)) process.kill(renderer, 'SIGKILL');
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('by %s leaves nothing', async (signal) => {
    await beginSlowly();
    expect(namesIn(overlays)).toHaveLength(1);
    child.kill(signal);
    const [, by] = await once(child, 'exit');
    expect(by).toBe(signal);
    expect(namesIn(overlays)).toEqual([]);
    await until(() => !isRunning(renderer));
  });

  test('by SIGKILL ends its renderer, and leaves an overlay, which the next run removes', async () => {
    await beginSlowly();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(namesIn(overlays)).toHaveLength(1);
    // Nobody told the renderer.
    await until(() => !isRunning(renderer));
    writeFileSync(join(repository.bin, 'kubectl'), '#!/bin/sh\nexit 1\n');
    run('.');
    expect(namesIn(overlays)).toEqual([]);
  });

  test('is not swept away by another that runs meanwhile', async () => {
    await beginSlowly();
    writeFileSync(join(repository.bin, 'kubectl'), '#!/bin/sh\nexit 1\n');
    run('.');
    expect(namesIn(overlays)).toHaveLength(1);
    child.kill('SIGINT');
    await once(child, 'exit');
  });
});

test('what is printed of a compose service is all that it needs', () => {
  repository.write({
    'compose.yaml':
      'services:\n  web: { image: nginx, ports: ["80:8080"], volumes: ["./web.conf:/etc/nginx/conf.d/default.conf"] }\n  api: { image: redis, ports: ["6379"] }\n',
    'web.conf': 'server { listen 8080; }\n',
  });
  const spawned = (input: string, ...args: string[]) =>
    spawnSync(process.execPath, [bin, ...args], {
      cwd: repository.folder,
      encoding: 'utf8',
      env: environment(),
      input,
    });
  const { stdout } = spawned('', 'trace', 'web', 'compose.yaml');
  const manifests = stdout.slice(stdout.indexOf('apiVersion: '));
  expect([...manifests.matchAll(/^kind: (.*)$/gm)].map(([, kind]) => kind)).toEqual([
    'ConfigMap',
    'Deployment',
    'Service',
  ]);
  const { chains, links } = JSON.parse(spawned(manifests, 'check', '-', '-o', 'json').stdout).summary;
  expect([chains, links.unproved + links.broken]).toEqual([{ whole: 2, broken: 0, unproved: 0 }, 0]);
});

test('a compose service in the network of another is traced in its Pod, and one in a folder with its file', () => {
  repository.write({
    'compose.yaml':
      'services:\n  vpn: { image: acme/vpn, ports: ["80:80"] }\n  web: { image: nginx, network_mode: "service:vpn" }\n',
  });
  const traced = (...args: string[]) =>
    spawnSync(process.execPath, [bin, 'trace', ...args], {
      cwd: repository.folder,
      encoding: 'utf8',
      env: environment(),
    });
  const { stdout, status } = traced('web', 'compose.yaml');
  expect([status, stdout]).toEqual([
    0,
    expect.stringMatching(/^Service default\/vpn port 80\/TCP\n[\s\S]*whole/),
  ]);
  const { stderr, status: refused } = traced('web', '.');
  expect([refused, stderr]).toEqual([2, expect.stringContaining('`portolan trace web compose.yaml`')]);
});

const missing = KUBECTL === undefined ? because('kubectl') : because('helm');

describe.skipIf(KUBECTL === undefined || HELM === undefined)(`the real programs${missing}`, () => {
  test.each([
    'base/app.yaml',
    'base/nginx.conf',
    'prod/kustomization.yaml',
    'shop/values.yaml',
    'shop/templates/_names.tpl',
    'dev.yaml',
    'compose.yaml',
  ])('%s went into a build, and no report takes its place', (file) => {
    repository.write({
      ...CHART,
      ...OVERLAY,
      'dev.yaml': 'port: 81\n',
      'compose.yaml': 'services: { web: { image: nginx } }\n',
    });
    const before = readFileSync(join(repository.folder, file), 'utf8');
    expect(run('.', '--values', 'dev.yaml', '-o', `json=${file}`)).toMatchObject({
      status: 2,
      stderr: `portolan: \`-o json=${file}\` would take the place of an input; name another file\n`,
    });
    expect(readFileSync(join(repository.folder, file), 'utf8')).toBe(before);
  });

  describe('what a stranger may have written', () => {
    /** Programs that must never run leave a mark. */
    const trap = (path: string): void => {
      repository.write({ [path]: `#!/bin/sh\ntouch '${repository.root}/sprung'\n` });
      chmodSync(join(repository.folder, path), 0o755);
    };
    const huge = (path: string): void => {
      repository.write({ [path]: '' });
      truncateSync(join(repository.folder, path), 1024 * 1024 * 1024);
    };

    const CASES: Record<
      string,
      { readonly make: () => void; readonly says: RegExp; readonly starts?: true }
    > = {
      'a kustomization that takes in itself': {
        make: () => repository.write({ 'kustomization.yaml': 'resources: [.]\n' }),
        says: /kustomization\.yaml.*cycle/s,
        starts: true,
      },
      'resources above the repository': {
        make: () => repository.write({ 'kustomization.yaml': 'resources: [../../../../../../etc]\n' }),
        says: /kustomization\.yaml:1:13: `\S*etc` leads out of the repository/,
      },
      'a link to a folder out of the repository': {
        make: () => {
          symlinkSync('/etc', join(repository.folder, 'base'));
          repository.write({ 'prod/kustomization.yaml': 'resources: [../base]\n' });
        },
        says: /prod\/kustomization\.yaml:1:13: `\.\.\/base` leads out of the repository/,
      },
      'a device as a manifest': {
        make: () => {
          repository.write({ 'kustomization.yaml': 'resources: [zero.yaml]\n' });
          symlinkSync('/dev/zero', join(repository.folder, 'zero.yaml'));
        },
        says: /`zero\.yaml` is neither a regular file nor a folder/,
      },
      'a link among the files of a generator': {
        make: () => {
          repository.write({ 'kustomization.yaml': 'configMapGenerator: [{ name: c, files: [passwd] }]\n' });
          symlinkSync('/etc/passwd', join(repository.folder, 'passwd'));
        },
        says: /`passwd` leads out of the repository/,
      },
      'a link in a chart': {
        make: () => {
          repository.write(CHART);
          symlinkSync('/etc', join(repository.folder, 'shop/files'));
        },
        says: /`shop\/files` leads out of the repository/,
      },
      'a generator that is a program': {
        make: () => {
          trap('evil.sh');
          repository.write({
            'kustomization.yaml': 'generators: [generator.yaml]\n',
            'generator.yaml':
              'apiVersion: v1\nkind: Evil\nmetadata:\n  name: evil\n  annotations:\n    config.kubernetes.io/function: |\n      exec: { path: ./evil.sh }\n',
          });
        },
        says: /kustomization\.yaml.*(external plugins disabled|unable to load|must use)/s,
        starts: true,
      },
      'a transformer in a container': {
        make: () =>
          repository.write({
            'app.yaml': SERVICE,
            'kustomization.yaml': 'resources: [app.yaml]\ntransformers: [t.yaml]\n',
            't.yaml':
              'apiVersion: v1\nkind: Evil\nmetadata:\n  name: evil\n  annotations:\n    config.kubernetes.io/function: |\n      container: { image: "example.com/evil" }\n',
          }),
        says: /kustomization\.yaml.*refused/s,
        starts: true,
      },
      'a chart in a kustomization': {
        make: () => {
          trap('helm');
          repository.write({
            'kustomization.yaml': 'helmCharts: [{ name: shop, repo: "https://example.com" }]\n',
          });
        },
        says: /start Helm, which it is not let do/,
      },
      'a file of 1 GB among the resources': {
        make: () => {
          huge('app.yaml');
          repository.write({ 'kustomization.yaml': 'resources: [app.yaml]\n' });
        },
        says: /kustomization\.yaml:1:13: with `app\.yaml` its files are larger than 64 MB/,
      },
      "1 GB of a chart's own values": {
        make: () => {
          repository.write(CHART);
          huge('shop/values.yaml');
        },
        says: /shop\/Chart\.yaml:1:1: its files are larger than 64 MB/,
      },
      'names with newlines and escapes': {
        make: () =>
          repository.write({
            'a\n::error::b\x1b[31m/kustomization.yaml':
              'resources: ["c\\n::error::\\e[31m.yaml", $(touch sprung).yaml]\n',
          }),
        says: /does not exist/,
      },
    };

    test.each(Object.entries(CASES))('%s', (_, { make, says, starts = false }) => {
      make();
      const before = readdirSync(repository.folder, { recursive: true });
      const { stdout, stderr, status } = run('.');
      expect(`${stdout}${stderr}`).toMatch(says);
      expect(`${stdout}${stderr}`).not.toMatch(/\x1b|^::/m);
      expect([0, 2, 3]).toContain(status);
      expect(existsSync(repository.started)).toBe(starts);
      expect(existsSync(join(repository.root, 'sprung'))).toBe(false);
      expect(readdirSync(repository.folder, { recursive: true })).toEqual(before);
      expect(namesIn(overlays)).toEqual([]);
    });

    test('1 GB of values that the user names', () => {
      repository.write(CHART);
      huge('large.yaml');
      expect(run('shop', '--values', 'large.yaml').stdout).toContain(
        'values of more than 16 MB are not read',
      );
      expect(existsSync(repository.started)).toBe(false);
    });
  });
});
