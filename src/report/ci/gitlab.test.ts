import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { reportOf, VARIED } from '../../testing/report-of.ts';
import { dock, withFinding } from '../../testing/sarif-of.ts';
import { renderGitlab } from './gitlab.ts';

/** What GitLab requires of an entry (docs.gitlab.com, "Code Quality", "Code Quality report format"). */
const SCHEMA = {
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', pattern: '^(?!\\./)' },
          lines: {
            type: 'object',
            required: ['begin'],
            properties: { begin: { type: 'integer', minimum: 1 } },
          },
        },
      },
    },
  },
};

const validate = new Ajv().compile(SCHEMA);

test.each([
  ['a report of everything', reportOf(VARIED)],
  ['one finding', dock()],
  ['nothing found', { ...dock(), findings: [] }],
])('%s is as GitLab wants it', (_, report) => {
  const entries = JSON.parse(renderGitlab(report));
  expect(validate(entries), JSON.stringify(validate.errors)).toBe(true);
  expect(entries).toHaveLength(report.findings.length + report.errors.length);
});

test('two sets with one finding give two fingerprints, the first the finding’s own', () => {
  const report = dock();
  const [finding] = report.findings;
  const entries = JSON.parse(renderGitlab({ ...report, findings: [finding!, { ...finding!, set: 'prod' }] }));
  expect(entries.map((entry: { fingerprint: string }) => entry.fingerprint)).toEqual([
    finding!.fingerprint,
    `${finding!.fingerprint}/2`,
  ]);
});

test('what is ignored is not there, and paths count from the root of the project', () => {
  expect(renderGitlab(withFinding({ ignored: { by: 'comment', reason: 'we know' } }))).toBe('[]\n');
  expect(JSON.parse(renderGitlab(dock('app.yaml'), { folder: 'deploy' }))[0].location.path).toBe(
    'deploy/app.yaml',
  );
});

test('names are text of one line', () => {
  const [entry] = JSON.parse(renderGitlab(withFinding({ message: 'a\n::error::\x1b[31m\u202e' })));
  expect(entry.description).toMatch(/^a␊::error::␛\[31m\\u202e: /);
});
