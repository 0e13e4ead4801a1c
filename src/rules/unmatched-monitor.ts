import { isMisspelling } from '../graph/services/near-miss.ts';
import { areApart } from '../model/apart.ts';
import { describe } from '../model/describe.ts';
import { isEmpty, matches } from '../model/label-selector.ts';
import type { Labels, Resource, Service, Workload } from '../model/model.ts';
import { isMonitor, type Monitor } from '../model/monitor.ts';
import type { Model } from '../model/resource-set.ts';
import { keyBefore } from '../text/key-before.ts';
import type { Located, Location } from '../text/source.ts';
import { spell } from '../text/spell.ts';
import { editDistance } from '../text/suggest.ts';
import { asChoices, defineRule, type Fix, type Report, type Rule } from './rule.ts';

const unmatchedMonitor: Rule = defineRule({
  id: 'unmatched-monitor',
  severity: 'warning',
  summary: 'A ServiceMonitor or PodMonitor selects nothing, and something of the input was plainly meant.',

  *check({ model }) {
    if (model.unread.length > 0) return;
    for (const monitor of ['ServiceMonitor', 'PodMonitor'].flatMap((kind) => model.ofKind(kind))) {
      if (!isMonitor(monitor) || isEmpty(monitor.selector)) continue;
      const choices = candidatesOf(monitor, model);
      if (!model.budget.allows(choices.length, monitor)) continue;
      const all = choices.filter(({ resource }) => !areApart(monitor, resource));
      const met = all.map(({ labels }) => matches(monitor.selector, labels));
      const isWatched = ({ namespace }: Resource): boolean =>
        monitor.namespaces === 'any' || monitor.namespaces.includes(namespace);
      const watched = all.filter(({ resource }) => isWatched(resource));
      const isMet = all.some(({ resource }, index) => isWatched(resource) && met[index] !== false);
      if (isMet || all.some(({ resource }) => resource.unsettled?.labels)) continue;
      const near = nearIn(monitor, watched);
      const elsewhere = all.filter((_, index) => met[index] === true);
      if (near) yield misspelt(monitor, near);
      else if (elsewhere[0] && isPlaced(monitor, elsewhere)) yield apart(monitor, elsewhere[0]);
    }
  },
});

/** What a monitor chooses from: Services or Pods, by their own labels (S-183). */
interface Candidate {
  readonly resource: Service | Workload;
  readonly labels: Labels;
  readonly labelsAt: Location;
}

const candidatesOf = ({ kind }: Monitor, model: Model): Candidate[] =>
  kind === 'ServiceMonitor'
    ? model.services.map((service) => ({
        resource: service,
        labels: service.labels,
        labelsAt: service.nameAt,
      }))
    : model.workloads.map((workload) => ({
        resource: workload,
        labels: workload.template.labels,
        labelsAt: workload.template.labelsAt,
      }));

interface Near extends Candidate {
  readonly key: string;
  readonly wanted: Located<string>;
  /** The key that it has the value under. */
  readonly under: string | undefined;
}

/**
 * One label differs: by a letter of its value or of its key, by the key alone where the value is there under another,
 * or on what is called as the monitor or as the label says.
 */
function nearIn({ selector, name }: Monitor, candidates: readonly Candidate[]): Near | undefined {
  const wantedLabels = asLabels(selector);
  if (!wantedLabels) return undefined;
  return candidates.flatMap((one): Near[] => {
    const differing = wantedLabels.filter(([key, { value }]) => one.labels.get(key)?.value !== value);
    const [first, ...more] = differing;
    if (!first || more.length > 0) return [];
    const [key, wanted] = first;
    const there = one.labels.get(key)?.value ?? '';
    const under = there === '' ? keyOfValue(one.labels, key, wanted.value) : undefined;
    const isMeant =
      isMisspelling(wanted.value, there) ||
      under !== undefined ||
      one.resource.name === name ||
      (one.resource.name === wanted.value && SAYS_WHO.test(key));
    return isMeant ? [{ ...one, key, wanted, under }] : [];
  })[0];
}

/** What matchExpressions say as plainly as matchLabels would: one key, one value. */
function asLabels({ labels, expressions }: Monitor['selector']): [string, Located<string>][] | undefined {
  const plain = expressions.flatMap(({ key, operator, values }): [string, Located<string>][] =>
    operator === 'In' && values.length === 1 ? [[key, values[0]!]] : [],
  );
  return plain.length === expressions.length ? [...labels, ...plain] : undefined;
}

/** Keys by which people say what a thing is; tools and charts have one each. */
const SAYS_WHO =
  /^(?:app|k8s-app|name|run|service|component|app\.kubernetes\.io\/(?:name|instance|component))$/;

/** The label with the very value, under a key that is a letter off, or that says the same. */
const keyOfValue = (labels: Labels, key: string, value: string): string | undefined =>
  [...labels].find(
    ([other, label]) =>
      label.value === value &&
      (editDistance(key, other, 2) <= 2 || (SAYS_WHO.test(key) && SAYS_WHO.test(other))),
  )?.[0];

/** Whoever applies what says no namespace may put both into one. */
const isPlaced = (monitor: Monitor, candidates: readonly Candidate[]): boolean =>
  !monitor.unplaced && candidates.every(({ resource }) => !resource.unplaced);

const nounOf = ({ kind }: Monitor): string => (kind === 'ServiceMonitor' ? 'Service' : 'Pod');

const NOTE =
  'a monitor that selects nothing is accepted, and Prometheus then has no target and no error for it';

function misspelt(monitor: Monitor, { resource, labels, labelsAt, key, wanted, under }: Near): Report {
  const there = labels.get(key);
  const other = under === undefined ? undefined : labels.get(under);
  return {
    message: `${describe(monitor)} selects \`${key}: ${wanted.value}\`, which no ${nounOf(monitor)} of the input has; ${describe(resource)} has ${there ? `\`${key}: ${there.value}\`` : other ? `\`${under}: ${other.value}\`` : `no label \`${key}\``}`,
    resources: [monitor, resource],
    field: 'spec.selector',
    labels: [
      { at: wanted.at, message: `no ${nounOf(monitor)} has this` },
      there?.value
        ? { at: there.at, message: `the label of ${resource.name}` }
        : other
          ? { at: other.at, message: 'the same value under another key' }
          : { at: labelsAt, message: 'lacks the label' },
    ],
    notes: [NOTE],
    help: there?.value ? [] : [`add the label to ${describe(resource)}, or select one that it has`],
    fixes: there?.value
      ? asChoices([
          { title: `select \`${there.value}\``, edits: [spell(wanted.at, there.value)] },
          {
            title: `label the ${nounOf(monitor)} \`${wanted.value}\``,
            edits: [spell(there.at, wanted.value)],
          },
        ])
      : other && !there
        ? underOneKey(monitor, key, wanted, under!, other)
        : [],
  };
}

/** The selector takes the key of the label, or the label that of the selector. An expression's key stands elsewhere. */
function underOneKey(
  monitor: Monitor,
  key: string,
  wanted: Located<string>,
  under: string,
  other: Located<string>,
): Fix[] {
  const [at, theirs] = [keyBefore(wanted.at, key), keyBefore(other.at, under)];
  return asChoices([
    ...(at && !monitor.selector.labels.has(under)
      ? [{ title: `select by \`${under}\``, edits: [{ at, text: under }] }]
      : []),
    ...(theirs
      ? [{ title: `label the ${nounOf(monitor)} by \`${key}\``, edits: [{ at: theirs, text: key }] }]
      : []),
  ]);
}

function apart(monitor: Monitor, { resource }: Candidate): Report {
  return {
    message: `${describe(monitor)} selects nothing in namespace ${watchedBy(monitor)}; ${describe(resource)} has these labels in namespace \`${resource.namespace}\``,
    resources: [monitor, resource],
    field: 'spec.namespaceSelector',
    labels: [
      { at: monitor.nameAt, message: 'looks into its own namespace unless it is told to' },
      { at: resource.nameAt, message: `in namespace \`${resource.namespace}\`` },
    ],
    notes: [NOTE],
    help: [`write \`namespaceSelector: { matchNames: [${resource.namespace}] }\``],
  };
}

const watchedBy = ({ namespaces }: Monitor): string =>
  namespaces === 'any' ? '' : namespaces.map((one) => `\`${one}\``).join(', ');

export default unmatchedMonitor;
