/** A rule's page as the site has it beside the playground. */
interface Example {
  readonly page: string;
  readonly broken: string;
  readonly fixed: string;
}

declare global {
  /** Set by a file of its own, which the site builds from the rules' pages. */
  var portolanExamples: Readonly<Record<string, Example>> | undefined;
}

const all = globalThis.portolanExamples ?? {};

export const exampleNames: readonly string[] = Object.keys(all);

export const exampleOf = (rule: string): Example | undefined =>
  Object.hasOwn(all, rule) ? all[rule] : undefined;
