import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportOf, VARIED } from '../../testing/report-of.ts';
import { dock, withFinding } from '../../testing/sarif-of.ts';
import type { Report } from '../report.ts';
import { renderGithub } from './github.ts';

interface Command {
  readonly name: string;
  readonly properties: Record<string, string>;
  readonly message: string;
}

/**
 * As the runner reads a line (github.com/actions/runner, src/Runner.Common/ActionCommand.cs, TryParseV2): blanks before
 * `::` count for nothing, the name ends at the first blank, the properties at the next `::`.
 */
function commandIn(line: string): Command | undefined {
  const [, name, properties = '', message] = /^\s*::([^ :]+)(?: (.*?))?::(.*)$/.exec(line) ?? [];
  if (name === undefined) return undefined;
  const plain = (text: string): string =>
    text.replace(/%(0D|0A|3A|2C|25)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return {
    name,
    properties: Object.fromEntries(
      properties
        .split(',')
        .map((pair) => [pair.slice(0, pair.indexOf('=')), plain(pair.slice(pair.indexOf('=') + 1))]),
    ),
    message: plain(message!),
  };
}

const commandsIn = (text: string): Command[] => text.split('\n').flatMap((line) => commandIn(line) ?? []);

test('an annotation has the place, the rule, both ends and what to do', () => {
  const [command, ...others] = commandsIn(renderGithub(dock()));
  expect(others).toEqual([]);
  expect(command).toEqual({
    name: 'error',
    properties: {
      file: 'app.yaml',
      line: '16',
      col: '19',
      endLine: '16',
      endColumn: '23',
      title: 'portolan: unresolved-target-port',
    },
    message: expect.stringContaining(
      'which Deployment `harbour/dock` does not declare: no TCP port has this name\napp.yaml:',
    ),
  });
});

test('paths count from the root of the project, wherever the run was', () => {
  const fileOf = (path: string, folder: string): string | undefined =>
    commandsIn(renderGithub(dock(path), { folder }))[0]!.properties.file;
  expect(fileOf('app.yaml', 'deploy/prod')).toBe('deploy/prod/app.yaml');
  expect(fileOf('../base/app.yaml', 'deploy/prod')).toBe('deploy/base/app.yaml');
  expect(fileOf('/srv/app.yaml', 'deploy/prod')).toBe('/srv/app.yaml');
});

describe('ten of a kind are all that a step shows', () => {
  const many = (findings: number, errors: number): Report => {
    const report = dock();
    const error = { path: 'bad.yaml', line: 3, column: 1, message: 'a tab indents' };
    return {
      ...report,
      errors: Array.from({ length: errors }, () => error),
      findings: [
        ...Array.from({ length: findings }, () => ({ ...report.findings[0]!, severity: 'warning' as const })),
        ...Array.from({ length: findings }, () => report.findings[0]!),
      ],
    };
  };

  test('the gravest come first, and the last line says how many there are', () => {
    const text = renderGithub(many(30, 0));
    expect(commandsIn(text).map(({ name }) => name)).toEqual([
      ...Array.from({ length: 10 }, () => 'error'),
      ...Array.from({ length: 10 }, () => 'warning'),
    ]);
    expect(text).toMatch(/\nportolan: 30 errors, 30 warnings; 20 are shown here\n$/);
  });

  test('what could not be read takes the room of errors', () => {
    const text = renderGithub(many(30, 4));
    expect(commandsIn(text).filter(({ name }) => name === 'error')).toHaveLength(10);
    expect(text).toMatch(/30 errors, 30 warnings, 4 inputs that could not be checked; 20 are shown here\n$/);
  });

  test('nothing is hidden where all are shown', () => {
    expect(renderGithub(many(1, 1))).toMatch(/1 error, 1 warning, 1 input that could not be checked\n$/);
  });
});

test('nothing that is ignored is told', () => {
  const text = renderGithub(withFinding({ ignored: { by: 'annotation', reason: 'we know' } }));
  expect(text).toBe('portolan: no findings\n');
});

test('a report of everything has one command for each finding that counts and each error', () => {
  const report = reportOf(VARIED);
  expect(commandsIn(renderGithub(report))).toHaveLength(report.findings.length + report.errors.length);
});

test('no text of the input is a command of its own, or changes the one that it is in', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          '::error::',
          '\n',
          '\r',
          '%0A',
          '%',
          '##[error]',
          ',',
          ':',
          'file=x',
          '\u2028',
          'a',
          '::',
        ),
      ),
      (parts) => {
        const text = parts.join('');
        const report = dock();
        const [finding] = report.findings;
        const hostile: Report = {
          ...report,
          findings: [
            {
              ...finding!,
              message: text,
              notes: [text],
              labels: finding!.labels.map((label) => ({
                ...label,
                message: text,
                location: { ...label.location, path: `${text}.yaml` },
              })),
            },
          ],
        };
        const lines = renderGithub(hostile)
          .split('\n')
          .filter((line) => line !== '');
        expect(lines).toHaveLength(2);
        const command = commandIn(lines[0]!)!;
        expect(command.name).toBe('error');
        expect(Object.keys(command.properties)).toEqual([
          'file',
          'line',
          'col',
          'endLine',
          'endColumn',
          'title',
        ]);
        expect(command.properties.title).toBe('portolan: unresolved-target-port');
        expect(lines.join('\n')).not.toMatch(/##\[/);
      },
    ),
  );
});
