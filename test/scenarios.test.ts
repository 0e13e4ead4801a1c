import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * A scenario is one text file: what is typed, the files that are there, and what comes out. Sections begin with
 * `==== name ====`; `UPDATE_SCENARIOS=1` writes what came out, to be read before it is committed.
 */
const folder = resolve(import.meta.dirname, 'scenarios');
const repository = resolve(import.meta.dirname, '..');
const bin = join(repository, 'bin/portolan.cjs');

interface Section {
  readonly name: string;
  readonly text: string;
}

const parse = (text: string): Section[] =>
  text
    .split(/^==== /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf(' ====\n');
      return { name: part.slice(0, end), text: part.slice(end + ' ====\n'.length) };
    });

const show = (sections: readonly Section[]): string =>
  sections.map(({ name, text }) => `==== ${name} ====\n${text}`).join('');

/** The words of a command line, with single quotes for words that hold spaces. */
const wordsOf = (command: string): string[] =>
  [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);

describe.each(readdirSync(folder).filter((file) => file.endsWith('.scenario')))('%s', (file) => {
  test('prints what it says', () => {
    const path = join(folder, file);
    const sections = parse(readFileSync(path, 'utf8'));
    const given = sections.filter(({ name }) => /^(command|stdin|env|file .+)$/.test(name));
    const textOf = (name: string): string | undefined =>
      sections.find((section) => section.name === name)?.text;
    const files = given.filter(({ name }) => name.startsWith('file '));

    const cwd = files.length > 0 ? mkdtempSync(join(tmpdir(), 'scenario-')) : repository;
    try {
      for (const { name, text } of files) {
        const target = join(cwd, name.slice('file '.length));
        mkdirSync(dirname(target), { recursive: true });
        writeFileSync(target, text);
      }
      const [program, ...args] = wordsOf(textOf('command')!.trim());
      expect(program).toBe('portolan');
      const env = {
        ...process.env,
        NO_COLOR: undefined,
        FORCE_COLOR: undefined,
        ...Object.fromEntries(
          (textOf('env') ?? '')
            .split('\n')
            .filter(Boolean)
            .map((line) => line.split('=')),
        ),
      };
      const { stdout, stderr, status } = spawnSync(process.execPath, [bin, ...args], {
        cwd,
        env,
        input: textOf('stdin') ?? '',
        encoding: 'utf8',
      });
      const written = args.flatMap((arg) => /^(?:json|sarif|text)=(.+)$/.exec(arg)?.[1] ?? []);
      const came = [
        ...given,
        { name: 'stdout', text: stdout },
        ...(stderr === '' ? [] : [{ name: 'stderr', text: stderr }]),
        ...written.map((name) => ({ name: `written ${name}`, text: readFileSync(join(cwd, name), 'utf8') })),
        { name: 'status', text: `${status}\n` },
      ];
      if (process.env.UPDATE_SCENARIOS) writeFileSync(path, show(came));
      expect(show(came)).toBe(show(parse(readFileSync(path, 'utf8'))));
    } finally {
      if (files.length > 0) rmSync(cwd, { recursive: true });
    }
  });
});
