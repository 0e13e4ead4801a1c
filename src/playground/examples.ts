import type { PageConcept } from '../report/page/page-data.ts';

/** What a page shows broken and fixed. */
interface Example {
  readonly page: string;
  readonly broken: string;
  readonly fixed: string;
}

declare global {
  /** Set by a file of its own, which the site builds from the pages of rules and concepts. */
  var portolanExamples:
    | {
        readonly rules: Readonly<Record<string, Example>>;
        readonly concepts: readonly (PageConcept & Example)[];
      }
    | undefined;
}

const { rules, concepts: all } = globalThis.portolanExamples ?? { rules: {}, concepts: [] };

export const concepts: readonly PageConcept[] = all;

/** Those of concepts first, as they are best read in their order. */
export const exampleNames: readonly (readonly [group: string, names: readonly string[]])[] = [
  ['concepts', all.filter(({ broken }) => broken !== '').map(({ name }) => name)],
  ['rules', Object.keys(rules)],
];

export const pageOfRule = (rule: string): string | undefined => exampleOfRule(rule)?.page;

const exampleOfRule = (rule: string): Example | undefined =>
  Object.hasOwn(rules, rule) ? rules[rule] : undefined;

export const exampleOf = (name: string): Example | undefined =>
  exampleOfRule(name) ?? all.find((concept) => concept.name === name);
