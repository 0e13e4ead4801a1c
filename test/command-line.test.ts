import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  configurationOptions,
  imageOptions,
  inputOptions,
  renderingOptions,
} from '../src/cli/option-groups.ts';

const bin = resolve(import.meta.dirname, '../bin/portolan.cjs');
const WHOLE = 'apiVersion: v1\nkind: Service\nmetadata: { name: s }\nspec: { ports: [{ port: 80 }] }\n';
const BROKEN = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: i }
spec: { defaultBackend: { service: { name: s, port: { number: 81 } } } }
---
${WHOLE}`;

let cwd: string;
beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'command-line-')));
  execFileSync('git', ['init', '-q'], { cwd });
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), text);
};
const read = (path: string): string => readFileSync(join(cwd, path), 'utf8');
const run = (...args: string[]) =>
  spawnSync(process.execPath, [bin, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
const shell = (script: string) =>
  spawnSync('bash', ['-c', script], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PORTOLAN: `${process.execPath} ${bin}` },
  });

describe('whoever reads may stop, and what is written to may be gone', () => {
  test.each(['--help', '--version', 'explain', 'check .', 'check . -o json', 'trace svc/s .'])(
    '%s | true',
    (args) => {
      write('a.yaml', BROKEN);
      const { stderr, stdout } = shell(`set -o pipefail; $PORTOLAN ${args} | true; echo "$?"`);
      expect(stderr).not.toMatch(/EPIPE|at .*\.cjs/);
      expect(['0', '1']).toContain(stdout.trim());
    },
  );

  test.each(['check .', '--help'])('a full disk: %s', (args) => {
    write('a.yaml', BROKEN);
    const { stderr, status } = shell(`$PORTOLAN ${args} > /dev/full`);
    expect(stderr).toBe('portolan: cannot write to standard output: no space is left on the device\n');
    expect(status).toBe(3);
  });

  test.each(['>&-', '2>&-', '>&- 2>&-'])('closed: %s', (closing) => {
    write('a.yaml', BROKEN);
    const { stderr, status } = shell(`$PORTOLAN check . ${closing}`);
    expect(stderr).not.toMatch(/at .*\.cjs/);
    expect(status).toBe(1);
  });

  test.each(['2> /dev/full', '2>&1 > /dev/null | true'])('nobody hears a complaint: %s', (elsewhere) => {
    const { stdout } = shell(`exec 3>&1; { $PORTOLAN check . -o nothing; echo "$?" >&3; } ${elsewhere}`);
    expect(stdout).toBe('2\n');
  });

  test('a working directory that is gone', () => {
    const { stderr, status } = shell(`mkdir gone && cd gone && rmdir ../gone && $PORTOLAN check .`);
    expect(stderr).toBe('portolan: the working directory is gone; change to one that exists\n');
    expect(status).toBe(2);
  });
});

describe('a report', () => {
  test('takes the place of what is there in one step, and leaves nothing beside it', () => {
    write('k8s/a.yaml', BROKEN);
    expect(run('check', 'k8s', '-o', 'json=report.json', '-o', 'text').status).toBe(1);
    // Who has the old one open goes on reading it.
    linkSync(join(cwd, 'report.json'), join(cwd, 'before.json'));
    expect(run('check', '.', '-o', 'json=report.json').status).toBe(1);
    expect(statSync(join(cwd, 'report.json')).ino).not.toBe(statSync(join(cwd, 'before.json')).ino);
    rmSync(join(cwd, 'before.json'));
    expect(JSON.parse(read('report.json'))).toMatchObject({ schema: 'portolan/v1' });
    expect(readdirSync(cwd).toSorted()).toEqual(['.git', 'k8s', 'report.json']);
  });

  test('does not go through a symbolic link', () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    writeFileSync(join(outside, 'rc'), 'mine\n');
    write('a.yaml', BROKEN);
    symlinkSync(join(outside, 'rc'), join(cwd, 'report.json'));
    symlinkSync(outside, join(cwd, 'out'));
    const { stderr, status } = run('check', 'a.yaml', '-o', 'json=report.json');
    expect(stderr).toBe(
      'portolan: cannot write report.json: it is a symbolic link; name the file that it leads to\n',
    );
    expect(status).toBe(3);
    expect(run('check', 'a.yaml', '-o', 'json=out/new.json').status).toBe(3);
    expect(readFileSync(join(outside, 'rc'), 'utf8')).toBe('mine\n');
    expect(existsSync(join(outside, 'new.json'))).toBe(false);
    rmSync(outside, { recursive: true });
  });

  test('does not take the place of an input, nor of another report', () => {
    write('a.yaml', BROKEN);
    expect(run('check', '.', '-o', 'json=a.yaml')).toMatchObject({
      status: 2,
      stderr: 'portolan: `-o json=a.yaml` would take the place of an input; name another file\n',
    });
    expect(read('a.yaml')).toBe(BROKEN);
    expect(run('check', '.', '-o', 'json=x', '-o', 'sarif=./x').stderr).toMatch(
      /^portolan: two reports cannot go to one file/,
    );
  });

  test('is written to what is no file as it is', () => {
    write('a.yaml', BROKEN);
    const { stdout, status } = shell('$PORTOLAN check a.yaml -o json=/dev/stdout | head -c 30');
    expect(stdout).toContain('"schema"');
    expect(status).toBe(0);
    expect(run('check', 'a.yaml', '-o', 'json=/dev/null').status).toBe(1);
  });
});

describe('a configuration', () => {
  test('replaces no kind that is followed anyway', () => {
    write('a.yaml', BROKEN);
    write('portolan.config.yaml', 'kinds: [{ kind: Service, service: spec.type, port: spec.port }]\n');
    expect(run('check', '.')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('kinds[0].kind must be a kind that portolan does not follow by itself'),
    });
  });

  test('reads no field that holds a secret', () => {
    write('a.yaml', BROKEN);
    write(
      'portolan.config.yaml',
      'kinds: [{ kind: Sealed, group: a.b, service: spec.name, port: stringData.password }]\n',
    );
    expect(run('check', '.').stderr).toContain('the path of a field that holds no secret');
  });

  test('is told, and can be left out', () => {
    write('a.yaml', BROKEN);
    const { stdout, status } = run('check', '.');
    expect(status).toBe(1);
    write('portolan.config.yaml', 'nodePorts: 30000-30010\n');
    expect(run('check', '.').stdout).toContain('configuration: portolan.config.yaml');
    expect(JSON.parse(run('check', '.', '-o', 'json').stdout)).toMatchObject({
      configuration: 'portolan.config.yaml',
    });
    expect(run('check', '.', '--no-config')).toMatchObject({ stdout, status });
  });

  test('from elsewhere counts alone', () => {
    const trusted = mkdtempSync(join(tmpdir(), 'trusted-'));
    writeFileSync(join(trusted, 'base.yaml'), '{}\n');
    write('a.yaml', BROKEN);
    write('portolan.config.yaml', 'services: [{ name: "*" }]\nbroken: [\n');
    expect(run('check', '.', '--config', join(trusted, 'base.yaml')).status).toBe(1);
    rmSync(trusted, { recursive: true });
  });

  test('that is a link out of the tree shows nothing of what is there', () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    writeFileSync(join(outside, 'id_rsa'), '-----BEGIN KEY-----\npearl\n');
    write('a.yaml', BROKEN);
    symlinkSync(join(outside, 'id_rsa'), join(cwd, 'portolan.config.yaml'));
    const { stderr, status } = run('check', '.');
    expect(stderr).toMatch(/^portolan: portolan\.config\.yaml: this symbolic link leads out/);
    expect(stderr).not.toMatch(/pearl|BEGIN/);
    expect(status).toBe(2);
    rmSync(outside, { recursive: true });
  });
});

describe('names command nobody', () => {
  const HOST = 'a.example\\n::error::forged\\n##[add-mask]x ##vso[task.setvariable]y';
  const forged = (host: string): string => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: i, annotations: { x: "::stop-commands::t" } }
spec: { rules: [{ host: "${host}", http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: "s ::error::x", port: { number: 81 } } } }] } }] }
`;

  test.each([
    ['check', 'a.yaml'],
    ['trace', 'ingress/i', 'a.yaml'],
    ['check', 'a.yaml', '-o', 'json'],
    ['check', 'a.yaml', '-o', 'sarif'],
  ])('of %s %s %s %s', (...args) => {
    write('a.yaml', forged(HOST));
    const { stdout, stderr } = run(...args.filter((one) => one !== undefined));
    expect(`${stdout}\n${stderr}`).not.toMatch(/^\s*::|##(?:\[|vso\[)/m);
  });

  test('nothing raw in JSON steers a terminal or turns its text around', () => {
    write('a.yaml', forged('a\\u009bb\\x7f\\u202ec'));
    for (const format of ['json', 'sarif']) {
      const { stdout } = run('check', 'a.yaml', '-o', format);
      expect(stdout).not.toMatch(/[\x7f-\x9f\u202a-\u202e]/);
      expect(() => JSON.parse(stdout)).not.toThrow();
    }
  });

  test('what is typed wrong is repeated without commands and logins', () => {
    const { stderr } = run('trace', 'x\n::error::y', '.');
    expect(stderr).not.toMatch(/^::/m);
    expect(run('check', '.', '--dockerfile', 'bob:pearl@ghcr.io/x').stderr).not.toContain('pearl');
  });
});

test.each(['check', 'trace', 'verify', 'map', 'fix', 'ui'])(
  '%s takes what all commands that read manifests take',
  (command) => {
    const help = run(command, '--help').stdout;
    const shared = [...inputOptions(), ...configurationOptions(), ...imageOptions(), ...renderingOptions()];
    for (const { flags } of shared) expect(help).toContain(flags);
  },
);
