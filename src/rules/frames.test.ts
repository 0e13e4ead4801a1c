import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type CheckResult, check } from '../engine/check.ts';
import { toReport } from '../engine/to-report.ts';
import { DEFAULT_SETTINGS } from '../graph/links/settings.ts';
import { renderText } from '../report/text/render.ts';
import { plainStyle } from '../report/text/style.ts';
import { manifestsUnder, pageOf, seenUnder } from '../testing/rule-page.ts';
import { sourcesOf } from '../testing/test-rule.ts';
import { allRules } from './index.ts';
import type { Finding } from './rule.ts';

/**
 * What users read when they check the Broken block of a rule's page, and what no output shows: the resources and the
 * field that a fingerprint is made of. `npx vitest run src/rules/frames.test.ts --update` writes what came out, to
 * be read before it is committed.
 */
const inOneFile = allRules.filter(({ id }) => manifestsUnder('Broken', pageOf(id)) !== '');

test.each(inOneFile)('the Broken block of $id is shown as reviewed', async ({ id }) => {
  const text = manifestsUnder('Broken', pageOf(id));
  const result = check(sourcesOf({ 'app.yaml': text }), {
    rules: allRules,
    settings: { ...DEFAULT_SETTINGS, observations: seenUnder('Broken', pageOf(id)) },
  });
  const frames = renderText(toReport(result, { version: '1.2.3' }), {
    width: 100,
    style: plainStyle,
    textOf: () => text,
  });
  await expect(`${frames}\n${identities(result).join('\n')}\n`).toMatchFileSnapshot(`frames/${id}.txt`);
});

test('no frame is left of a rule that is gone', () => {
  const rules = new Set(allRules.flatMap(({ id }) => [`${id}.txt`, `${id}.cases.txt`]));
  const frames = readdirSync(new URL('frames/', import.meta.url));
  expect(frames.filter((frame) => !rules.has(frame))).toEqual([]);
});

/** `fingerprint rule field: its resources`, for each finding. */
const identities = (result: CheckResult): string[] =>
  result.sets.flatMap((set) =>
    set.findings.map((finding) => {
      const alone = toReport({ ...result, sets: [{ ...set, findings: [finding] }] }, { version: '1.2.3' });
      return `${alone.findings[0]?.fingerprint} ${finding.rule} ${finding.field}: ${namesOf(finding)}`;
    }),
  );

const namesOf = ({ resources }: Finding): string =>
  resources.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`).join(', ') || 'no resource';
