import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { reportOf, VARIED } from '../testing/report-of.ts';
import { renderJson } from './json.ts';

const schema = JSON.parse(readFileSync(new URL('../../schema/report.schema.json', import.meta.url), 'utf8'));
const isValid = new Ajv2020().compile(schema);

type Json = null | string | number | boolean | Json[] | { [key: string]: Json };

const report = (): Json => JSON.parse(renderJson(reportOf(VARIED)));

/** Every path to a value, one item for each list. */
function* pathsOf(value: Json, path: (string | number)[] = []): Generator<(string | number)[]> {
  if (path.length > 0) yield path;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* pathsOf(item, [...path, index]);
  } else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) yield* pathsOf(item, [...path, key]);
  }
}

function at(root: Json, path: readonly (string | number)[]): { holder: Record<string, Json>; key: string } {
  let holder = root as Record<string, Json>;
  for (const step of path.slice(0, -1)) holder = holder[String(step)] as Record<string, Json>;
  return { holder, key: String(path.at(-1)) };
}

/** The part of the schema that a path is described by. */
function describedBy(path: readonly (string | number)[]): unknown {
  type Part = { $ref?: string; anyOf?: Part[]; items?: Part; properties?: Record<string, Part> };
  const follow = (part: Part): Part => {
    if (part.$ref)
      return follow(
        part.$ref
          .split('/')
          .slice(1)
          .reduce((one: Record<string, never>, key) => one[key]!, schema) as Part,
      );
    return part.anyOf ? follow(part.anyOf[0]!) : part;
  };
  let part = follow(schema as Part);
  for (const step of path) {
    const next = typeof step === 'number' ? part.items : part.properties?.[step];
    if (!next) return undefined;
    part = follow(next);
  }
  return part;
}

test('a report of everything is valid', () => {
  expect(isValid(report()), JSON.stringify(isValid.errors)).toBe(true);
});

test('the report of nothing is valid', () => {
  expect(isValid(JSON.parse(renderJson(reportOf({}))))).toBe(true);
});

describe('the schema and the report hold each other', () => {
  const paths = [...pathsOf(report())];
  const kinds = new Map(
    paths.map((path) => [path.map((step) => (typeof step === 'number' ? '[]' : step)).join('.'), path]),
  );

  test.each([...kinds])('%s is described', (_, path) => {
    expect(describedBy(path)).toBeDefined();
  });

  test.each([...kinds].filter(([, path]) => typeof path.at(-1) === 'string'))(
    'without %s it is invalid, if it is required',
    (name, path) => {
      const changed = report();
      const { holder, key } = at(changed, path);
      delete holder[key];
      const optional =
        /\.(container|port|port\.(name|number|protocol))$/.test(name) && name.startsWith('links.');
      expect(isValid(changed)).toBe(optional);
    },
  );

  test.each([...kinds])('with another type of %s it is invalid', (_, path) => {
    const changed = report();
    const { holder, key } = at(changed, path);
    holder[key] = typeof holder[key] === 'boolean' ? 'yes' : true;
    expect(isValid(changed)).toBe(false);
  });
});
