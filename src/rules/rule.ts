import type { Link } from '../graph/links/link.ts';
import type { PortGraph } from '../graph/links/port-graph.ts';
import { areApart } from '../model/apart.ts';
import { describe } from '../model/describe.ts';
import type { Resource } from '../model/model.ts';
import { isMisread, type Refusal, reasonAt } from '../model/refusal.ts';
import type { KnownNote } from '../questions/processes/process-end.ts';
import { groupBy } from '../text/group-by.ts';
import type { Edit, Location } from '../text/source.ts';

/**
 * `error`: proved broken, traffic or the Pod fails. `warning`: fails in a case that the input cannot exclude, or on
 * the next change. `info`: misleading or against good practice.
 */
export type Severity = 'error' | 'warning' | 'info';

/** A marked place; the first of a finding is its primary one. */
export interface Label {
  readonly at: Location;
  /** Short, lower case, no full stop. */
  readonly message: string;
}

/** A change that would remove the finding. */
export interface Fix {
  /** Imperative, lower case: point targetPort at `http`. */
  readonly title: string;
  /** `safe` cannot change behaviour that works today; anything else is `unsafe`. */
  readonly applicability: 'safe' | 'unsafe';
  readonly edits: readonly Edit[];
}

/** Fixes that choose an end of the chain, which a person has to do. */
export const asChoices = (changes: readonly Pick<Fix, 'title' | 'edits'>[]): Fix[] =>
  changes.map((one) => ({ ...one, applicability: 'unsafe' }));

/** What a rule yields. `rule` and, where left out, `severity` are filled in from the rule itself. */
export interface Report {
  readonly severity?: Severity;
  /** One sentence without a full stop: what is. Names resources as Kind `namespace/name` (see `describe`). */
  readonly message: string;
  readonly labels: readonly [Label, ...Label[]];
  /** The resources it is about, both of a link; none only where there is no resource, as in an unrendered template. */
  readonly resources: readonly Resource[];
  /** The link it is about, when it is about one. */
  readonly link?: Link;
  /**
   * Whether what passes the link, or the first of the resources, gets no answer. So it is with every error; a
   * warning says it where only the choice of a controller, or of what else is applied, is left open.
   */
  readonly stopsTraffic?: true;
  /** Why it bites; the source of a fact that an error rests on. */
  readonly notes?: readonly Note[];
  /** What to do, where no edit can say it. */
  readonly help?: readonly string[];
  readonly fixes?: readonly Fix[];
  /**
   * What tells this finding from others of the same rule on the same resources, without line numbers:
   * a field path by name, such as `spec.ports[http].targetPort`.
   */
  readonly field: string;
}

export type Note = string | KnownNote;

export interface Finding extends Omit<Report, 'notes'> {
  readonly rule: string;
  readonly severity: Severity;
  readonly notes: readonly string[];
  /** Which of the notes say how something is known, by their place. */
  readonly known: readonly number[];
  readonly help: readonly string[];
  readonly fixes: readonly Fix[];
}

export interface Rule {
  /** Kebab-case, states the bad thing, reads after "allow". */
  readonly id: string;
  /** The usual severity. */
  readonly severity: Severity;
  /** One sentence with a full stop, for lists. */
  readonly summary: string;
  /** It tells what the API server refuses, and so speaks of objects of which other rules are silent. */
  readonly ofAdmission?: true;
  /** Pure and read-only: asks the graph and speaks. */
  check(graph: PortGraph): Iterable<Report>;
}

export const defineRule = (rule: Rule): Rule => rule;

/** @throws whatever the rule throws, and TypeError where it yields a finding that marks nothing */
export const runRule = (rule: Rule, graph: PortGraph): Finding[] =>
  Array.from(rule.check(graph), (report) => {
    // Rules come from users of the library too, and not all of them are checked by a compiler.
    if (!report.labels?.[0]) throw new TypeError('a finding without a label');
    const notes = report.notes ?? [];
    return {
      rule: rule.id,
      help: [],
      fixes: [],
      ...report,
      notes: notes.map((note) => (typeof note === 'string' ? note : note.known)),
      known: notes.flatMap((note, at) => (typeof note === 'string' ? [] : at)),
      severity: report.severity ?? rule.severity,
    };
  }).filter(
    ({ resources, field, labels: [{ at }] }) =>
      !resources.some(isUnsettled) &&
      !(LABELLED.test(field) && resources[0]?.unsettled?.labels) &&
      !tellsOfStrangers(resources) &&
      (rule.ofAdmission || resources.every((one) => !isMisread(one) || reasonAt(one, at) !== undefined)),
  );

/** What is applied is not what stands in the input, and may be right; where labels are put to it, so may its selector. */
const isUnsettled = ({ unsettled }: Resource): boolean => unsettled?.fields === true;

/** What `labels` and `commonLabels` of a kustomization add, also where there was none. */
const LABELLED = /^spec\.(?:selector|template\.metadata(?:\.labels)?)$/;

/** Two objects that are never applied together have nothing to do with each other. */
const tellsOfStrangers = ([first, ...others]: readonly Resource[]): boolean =>
  first !== undefined && others.some((other) => areApart(first, other));

/** What `namespace`, `namePrefix` and `nameSuffix` of a kustomization write: a Namespace's own name among it. */
const PLACED = /^metadata\.name(?:space)?$/;

/** What the API server refuses, and one rule tells: of one value all its reasons at once. */
export function* tellRefusals(
  { model }: PortGraph,
  rule: Refusal['rule'],
  isToldElsewhere: (refusal: Refusal) => boolean = () => false,
): Generator<Report> {
  for (const resource of model.resources) {
    const told = (resource.refusals ?? []).filter(
      (refusal) =>
        refusal.rule === rule &&
        !isToldElsewhere(refusal) &&
        !(resource.unsettled?.place && PLACED.test(refusal.field)),
    );
    if (told.length === 0) continue;
    for (const reasons of groupBy(told, ({ at }) => `${at.start}-${at.end}`).values())
      yield refusalOf(resource, reasons);
  }
}

function refusalOf(resource: Resource, all: readonly Refusal[]): Report {
  const [{ field, at, says, fix, mayBeNewer }] = all as [Refusal];
  return {
    message: `${describe(resource)} ${says}`,
    resources: [resource],
    field,
    labels: [{ at, message: [...new Set(all.map(({ label }) => label))].join(', and ') }],
    ...(mayBeNewer ? { severity: 'warning' as const } : {}),
    notes: [...new Set(all.map(({ reason }) => reason))].map(
      (reason) =>
        `the API server refuses it${mayBeNewer ? ', unless its CRD is newer than the one that is known here' : ''}: ${reason}`,
    ),
    help: [...new Set(all.flatMap(({ help }) => help))],
    fixes: fix ? [{ title: fix.title, edits: fix.edits, applicability: fix.isSafe ? 'safe' : 'unsafe' }] : [],
  };
}
