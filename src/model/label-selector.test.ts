import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Located, type SourceFile } from '../text/source.ts';
import { isEmpty, type LabelSelector, matches } from './label-selector.ts';

const source: SourceFile = { path: 'a.yaml', text: '', kind: 'file', editable: true };
const located = (value: string): Located<string> => new Located(value, source, 0, 0);
const labels = (pairs: Readonly<Record<string, string>>): Map<string, Located<string>> =>
  new Map(Object.entries(pairs).map(([key, value]) => [key, located(value)]));
const selector = (
  pairs: Readonly<Record<string, string>>,
  ...expressions: readonly (readonly [string, string, ...string[]])[]
): LabelSelector => ({
  labels: labels(pairs),
  expressions: expressions.map(([key, operator, ...values]) => ({
    key,
    operator,
    values: values.map(located),
  })),
});

const PIER = labels({ app: 'pier', tier: 'shore' });

describe('matches', () => {
  test.each([
    ['an empty selector', selector({}), true],
    ['every label', selector({ app: 'pier' }), true],
    ['another value', selector({ app: 'pier', tier: 'sea' }), false],
    ['a missing label', selector({ berth: '1' }), false],
    ['In with the value', selector({}, ['app', 'In', 'quay', 'pier']), true],
    ['In without it', selector({}, ['app', 'In', 'quay']), false],
    ['In of a missing label', selector({}, ['berth', 'In', '1']), false],
    ['NotIn with the value', selector({}, ['app', 'NotIn', 'pier']), false],
    ['NotIn of a missing label', selector({}, ['berth', 'NotIn', '1']), true],
    ['Exists', selector({}, ['tier', 'Exists']), true],
    ['Exists of a missing label', selector({}, ['berth', 'Exists']), false],
    ['DoesNotExist', selector({}, ['tier', 'DoesNotExist']), false],
    ['DoesNotExist of a missing label', selector({}, ['berth', 'DoesNotExist']), true],
    ['one expression of two', selector({}, ['tier', 'Exists'], ['berth', 'Exists']), false],
    ['an operator that nobody knows', selector({}, ['tier', 'Resembles', 'shore']), undefined],
    ['a value to be filled in', selector({ app: '${APP}' }), undefined],
    // biome-ignore format: one row each
    ['what is false does not become unknown', selector({ tier: 'sea' }, ['app', 'In', '${APP}']), false],
  ] as const)('%s', (_, wanted, expected) => expect(matches(wanted, PIER)).toBe(expected));

  test('of an object whose other labels are unknown', () => {
    const onlyApp = (key: string): boolean => key === 'app';
    expect(matches(selector({ app: 'pier' }), PIER, onlyApp)).toBe(true);
    expect(matches(selector({ berth: '1' }), PIER, onlyApp)).toBe(undefined);
    expect(matches(selector({}, ['berth', 'DoesNotExist']), PIER, onlyApp)).toBe(undefined);
    expect(matches(selector({ app: 'quay', berth: '1' }), PIER, onlyApp)).toBe(false);
  });

  test('In and NotIn, Exists and DoesNotExist are opposites', () => {
    const word = fc.constantFrom('pier', 'quay', 'mole', 'wharf');
    const some = fc.dictionary(word, word, { maxKeys: 3 }).map(labels);
    fc.assert(
      fc.property(some, word, fc.array(word, { minLength: 1, maxLength: 3 }), (there, key, values) => {
        const asked = (operator: string): boolean | undefined =>
          matches(selector({}, [key, operator, ...values]), there);
        expect(asked('NotIn')).toBe(!asked('In'));
        expect(asked('DoesNotExist')).toBe(!asked('Exists'));
      }),
    );
  });
});

test('isEmpty', () => {
  expect(isEmpty(selector({}))).toBe(true);
  expect(isEmpty(selector({ app: 'pier' }))).toBe(false);
  expect(isEmpty(selector({}, ['app', 'Exists']))).toBe(false);
});
