import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { because, HELM } from '../src/testing/renderers.ts';

const root = join(import.meta.dirname, '..');
let folder = '';
let path = '';

const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
const lacking = (shell: string): string => (has(shell) ? '' : ` (skipped: no ${shell} here)`);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-integrations-'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const name of ['portolan', 'kubectl_complete-portolan'])
    symlinkSync(join(root, 'bin', `${name}.cjs`), join(bin, name));
  // `npx --yes portolan@VERSION …` runs this checkout instead of what is published.
  writeFileSync(join(bin, 'npx'), '#!/bin/sh\nshift 2\nexec portolan "$@"\n');
  chmodSync(join(bin, 'npx'), 0o755);
  path = [bin, dirname(process.execPath), process.env.PATH].join(delimiter);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the action of GitHub', () => {
  const { inputs, runs } = load(readFileSync(join(root, 'action.yml'), 'utf8')) as {
    readonly inputs: Record<string, { readonly default: string }>;
    readonly runs: {
      readonly steps: readonly { readonly run?: string; readonly env?: Record<string, string> }[];
    };
  };
  const [{ run = '', env = {} }] = runs.steps as [(typeof runs.steps)[number]];

  /** As the runner does: `bash --noprofile --norc -eo pipefail`, with the inputs in the environment. */
  const act = (
    given: Record<string, string>,
    cwd = root,
  ): ReturnType<typeof spawnSync> & { stdout: string } => {
    const variables = Object.fromEntries(
      Object.entries(env).map(([name, value]) => {
        const [, input = ''] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value) ?? [];
        return [name, given[input] ?? inputs[input]!.default];
      }),
    );
    return spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
      cwd,
      encoding: 'utf8',
      env: {
        PATH: path,
        HOME: folder,
        GITHUB_WORKSPACE: cwd,
        GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
        ...variables,
      },
    }) as never;
  };

  test('no step reads an input into its script', () => {
    for (const step of runs.steps) expect(step.run ?? '').not.toContain('${{');
  });

  test('annotates, adds to the summary of the job, writes SARIF and fails', () => {
    const sarif = join(folder, 'out.sarif');
    const { status, stdout } = act({ paths: 'examples/broken/probe-to-pod\n', sarif });
    expect(stdout).toMatch(/^::error file=examples\/broken\/probe-to-pod\/app\.yaml,line=\d+/);
    expect(status).toBe(1);
    expect(JSON.parse(readFileSync(sarif, 'utf8')).runs[0].results).toHaveLength(1);
    expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toContain('### portolan: 1 error');
  });

  test('what is written into an input is a path, and no command', () => {
    const { status, stdout } = act({ paths: '$(touch pwned); `touch pwned`\n--config=/etc/passwd' }, folder);
    expect(status).toBe(2);
    expect(stdout).toContain('$(touch pwned)');
    expect(existsSync(join(folder, 'pwned'))).toBe(false);
  });

  test('is quiet where every chain holds', () => {
    const { status, stdout } = act({ paths: 'examples/audiobookshelf', 'fail-on': 'warning' });
    expect(status).toBe(0);
    expect(stdout).not.toMatch(/^::(?:error|warning)/m);
  });
});

test('the template of GitLab and the jobs of Argo CD and Flux are what portolan calls applicable', () => {
  const read = (file: string): string => readFileSync(join(root, 'integrations', file), 'utf8');
  expect(load(read('gitlab/portolan.gitlab-ci.yml'))).toHaveProperty(
    'portolan.artifacts.reports.codequality',
  );
  for (const file of ['argo-cd/presync.yaml', 'flux/check-first.yaml']) {
    const { status, stdout } = spawnSync(
      'portolan',
      ['check', '--raw', '-o', 'json', join(root, 'integrations', file)],
      {
        encoding: 'utf8',
        env: { ...process.env, PATH: path },
      },
    );
    expect(JSON.parse(stdout).findings).toEqual([]);
    expect(status).toBe(0);
  }
});

describe('completion', () => {
  const complete = (line: string): string[] =>
    execFileSync(
      'bash',
      [
        '--noprofile',
        '--norc',
        '-c',
        'source <(portolan completion bash); eval "$1"; _portolan; printf "%s\\n" "${COMPREPLY[@]}"',
        'bash',
        line,
      ],
      {
        encoding: 'utf8',
        env: { ...process.env, PATH: path },
      },
    )
      .split('\n')
      .filter((word) => word !== '');

  test('bash offers commands, options and choices', () => {
    expect(complete('COMP_WORDS=(portolan ch); COMP_CWORD=1')).toContain('check');
    expect(complete('COMP_WORDS=(portolan check --base); COMP_CWORD=2')).toContain('--baseline');
    expect(complete('COMP_WORDS=(portolan completion ""); COMP_CWORD=2')).toEqual(expect.any(Array));
  });

  /** What a shell offers for a line, with its script read and nothing of the user's. */
  const offered = (shell: string, options: readonly string[], script: string, line: string): string[] =>
    execFileSync(shell, [...options, script, line], {
      encoding: 'utf8',
      cwd: join(root, 'examples'),
      env: { ...process.env, PATH: path, HOME: folder },
    })
      .split(/\r?\n/)
      .map((one) => one.split(/[\t:]/, 1)[0]!)
      .filter((one) => one !== '');

  const LINES = [
    ['portolan ch', 'check'],
    ['portolan check --base', '--baseline'],
    ['portolan check --color a', 'always'],
    ['portolan ', 'explain'],
  ] as const;

  test.skipIf(!has('fish')).each(LINES)(`fish offers for %j: %s${lacking('fish')}`, (line, word) => {
    const script = 'portolan completion fish | source; complete -C "$argv"';
    expect(offered('fish', ['--no-config', '-c'], script, line)).toContain(word);
  });

  // What draws the list is zsh's own, and needs a terminal.
  test.skipIf(!has('zsh')).each(LINES)(`zsh offers for %j: %s${lacking('zsh')}`, (line, word) => {
    const script = `compdef() { :; }; _describe() { print -rl -- "\${(@P)2}"; }; _files() { :; }
      source <(portolan completion zsh); words=("\${(@s: :)0}"); CURRENT=$#words; _portolan; true`;
    expect(offered('zsh', ['-f', '-c'], script, line)).toContain(word);
  });

  test.skipIf(!has('pwsh')).each(LINES)(`PowerShell offers for %j: %s${lacking('pwsh')}`, (line, word) => {
    const script = `portolan completion powershell | Out-String | Invoke-Expression
      $line = '${line}'; (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText`;
    expect(offered('pwsh', ['-NoProfile', '-Command'], script, '')).toContain(word);
  });
});

test('the manual names every command and its options', () => {
  const page = execFileSync('portolan', ['man'], { encoding: 'utf8', env: { ...process.env, PATH: path } });
  for (const name of ['check', 'trace', 'fix', 'verify']) expect(page).toContain(`.SS portolan ${name}`);
  expect(page).toContain('.B \\-\\-fail\\-on <severity>');
  // Each says what it is for.
  expect(page).not.toMatch(/^\.TP\n\.B .*\n(?:\.[A-Z]|\s*$|\s*\(default)/m);
  expect(page).not.toMatch(/^\.(?!TH |SH |SS |B |I |RI |TP$|nf$|fi$)/m);
});

describe.skipIf(!HELM)(`the plugin of Helm${because('helm')}`, () => {
  test('runs portolan with its own options', () => {
    const home = join(folder, 'helm');
    const helm = (...args: string[]): ReturnType<typeof spawnSync> =>
      spawnSync(HELM!, args, {
        encoding: 'utf8',
        env: {
          PATH: path,
          HOME: home,
          HELM_DATA_HOME: join(home, 'data'),
          HELM_CACHE_HOME: join(home, 'cache'),
          HELM_CONFIG_HOME: join(home, 'config'),
        },
      });
    const installed = helm('plugin', 'install', join(root, 'integrations', 'helm'));
    expect(installed.status, String(installed.stderr)).toBe(0);
    const { status, stdout, stderr } = helm(
      'portolan',
      'check',
      '--raw',
      '-o',
      'github',
      join(root, 'examples/broken/probe-to-pod'),
    );
    expect(String(stdout), String(stderr)).toMatch(/^::error /);
    expect(status).toBe(1);
  });
});
