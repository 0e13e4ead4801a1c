import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { differences, snapshotOf, tagsOf, unknownPorts } from '../scripts/facts/compare-image.mjs';
import { compareSource } from '../scripts/facts/compare-source.mjs';
import { entryOf } from '../scripts/facts/entry-of.mjs';
import { monthsBetween } from '../scripts/facts/months.mjs';
import { printFacts } from '../scripts/facts/print-facts.mjs';
import { namesOf, sourcesOf, wordsOf } from '../scripts/facts/read-facts.mjs';
import { openSources } from '../scripts/facts/sources.mjs';

describe('cited places', () => {
  let folder: string;
  let commit: string;
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', join(folder, 'harbour+quay'), ...args], { encoding: 'utf8' }).trim();
  const write = (file: string, text: string): void => writeFileSync(join(folder, 'harbour+quay', file), text);
  const save = (): string => {
    git('add', '-A');
    git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', 'a');
    return git('rev-parse', 'HEAD');
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sources-'));
    mkdirSync(join(folder, 'harbour+quay'));
    git('init', '-q');
    write('Dockerfile', 'FROM scratch\nENV PORT=8080\nEXPOSE 8080\n');
    write('main.go', 'package main\n\nvar admin = 9090\nvar other = 1\n');
    write('old.go', 'var port = 7070\n');
    commit = save();
    // The first keeps its lines at other places, the second loses one, the third is gone.
    write('Dockerfile', 'FROM scratch\nLABEL a=b\nEXPOSE 8080\nENV PORT=8080\n');
    write('main.go', 'package main\n\nvar admin = 9191\nvar other = 2\n');
    rmSync(join(folder, 'harbour+quay/old.go'));
    save();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const ask = (path: string, words: string[], more: object = {}) =>
    compareSource({ repo: 'harbour/quay', path, commit, ...more }, words, openSources(folder));

  test('that still stand somewhere are fine', async () => {
    expect(await ask('Dockerfile', ['8080', 'PORT'])).toBeUndefined();
    expect(await ask('Dockerfile', ['8080'], { lines: '2-3' })).toBeUndefined();
  });

  test('that read otherwise are told with the lines that are gone', async () =>
    expect(await ask('main.go', ['9090'])).toEqual({
      kind: 'changed',
      says: 'harbour/quay:main.go has changed',
      gone: ['var admin = 9090'],
    }));

  test('lines that name nothing of the fact may change', async () =>
    expect(await ask('main.go', ['9090'], { lines: '1' })).toBeUndefined());

  test('that are gone are told', async () =>
    expect(await ask('old.go', ['7070'])).toEqual({
      kind: 'vanished',
      says: 'old.go is no longer in harbour/quay',
    }));

  test('of a version that is past are not held against the newest', async () => {
    expect(await ask('main.go', ['9090'], { past: true })).toBeUndefined();
    expect(await ask('main.go', ['1234'], { past: true, lines: '90' })).toMatchObject({ kind: 'wrong' });
  });

  test('that never were are told', async () =>
    expect(await ask('new.go', [])).toMatchObject({ kind: 'wrong' }));

  test('of a repository that is not there are not settled', async () => {
    const elsewhere = { repo: 'harbour/mole', path: 'a', commit };
    expect(await compareSource(elsewhere, [], openSources(folder))).toEqual({
      kind: 'unknown',
      says: 'harbour/mole is not among the sources',
    });
    expect(await ask('Dockerfile', [], { commit: '0123456789ab' })).toEqual({
      kind: 'unknown',
      says: 'harbour/quay has no commit 0123456789ab',
    });
  });

  test('a folder that is not there is no folder without sources', () =>
    expect(() => openSources(join(folder, 'nowhere'))).toThrow('there is no such folder'));
});

describe('a fact', () => {
  const fact = {
    ports: [{ port: 80, env: ['PORT', { name: 'HOST', form: 'host' }] }],
    source: [{ repo: 'a/b', path: 'c', commit: 'd' }],
    versions: [{ before: '8', ports: [{ port: 81 }], source: [{ url: 'https://example.com' }] }],
    subcommands: [{ names: ['serve'], ports: [{ port: 82, flags: ['--port'] }] }],
    serviceLinks: [{ source: 'a/b#3' }],
  };

  test('cites in all of its parts', () =>
    expect(sourcesOf(fact)).toEqual([
      { repo: 'a/b', path: 'c', commit: 'd' },
      { url: 'https://example.com', past: true },
      { url: 'a/b#3' },
    ]));

  test('names ports and settings in all of its parts', () =>
    expect(wordsOf(fact)).toEqual(['80', '81', '82', 'PORT', 'HOST', '--port']));

  test('may name a family', () =>
    expect(namesOf('{a,b}/c-{1,2}')).toEqual(['a/c-1', 'a/c-2', 'b/c-1', 'b/c-2']));
});

describe('what a registry says', () => {
  const config = {
    env: new Map([
      ['PATH', '/bin'],
      ['PORT', '8080'],
    ]),
    entrypoint: ['/quay'],
    cmd: undefined,
    user: '1000',
    exposed: [{ port: 8080, protocol: 'TCP' as const }],
  };
  const now = snapshotOf(config);

  test('is kept as far as ports hang on it', () =>
    expect(now).toEqual({
      exposed: ['8080/TCP'],
      env: { PORT: '8080' },
      entrypoint: ['/quay'],
      cmd: [],
      user: '1000',
    }));

  test('is held against what it said before', () => {
    expect(differences(now, snapshotOf(config))).toEqual([]);
    expect(differences(now, snapshotOf({ ...config, user: 'root', exposed: [] }))).toEqual([
      'ExposedPorts was ["8080/TCP"] and is []',
      'User was "1000" and is "root"',
    ]);
  });

  test('can name a port that nobody knows', () => {
    expect(unknownPorts({ ports: [{ port: 8080 }] }, now)).toEqual([]);
    expect(unknownPorts({ ports: [{ port: 8080, protocol: 'UDP' }] }, now)).toEqual(['8080/TCP']);
  });

  test('is asked of the newest tag and of each boundary', () => {
    expect(tagsOf({ versions: [{ before: '8' }, { since: '4', before: '6' }] })).toEqual([
      'latest',
      '8',
      '4',
      '6',
    ]);
    expect(tagsOf({ exceptTags: ['latest'] })).toEqual([]);
  });

  test('makes an entry, which proves nothing yet', () => {
    const entry = entryOf('harbour/quay', config, '2026-11-29', new Set(['quay']));
    expect(printFacts([entry])).toBe(`- id: harbour-quay
  match:
    - harbour/quay
  ports:
    - port: 8080
      env: [PORT]
  honoursPort: "yes"
  variablesComplete: false
  programs:
    - quay
  statePaths:
    - /
  otherArgsHarmless: false
  bind: all
  user: 1000
  status: from memory
  checked: "2026-11-29"
  source: []
  cases:
    - { ports: [8080] }
`);
  });
});

test.each([
  ['2025-05-30', '2026-11-01', 18],
  ['2025-06-01', '2026-11-30', 17],
  ['2026-11-29', '2026-11-29', 0],
])('from %s to %s are %i months', (day, later, months) => expect(monthsBetween(day, later)).toBe(months));

describe('npm run', () => {
  const run = (script: string, ...args: string[]) =>
    spawnSync(process.execPath, [`scripts/${script}.mjs`, ...args], { encoding: 'utf8' });

  test.each([
    ['facts-check', ['--sources', '/nowhere'], 'facts:check: /nowhere: there is no such folder'],
    ['facts-check', ['no-such-image'], 'facts:check: no fact has the id no-such-image'],
    ['facts-check', ['--colour'], "facts:check: Unknown option '--colour'"],
    ['new-image', [], 'new-image: say one image'],
    ['new-image', ['nginx:1'], 'new-image: nginx is nginx in facts/images/web-server.yaml'],
    ['new-image', ['UPPER'], 'new-image: UPPER is no name of an image'],
    ['new-image', ['a/b', '--dockerfile', '/nowhere'], 'new-image: /nowhere: there is no such file'],
    ['new-image', ['a/b', '--category', '../up'], 'new-image: there is no facts/images/../up.yaml'],
  ])('%s %j', (script, args, says) => {
    const { status, stderr } = run(script, ...args);
    expect(stderr).toContain(says);
    expect(status).toBe(2);
  });

  test('facts:check asks nobody for facts that cite nothing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sources-'));
    const { status, stdout } = run('facts-check', 'whoami', '--sources', folder, '--json');
    rmSync(folder, { recursive: true });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      changes: [],
      warnings: expect.arrayContaining([
        expect.objectContaining({ id: 'whoami', says: 'traefik/whoami is not among the sources' }),
      ]),
    });
  });
});
