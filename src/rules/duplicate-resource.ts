import { describe } from '../model/describe.ts';
import type { Resource } from '../model/model.ts';
import { groupBy } from '../text/group-by.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

const duplicateResource: Rule = defineRule({
  id: 'duplicate-resource',
  severity: 'warning',
  summary: 'One object is defined twice in one folder, and the definition applied last wins.',
  ofAdmission: true,

  *check({ model }) {
    const groups = model.duplicates.map(
      (definitions): Group => ({
        definitions,
        files: [...new Set(definitions.map(({ source }) => source.path))],
      }),
    );
    // One object in two files may be a slip; of three, whoever applies the folder chooses one.
    const chosen = new Set(groups.filter(({ files }) => files.length > 2).map(folderOf));
    const isChosen = (group: Group): boolean => group.files.length > 1 && chosen.has(folderOf(group));
    // Files that are variants of one another share many objects; that is one mistake, or none, and told once.
    const told = groupBy(groups, (group) =>
      isChosen(group) ? folderOf(group) : group.files.toSorted().join('\0'),
    );
    for (const among of told.values()) {
      const sorted = among.toSorted(
        (a, b) => b.files.length - a.files.length || (nameOf(a) < nameOf(b) ? -1 : 1),
      );
      const [first] = sorted;
      if (first!.files.length === 1) yield* sorted.map(({ definitions }) => reportOf(definitions, 0));
      else {
        const report = reportOf(first!.definitions, sorted.length - 1);
        yield isChosen(first!) ? { ...report, severity: 'info' } : report;
      }
    }
  },
});

interface Group {
  readonly definitions: readonly Resource[];
  readonly files: readonly string[];
}

const folderOf = ({ files }: Group): string => files[0]!.slice(0, files[0]!.lastIndexOf('/') + 1);
const nameOf = ({ definitions }: Group): string => describe(definitions[0]!);

/** @param others how many more objects the same files define again */
function reportOf(definitions: readonly Resource[], others: number): Report {
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
