import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Report } from '../src/report/report.ts';
import { GitRepository } from '../src/testing/git-repository.ts';

let repository: GitRepository;
afterEach(() => repository.remove());

/** A shop whose Service names no port of its Pods. */
const shop = (name: string, targetPort: string | number = 'htpt', more = ''): string => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: shop
spec:
  selector:
    app: ${name}
  ports:
    - port: 80
      targetPort: ${targetPort}${more}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop
spec:
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: web
          image: nginx
          ports:
            - name: http
              containerPort: 80
`;

const report = (...args: string[]): Report => {
  const { stdout, stderr } = repository.portolan('check', '-o', 'json', ...args);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
};

/** `rule path:line by` of each finding. */
const found = ({ findings }: Report): string[] =>
  findings.map(
    ({ rule, labels: [label], ignored }) =>
      `${rule} ${label!.location.path}:${label!.location.line}${ignored ? ` ${ignored.by}` : ''}`,
  );

const BROKEN = 'unresolved-target-port k8s/a.yaml:11';

describe('an ignore', () => {
  test.each([
    [
      'in a comment on the line',
      shop('a', 'htpt # portolan-ignore unresolved-target-port -- next week'),
      'comment',
      11,
    ],
    [
      'in a comment above the line',
      shop('a').replace(
        '      targetPort',
        '      # portolan-ignore unresolved-target-port -- next week\n      targetPort',
      ),
      'comment',
      12,
    ],
    [
      'in a comment at the other end',
      shop('a').replace('name: http', 'name: http # portolan-ignore unresolved-target-port -- next week'),
      'comment',
      11,
    ],
    [
      'in an annotation of the Service',
      shop('a').replace(
        'namespace: shop',
        'namespace: shop\n  annotations:\n    ignore.portolan.dev/unresolved-target-port: "next week"',
      ),
      'annotation',
      13,
    ],
    [
      'in an annotation of the workload',
      shop('a').replace(
        /(kind: Deployment\nmetadata:\n)/,
        '$1  annotations: { ignore.portolan.dev/unresolved-target-port: next week }\n',
      ),
      'annotation',
      11,
    ],
  ])('%s hides the finding with its reason', (_, text, by, line) => {
    repository = new GitRepository({ 'k8s/a.yaml': text });
    const said = report('k8s');
    expect(found(said)).toEqual([`unresolved-target-port k8s/a.yaml:${line} ${by}`]);
    expect(said.findings[0]!.ignored!.reason).toBe('next week');
    expect(said.summary).toMatchObject({ findings: { error: 0 }, ignored: 1 });
    expect(repository.portolan('check', 'k8s').status).toBe(0);
    expect(repository.portolan('check', 'k8s').stdout).toContain(`1 finding ignored: 1 by ${by}s`);
    expect(repository.portolan('check', '--no-ignores', 'k8s').status).toBe(1);
    expect(found(report('--no-ignores', 'k8s'))[0]).not.toContain(by);
    const { runs } = JSON.parse(repository.portolan('check', '-o', 'sarif', 'k8s').stdout);
    expect(runs[0].results[0].suppressions).toEqual([
      { kind: 'inSource', status: 'accepted', justification: 'next week' },
    ]);
  });

  test.each([
    ['without a reason', 'unresolved-target-port', 'it gives no reason'],
    [
      'of a rule that nobody knows',
      'unresolved-targetport -- next week',
      'the nearest is `unresolved-target-port`',
    ],
    ['of a rule that finds nothing there', 'host-port -- next week', 'it hides nothing; remove it'],
    ['of no rule', '-- next week', 'it names no rule'],
  ])('%s hides nothing, and is told', (_, said, words) => {
    repository = new GitRepository({ 'k8s/a.yaml': shop('a', `htpt # portolan-ignore ${said}`) });
    expect(found(report('k8s'))).toEqual([BROKEN]);
    expect(report('k8s').ignores.map(({ wrong }) => wrong)).toEqual([expect.stringContaining(words)]);
    const { status, stdout } = repository.portolan('check', 'k8s');
    expect(status).toBe(1);
    expect(stdout.replace(/\s+/g, ' ')).toContain(words);
    expect(repository.portolan('check', '-o', 'sarif', 'k8s').stdout).toContain('the ignore of');
  });

  test('above the item of a list that its rule marks further below, the line is told', () => {
    const text = shop('a').replace(
      /^( *)- port/m,
      '$1# portolan-ignore unresolved-target-port -- next week\n$&',
    );
    repository = new GitRepository({ 'k8s/a.yaml': text });
    const line = text.split('\n').findIndex((one) => one.includes('targetPort')) + 1;
    expect(report('k8s').ignores[0]!.wrong).toContain(`the rule marks line ${line}, `);
  });

  test('of a rule that was not asked is not said to hide nothing', () => {
    repository = new GitRepository({
      'k8s/a.yaml': shop('a', 'htpt # portolan-ignore unresolved-target-port -- next week'),
    });
    expect(report('--rule', 'host-port', 'k8s').ignores[0]).not.toHaveProperty('wrong');
  });
});

describe('a configuration', () => {
  const config = (text: string, name = 'portolan.config.yaml'): void => {
    repository = new GitRepository({ 'k8s/a.yaml': shop('a'), [name]: text });
  };

  test('switches a rule off, which is counted and told, and `--no-config` brings it back', () => {
    config('rules: { unresolved-target-port: off }\n');
    expect(found(report('k8s'))).toEqual([`${BROKEN} configuration`]);
    const { status, stdout } = repository.portolan('check', 'k8s');
    expect(status).toBe(0);
    expect(stdout).toContain(
      'configuration: portolan.config.yaml\n1 finding ignored: 1 by the configuration',
    );
    expect(repository.portolan('check', '--no-config', 'k8s').status).toBe(1);
  });

  test('changes a severity for some paths, the last that fits', () => {
    config(
      'rules:\n  unresolved-target-port:\n    - { paths: ["**"], severity: warning }\n    - { paths: [/k8s/], severity: info }\n    - { paths: [other/], severity: off }\n',
    );
    expect(report('k8s').findings[0]).toMatchObject({ severity: 'info', usualSeverity: 'error' });
    expect(repository.portolan('check', 'k8s').stdout).toContain('it changes the severity of 1 finding');
  });

  test('says what fails, and the command line wins', () => {
    config('rules: { unresolved-target-port: warning }\nfailOn: warning\n');
    expect(repository.portolan('check', 'k8s').status).toBe(1);
    expect(repository.portolan('check', '--fail-on', 'error', 'k8s').status).toBe(0);
    expect(repository.portolan('check', 'k8s').stdout).toContain('it fails on warning');
  });

  test('leaves files out of folders, and tells; what is named is read', () => {
    config('exclude: [k8s/a.yaml]\n');
    expect(found(report('.'))).toEqual([]);
    expect(report('.').passedBy).toEqual([{ by: 'portolan.config.yaml', entries: 1 }]);
    expect(found(report('k8s/a.yaml'))).toEqual([BROKEN]);
  });

  test.each([
    ['portolan.config.yml', 'rules: { unresolved-target-port: off }'],
    ['portolan.config.json', '{ "rules": { "unresolved-target-port": "off" } }'],
    ['package.json', '{ "name": "shop", "portolan": { "rules": { "unresolved-target-port": "off" } } }'],
  ])('may be %s', (name, text) => {
    config(text, name);
    expect(report('k8s').configuration).toBe(name);
    expect(repository.portolan('check', 'k8s').status).toBe(0);
  });

  test('of which there are two, or with a rule that nobody knows, ends the run', () => {
    config('rules:\n  unresolved-targetport: off\n');
    expect(repository.portolan('check').stderr).toContain(
      'portolan.config.yaml:2:3: no rule is called `unresolved-targetport`; the nearest is `unresolved-target-port`',
    );
    repository.write({ 'portolan.config.json': '{}' });
    expect(repository.portolan('check').stderr).toContain('portolan.config.json lies beside it');
    expect(repository.portolan('check').status).toBe(2);
  });

  test('a mistake within a package.json has its line', () => {
    config('{\n  "portolan": {\n    "failsOn": "info"\n  }\n}\n', 'package.json');
    expect(repository.portolan('check').stderr).toContain('package.json:3:5: the file has no key `failsOn`');
  });
});

describe('in a folder', () => {
  test('.gitignore and .portolanignore count, the inner ones more, and are told', () => {
    repository = new GitRepository({
      '.gitignore': 'build/\n*.tmp.yaml\n',
      'k8s/.portolanignore': 'b.yaml\n!keep.tmp.yaml\n',
      'k8s/a.yaml': shop('a'),
      'k8s/b.yaml': shop('b'),
      'k8s/c.tmp.yaml': shop('c'),
      'k8s/keep.tmp.yaml': shop('d'),
      'build/e.yaml': shop('e'),
      '.hidden/f.yaml': shop('f'),
    });
    expect(report('.').sources.map(({ path }) => path)).toEqual(['k8s/a.yaml', 'k8s/keep.tmp.yaml']);
    expect(report('k8s').sources.map(({ path }) => path)).toEqual(['k8s/a.yaml', 'k8s/keep.tmp.yaml']);
    expect(report('.').passedBy).toEqual([
      { by: '.gitignore', entries: 2 },
      { by: 'k8s/.portolanignore', entries: 1 },
    ]);
    // What is named is read, whatever is said of it.
    expect(report('build').sources.map(({ path }) => path)).toEqual(['build/e.yaml']);
    expect(report('.hidden').sources.map(({ path }) => path)).toEqual(['.hidden/f.yaml']);
    expect(report('--no-ignores', '.').sources).toHaveLength(5);
  });
});

describe('a baseline', () => {
  test('holds what is there, in lines that merge', () => {
    repository = new GitRepository({ 'k8s/a.yaml': shop('a'), 'k8s/b.yaml': shop('b') });
    const { status, stderr } = repository.portolan('check', '--write-baseline', 'k8s');
    expect([status, stderr]).toEqual([0, 'portolan.baseline: 2 findings\n']);
    const lines = repository.read('portolan.baseline').split('\n');
    expect(lines.slice(2, -1)).toEqual([
      expect.stringMatching(/^[0-9a-f]{16} unresolved-target-port k8s\/a\.yaml: Service `shop\/a` forwards/),
      expect.stringMatching(/^[0-9a-f]{16} unresolved-target-port k8s\/b\.yaml: Service `shop\/b` forwards/),
    ]);
    expect(repository.portolan('check', '--baseline', 'portolan.baseline', 'k8s').status).toBe(0);
    expect(report('--baseline', 'portolan.baseline', 'k8s').summary.ignored).toBe(2);
    const { runs } = JSON.parse(
      repository.portolan('check', '-o', 'sarif', '--baseline', 'portolan.baseline', 'k8s').stdout,
    );
    expect(runs[0].results[0].suppressions[0].kind).toBe('external');
  });

  test('knows a finding whose lines moved, and tells what is new', () => {
    repository = new GitRepository({ 'k8s/a.yaml': shop('a') });
    repository.portolan('check', '--write-baseline', 'k8s');
    repository.write({ 'k8s/a.yaml': `# moved\n\n${shop('a')}`, 'k8s/b.yaml': shop('b') });
    expect(found(report('--baseline', 'portolan.baseline', 'k8s'))).toEqual([
      'unresolved-target-port k8s/a.yaml:13 baseline',
      'unresolved-target-port k8s/b.yaml:11',
    ]);
  });

  test('is pruned when something is mended, and what is new does not slip in', () => {
    repository = new GitRepository({ 'k8s/a.yaml': shop('a'), 'k8s/b.yaml': shop('b') });
    repository.portolan('check', '--write-baseline', 'k8s');
    repository.write({ 'k8s/a.yaml': shop('a', 'http'), 'k8s/c.yaml': shop('c') });
    expect(report('--baseline', 'portolan.baseline', 'k8s').baseline!.mended).toHaveLength(1);
    expect(repository.portolan('check', '--baseline', 'portolan.baseline', 'k8s').stdout).toContain(
      '`--prune-baseline` takes it out',
    );
    // What is not looked at is not mended.
    expect(report('--baseline', 'portolan.baseline', 'k8s/b.yaml').baseline!.mended).toEqual([]);
    expect(report('--baseline', 'portolan.baseline', '--rule', 'host-port', 'k8s').baseline!.mended).toEqual(
      [],
    );
    repository.portolan('check', '--prune-baseline', 'k8s');
    expect(repository.read('portolan.baseline').match(/k8s\/\w/g)).toEqual(['k8s/b']);
    expect(repository.portolan('check', '--baseline', 'portolan.baseline', 'k8s').status).toBe(1);
    repository.portolan('check', '--write-baseline', 'k8s');
    expect(repository.read('portolan.baseline').match(/k8s\/\w/g)).toEqual(['k8s/b', 'k8s/c']);
  });

  test('that is missing, or is none, ends the run', () => {
    repository = new GitRepository({ 'k8s/a.yaml': shop('a'), 'wrong.baseline': '# ours\n\nnothing\n' });
    expect(repository.portolan('check', '--baseline', 'b', 'k8s')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('`portolan check --write-baseline` writes one'),
    });
    expect(repository.portolan('check', '--baseline', 'wrong.baseline', 'k8s')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('wrong.baseline:3: a line of a baseline is'),
    });
  });
});

describe('--changed-since', () => {
  test('tells findings one of whose ends changed, that end first; committed, changed and new files count', () => {
    repository = new GitRepository({
      'k8s/a.yaml': shop('a'),
      'k8s/b.yaml': shop('b', 'http'),
      'k8s/c.yaml': shop('c', 'http'),
    });
    repository.git('checkout', '--quiet', '-b', 'change');
    repository.write({ 'k8s/b.yaml': shop('b') });
    repository.commit('b');
    // What main does meanwhile is none of the branch's business.
    repository.git('checkout', '--quiet', 'main');
    repository.write({ 'k8s/a.yaml': `# moved\n${shop('a')}` });
    repository.commit('a');
    repository.git('checkout', '--quiet', 'change');
    repository.write({ 'k8s/c.yaml': shop('c').replace('containerPort: 80', 'containerPort: 80 # ours') });
    repository.write({ 'k8s/d.yaml': shop('d') });
    const said = report('--changed-since', 'main', 'k8s');
    expect(found(said)).toEqual([
      'unresolved-target-port k8s/b.yaml:11',
      'unresolved-target-port k8s/c.yaml:11',
      'unresolved-target-port k8s/d.yaml:11',
    ]);
    expect(said.changedSince).toMatchObject({ ref: 'main', leftOut: 1 });
    expect(repository.portolan('check', '--changed-since', 'main', 'k8s').stdout).toContain(
      'changed since main: 1 finding elsewhere left out',
    );
  });

  test('puts the end that changed first', () => {
    repository = new GitRepository({ 'k8s/a.yaml': shop('a', 'http') });
    repository.write({ 'k8s/a.yaml': shop('a', 'http').replace('- name: http', '- name: web') });
    const [finding] = report('--changed-since', 'HEAD', 'k8s').findings;
    expect(finding!.labels.map(({ location, primary }) => [location.line, primary])).toEqual([
      [31, true],
      [11, false],
    ]);
  });

  test('leaves out what stands in the same file and did not change', () => {
    repository = new GitRepository({ 'k8s/a.yaml': `${shop('a')}---\n${shop('b', 'http')}` });
    repository.write({ 'k8s/a.yaml': `${shop('a')}---\n${shop('b')}` });
    expect(found(report('--changed-since', 'HEAD', 'k8s'))).toEqual(['unresolved-target-port k8s/a.yaml:44']);
  });

  test('tells what misses an object that was taken away', () => {
    const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: till, namespace: shop }
spec:
  ingressClassName: nginx
  rules:
    - http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: a, port: { number: 80 } } } }] }
`;
    repository = new GitRepository({
      'k8s/a.yaml': shop('a', 'http'),
      'k8s/ingress.yaml': ingress,
      'k8s/b.yaml': shop('b', 'http'),
    });
    repository.remove('k8s/a.yaml');
    expect(found(report('--changed-since', 'HEAD', 'k8s')).join()).toContain('undefined-backend-service');
  });

  test.each([
    ['--output=pwned', 'does not begin with `-`'],
    ['no-such-branch', 'it is no commit of this repository'],
    ['HEAD; touch pwned', 'it is no commit'],
    ['$(touch pwned)', 'it is no commit'],
    ['', 'does not begin'],
  ])('%j is refused', (ref, words) => {
    repository = new GitRepository({ 'k8s/a.yaml': shop('a') });
    const { status, stderr } = repository.portolan('check', `--changed-since=${ref}`, 'k8s');
    expect([status, stderr]).toEqual([2, expect.stringContaining(words)]);
    expect(existsSync(join(repository.folder, 'pwned'))).toBe(false);
  });

  test('starts no program that the repository names', () => {
    repository = new GitRepository({
      'k8s/a.yaml': shop('a', 'http'),
      '.gitattributes': '*.yaml diff=evil\n',
    });
    for (const key of ['core.fsmonitor', 'diff.external', 'diff.evil.textconv', 'diff.evil.command'])
      repository.git('config', key, 'touch pwned; false');
    repository.write({ 'k8s/a.yaml': shop('a') });
    expect(found(report('--changed-since', 'HEAD', 'k8s'))).toEqual([BROKEN]);
    expect(existsSync(join(repository.folder, 'pwned'))).toBe(false);
  });

  test('outside of a repository it says so', () => {
    repository = new GitRepository({ 'k8s/a.yaml': shop('a') });
    repository.remove('.git');
    const { status, stderr } = repository.portolan('check', '--changed-since', 'main', 'k8s');
    expect([status, stderr]).toEqual([2, expect.stringContaining('not a git repository')]);
  });
});

test('a repository with 40 findings adopts portolan in two commands, and exactly what a pull request adds fails', () => {
  const names = Array.from({ length: 40 }, (_, at) => `app${at}`);
  repository = new GitRepository(Object.fromEntries(names.map((name) => [`k8s/${name}.yaml`, shop(name)])));
  const before = repository.portolan('check', 'k8s');
  expect([before.status, before.stdout]).toEqual([1, expect.stringContaining('40 errors')]);

  expect(repository.portolan('check', '--write-baseline', 'k8s').status).toBe(0);
  repository.commit('a baseline');
  const ci = ['check', '--baseline', 'portolan.baseline', 'k8s'];
  expect(repository.portolan(...ci).status).toBe(0);

  repository.git('checkout', '--quiet', '-b', 'pull-request');
  repository.write({ 'k8s/new.yaml': shop('new'), 'k8s/app7.yaml': `# touched\n${shop('app7')}` });
  repository.commit('one more app');
  const failed = repository.portolan(...ci, '-o', 'text', '-o', 'sarif=portolan.sarif');
  expect(failed.status).toBe(1);
  expect(failed.stdout.match(/^error\[.*/gm)).toEqual([
    expect.stringContaining('Service `shop/new` forwards port 80 to `htpt`'),
  ]);
  expect(failed.stdout).toContain('40 findings ignored: 40 as the baseline has them');
  const { results } = JSON.parse(repository.read('portolan.sarif')).runs[0];
  const open = results.filter(({ suppressions }: { suppressions?: unknown }) => !suppressions);
  expect(results).toHaveLength(41);
  expect(
    open.map(
      (one: { locations: [{ physicalLocation: { artifactLocation: object } }] }) =>
        one.locations[0].physicalLocation.artifactLocation,
    ),
  ).toEqual([expect.objectContaining({ uri: 'k8s/new.yaml' })]);

  // The author mends it as the finding says.
  const fix = [
    'fix',
    '--write',
    '--unsafe',
    '--finding',
    open[0].partialFingerprints['portolan/v1'],
    '--end',
    'service',
  ];
  expect(repository.portolan(...fix, 'k8s').status).toBe(0);
  expect(repository.portolan(...ci).status).toBe(0);
  expect(repository.git('diff', '--stat', 'HEAD')).toContain('1 file changed, 1 insertion(+), 1 deletion(-)');
});
