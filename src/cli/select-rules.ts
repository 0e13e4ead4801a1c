import type { Rule } from '../rules/rule.ts';
import { nearest } from '../text/suggest.ts';
import { UsageError } from './usage-error.ts';

/** The rules to run: those named by `--rule`, or all, less those of `--skip-rule`. Each value may be a list with commas. */
export function selectRules(
  all: readonly Rule[],
  only: readonly string[],
  skipped: readonly string[],
): readonly Rule[] {
  const named = namedRules(all, only);
  const left = namedRules(all, skipped);
  return all.filter(({ id }) => (named.size === 0 || named.has(id)) && !left.has(id));
}

/**
 * The ids in values that may be lists with commas.
 *
 * @throws UsageError for one that no rule has
 */
export function namedRules(all: readonly Rule[], values: readonly string[]): ReadonlySet<string> {
  return new Set(values.flatMap(split).map((id) => requireRule(all, id).id));
}

const split = (value: string): string[] =>
  value
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');

/** @throws UsageError naming the nearest rules */
function requireRule(all: readonly Rule[], id: string): Rule {
  const rule = all.find((one) => one.id === id);
  if (rule) return rule;
  const near = nearest(
    id,
    all.map((one) => one.id),
  );
  const hint =
    near.length > 0
      ? `the nearest are ${near.map((one) => `\`${one}\``).join(', ')}`
      : '`portolan explain` lists them';
  throw new UsageError(`no rule is called \`${id}\`; ${hint}`);
}
