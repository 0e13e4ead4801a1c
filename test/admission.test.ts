import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Answers, askServer } from './admission/ask-server.ts';
import { type Judged, judge, type Verdict } from './admission/judge.ts';
import { bases, type Variation, variationsOf } from './admission/variations.ts';

/**
 * Random variations of objects, and what `kubectl apply --dry-run=server` answers to each: Kubernetes 1.35.4, Gateway
 * API 1.4 and Traefik 3.6 have said so. The answers are recorded, so that this runs everywhere; with
 * PORTOLAN_TEST_KUBECONFIG the same server is asked other variations as well, from a seed that is printed, and
 * PORTOLAN_TEST_RECORD=1 writes the record anew. PORTOLAN_TEST_KUBECTL names a kubectl of that version.
 */
const SEED = 1035;
const EACH = 120;
const kubeconfig = process.env.PORTOLAN_TEST_KUBECONFIG;
const recordFile = new URL('admission/answers.jsonl', import.meta.url);

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 10);

/** An answer by the hash of its text, each answer once: `["…answer…","hash hash hash"]`. */
function readRecord(): Answers {
  const lines = readFileSync(recordFile, 'utf8').split('\n').filter(Boolean);
  return new Map(
    lines.flatMap((line) => {
      const [answer, hashes] = JSON.parse(line) as [string, string];
      return hashes.split(' ').map((hash): [string, string] => [hash, answer]);
    }),
  );
}

function writeRecord(variations: readonly Variation[], answers: Answers): void {
  const byAnswer = new Map<string, string[]>();
  for (const { id, text } of variations) {
    const answer = answers.get(id)!.slice(0, 900);
    byAnswer.set(answer, [...(byAnswer.get(answer) ?? []), hashOf(text)]);
  }
  const lines = [...byAnswer]
    .sort()
    .map(([answer, hashes]) => JSON.stringify([answer, hashes.sort().join(' ')]));
  writeFileSync(recordFile, `${lines.join('\n')}\n`);
}

/** nodePorts are given out only when an object is really made, so a dry run does not look at their range. */
const isDryRunsOwn = ({ said }: Judged): boolean => said.every((one) => /node-?port/i.test(one));

interface Case extends Judged {
  readonly variation: Variation;
  readonly answer: string;
}

const judgeAll = (variations: readonly Variation[], answerTo: (one: Variation) => string): Case[] =>
  variations.map((variation) => {
    const answer = answerTo(variation);
    return { ...judge(variation, answer), variation, answer };
  });

const show = ({ variation: { id, change, text }, answer, said }: Case): string =>
  `${id}: ${change}\n  server: ${answer.slice(0, 200)}\n  portolan: ${said.join(' | ')}\n${said.length > 0 && answer === '' ? text : ''}`;

/** How many of the refused are told at their place with the server's reason, and no accepted object is called refused. */
function expectTruth(cases: readonly Case[], share: number): void {
  const of = (...verdicts: readonly Verdict[]): Case[] =>
    cases.filter(({ verdict }) => verdicts.includes(verdict));
  expect(
    of('false')
      .filter((one) => !isDryRunsOwn(one))
      .map(show),
  ).toEqual([]);
  const [told, others] = [of('told'), of('elsewhere', 'otherwise', 'silent')];
  const reached = told.length / (told.length + others.length);
  expect(reached, others.map(show).join('\n')).toBeGreaterThanOrEqual(share);
}

const variations = variationsOf(SEED, EACH);

describe('what the API server refuses, as it was recorded', () => {
  let cases: Case[];
  beforeAll(() => {
    if (process.env.PORTOLAN_TEST_RECORD && kubeconfig) {
      writeRecord(variations, askServer(kubeconfig, new Map(variations.map(({ id, text }) => [id, text]))));
    }
    const record = readRecord();
    cases = judgeAll(variations, ({ id, text }) => {
      const answer = record.get(hashOf(text));
      if (answer === undefined) throw new Error(`${id} has no recorded answer: record again with a server`);
      return answer;
    });
  }, 600_000);

  test('at least 3,000 variations of 13 kinds', () => {
    expect(variations.length).toBeGreaterThanOrEqual(3000);
    expect(new Set(bases.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(13);
  });

  test('99 of 100 that are refused are told with the reason, and nothing that is accepted is called refused', () => {
    expectTruth(cases, 0.99);
  });

  test('the objects that all begin with are accepted', () => {
    expect(judgeAll(variationsOf(0, 0), () => '')).toEqual([]);
    for (const { verdict, said } of judgeAll(unchanged(), () => ''))
      expect([verdict, said]).toEqual(['taken', []]);
  });
});

/** The bases themselves, as one would write them. */
const unchanged = (): Variation[] =>
  bases.map((base, index) => ({
    id: String(index),
    base: String(base.kind),
    change: 'none',
    text: JSON.stringify(base),
    from: 1,
    to: 1,
  }));

const because = kubeconfig ? '' : ' (not run: PORTOLAN_TEST_KUBECONFIG names no cluster)';

describe.skipIf(!kubeconfig)(`what a real API server refuses${because}`, () => {
  test('other variations, from a seed of the day', { timeout: 600_000 }, () => {
    const seed = Number(process.env.PORTOLAN_TEST_SEED ?? Math.floor(Date.now() / 86_400_000));
    console.log(`PORTOLAN_TEST_SEED=${seed}`);
    const others = variationsOf(seed, 12);
    const answers = askServer(kubeconfig!, new Map(others.map(({ id, text }) => [id, text])));
    expectTruth(
      judgeAll(others, ({ id }) => answers.get(id)!),
      0.97,
    );
  });

  test('what was recorded is still so', { timeout: 600_000 }, () => {
    const record = readRecord();
    const some = variations.filter((_, index) => index % 20 === 0);
    const answers = askServer(kubeconfig!, new Map(some.map(({ id, text }) => [id, text])));
    for (const { id, text } of some) {
      expect([id, (answers.get(id) ?? '') === '']).toEqual([id, record.get(hashOf(text)) === '']);
    }
  });
});
