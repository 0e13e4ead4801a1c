import { describe } from '../model/describe.ts';
import type { Resource } from '../model/model.ts';
import { groupBy } from '../model/resource-set.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

const duplicateResource: Rule = defineRule({
  id: 'duplicate-resource',
  severity: 'warning',
  summary: 'One object is defined twice in one folder, and the definition applied last wins.',
  ofAdmission: true,

  *check({ model }) {
    // Files that are variants of one another share many objects; that is one mistake, or none, and told once.
    for (const groups of groupBy(model.duplicates, filesOf).values()) {
      const sorted = groups.toSorted((a, b) => (describe(a[0]!) < describe(b[0]!) ? -1 : 1));
      const isOneFile = new Set(sorted[0]!.map(({ source }) => source)).size === 1;
      if (isOneFile) yield* sorted.map((definitions) => told(definitions, 0));
      else yield told(sorted[0]!, sorted.length - 1);
    }
  },
});

const filesOf = (definitions: readonly Resource[]): string =>
  [...new Set(definitions.map(({ source }) => source.path))].sort().join('\0');

/** @param others how many more objects the same files define again */
function told(definitions: readonly Resource[], others: number): Report {
  const last = definitions.at(-1)!;
  const earlier = definitions.slice(0, -1);
  const files = new Set(definitions.map(({ source }) => source));
  const times = definitions.length === 2 ? 'twice' : `${definitions.length} times`;
  const more =
    others === 0
      ? ''
      : ` as ${others === 1 ? 'is 1 more object' : `are ${others} more objects`} of these files,`;
  return {
    message: `${describe(last)} is defined ${times},${more} and the definition applied last wins`,
    resources: [last],
    field: 'metadata.name',
    labels: [
      { at: last.nameAt, message: 'the last definition' },
      ...earlier.slice(-3).map(({ nameAt }) => ({ at: nameAt, message: 'defined here too' })),
    ],
    notes: [
      'Kubernetes keeps one object for a kind, namespace and name; `kubectl apply` configures it again with each definition, and says only `configured`',
    ],
    help: [
      files.size > 1
        ? 'keep one of them, or put files that are never applied together into folders of their own'
        : 'keep one of them, or give the other a name or a namespace of its own',
    ],
  };
}

export default duplicateResource;
