import type * as z from 'zod';
import { nearest } from '../text/suggest.ts';
import { table } from '../text/table.ts';
import type { JsonSchema } from './schema.ts';

/** What is wrong at one place of a configuration. */
export interface Problem {
  /** Keys and indexes from the root to the value that is wrong, or to the map that has the key. */
  readonly path: readonly (string | number)[];
  /** The key that should not be there, when it is one. */
  readonly key: string | undefined;
  /** One sentence without a full stop. */
  readonly message: string;
}

/** Each issue in the words of someone who looks at the file. */
export function problemsOf(
  issues: readonly z.core.$ZodIssue[],
  schema: JsonSchema,
  value: unknown,
): Problem[] {
  return issues.flatMap((issue) => problems(issue, [], schema, value));
}

function problems(
  issue: z.core.$ZodIssue,
  above: readonly (string | number)[],
  schema: JsonSchema,
  value: unknown,
): Problem[] {
  const path = [...above, ...issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))];
  const shown = nameOf(path);
  const at = (message: string, key?: string): Problem => ({ path, key, message });
  const got = show(valueAt(value, path));
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const known = [...keysAt(schema, path)];
        const [near] = nearest(key, known);
        const advice = near === undefined ? `the keys are ${known.join(', ')}` : `the nearest is \`${near}\``;
        return at(`${shown} has no key \`${key}\`; ${advice}`, key);
      });
    case 'invalid_union': {
      // The branch that fits the value's own type says what is wrong inside it.
      const fitting = issue.errors.find(
        (branch) =>
          !branch.some((one) => one.path.length === 0 && isOfAnotherType(one, valueAt(value, path))),
      );
      if (fitting) return fitting.flatMap((one) => problems(one, path, schema, value));
      const expected = issue.errors.flatMap((branch) =>
        branch.flatMap((one) => (isType(one) ? one.expected : [])),
      );
      return [at(`${shown} must be ${[...new Set(expected)].map(article).join(' or ')}, and is ${got}`)];
    }
    case 'invalid_type':
      return [
        got === 'missing'
          ? at(`${shown} is missing`)
          : at(`${shown} must be ${article(issue.expected)}, and is ${got}`),
      ];
    case 'invalid_value':
      return [at(`${shown} must be one of ${issue.values.map(String).join(', ')}, and is ${got}`)];
    case 'too_small':
      return [at(`${shown} must be at least ${issue.minimum}, and is ${got}`)];
    case 'too_big':
      return [at(`${shown} must be at most ${issue.maximum}, and is ${got}`)];
    default:
      return [at(`${shown} must be ${issue.message}, and is ${got}`)];
  }
}

/** A word of a list is not what a map or a list was meant as. */
const isOfAnotherType = (issue: z.core.$ZodIssue, value: unknown): boolean =>
  isType(issue) || (issue.code === 'invalid_value' && typeof value === 'object');

const isType = (issue: z.core.$ZodIssue): issue is z.core.$ZodIssueInvalidType =>
  issue.code === 'invalid_type';

const article = (type: string): string => {
  const word =
    table({ object: 'map', record: 'map', array: 'list', int: 'whole number', string: 'text' })[type] ?? type;
  return word === 'text' ? word : `a ${word}`;
};

/** `images[0].ports[1]`; the file itself for the root. */
const nameOf = (path: readonly (string | number)[]): string =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '') || 'the file';

function show(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  return JSON.stringify(value);
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Readonly<Record<string | number, unknown>>)[key];
  }
  return current;
}

/** The keys that the map at a path may have. */
function keysAt(schema: JsonSchema, path: readonly (string | number)[]): Set<string> {
  let current: readonly JsonSchema[] = alternatives(schema);
  for (const key of path) {
    current = current.flatMap((one) => {
      const next =
        typeof key === 'number'
          ? one.items
          : Object.hasOwn(one.properties ?? {}, key)
            ? one.properties![key]
            : one.additionalProperties;
      return typeof next === 'object' ? alternatives(next) : [];
    });
  }
  return new Set(current.flatMap(({ properties = {} }) => Object.keys(properties)));
}

const alternatives = (schema: JsonSchema): readonly JsonSchema[] =>
  schema.anyOf ? schema.anyOf.flatMap(alternatives) : [schema];
