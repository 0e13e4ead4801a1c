import { expect, test } from 'vitest';
import { check } from '../src/engine/check.ts';
import { allRules } from '../src/rules/index.ts';
import type { Finding } from '../src/rules/rule.ts';
import { variationsOf } from './admission/variations.ts';

/** Two findings that mark one place of one object, each as what is wrong with it. */
function toldTwice(text: string): string[] {
  const source = { path: 'app.json', text, kind: 'file', editable: true } as const;
  const found = check([source], { rules: allRules }).sets.flatMap(({ findings }) => findings);
  const places = new Map<string, Finding[]>();
  for (const finding of found) {
    const { start, end } = finding.labels[0].at;
    const place = `${start}-${end}`;
    places.set(place, [...(places.get(place) ?? []), finding]);
  }
  return [...places.values()].flatMap((all) =>
    isOneCause(all)
      ? [
          all
            .map(({ rule, field }) => `${rule} ${field}`)
            .sort()
            .join(' + '),
        ]
      : [],
  );
}

/** A rule may be about another port. */
function isOneCause(all: readonly Finding[]): boolean {
  const errors = all.filter(({ severity }) => severity === 'error');
  return errors.length > 1 && !errors.some(({ rule }) => rule === 'unselected-template');
}

test('of random mistakes, none is told by two findings at one place', () => {
  const seed = Number(process.env.PORTOLAN_TEST_SEED ?? 20_787);
  console.log(`told once: PORTOLAN_TEST_SEED=${seed}`);
  const told = new Map<string, string[]>();
  for (const { text, change, id } of variationsOf(seed, 12)) {
    for (const pair of toldTwice(text)) told.set(pair, [...(told.get(pair) ?? []), `${id}: ${change}`]);
  }
  expect(Object.fromEntries(told)).toEqual({});
});
