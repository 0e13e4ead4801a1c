import { areApart } from '../../model/apart.ts';
import type { Labels, Service, Workload } from '../../model/model.ts';
import { isPlaceholder } from '../../model/ports.ts';
import type { Model } from '../../model/resource-set.ts';
import { selects } from '../../model/selector.ts';
import { groupBy } from '../../text/group-by.ts';
import { editDistance } from '../../text/suggest.ts';
import type { NearMiss } from '../links/service-links.ts';

/** What a Service that selects nothing was probably meant for; `proof` when hardly anything else can be meant. */
export interface Miss {
  readonly nearest: NearMiss;
  readonly proof: boolean;
}

/** Beyond this many workloads in one namespace a near miss is not looked for: it would cost services × workloads. */
const MOST_CANDIDATES = 2_000;

/**
 * A selector that matches nothing in the input proves little by itself: an operator or another repository may make
 * the Pods. It is proof when a workload of the input was plainly meant: it bears the Service's name, or one letter
 * differs, or it stands in another namespace, and no other Service selects it.
 */
export function nearMissFinder(
  model: Model,
  selected: ReadonlySet<Workload>,
): (service: Service) => Miss | undefined {
  let byOwnName: Map<string, Workload[]> | undefined;
  return (service) => {
    // What another tool fills in may turn out to match.
    if ([...service.selector.values()].some(isPlaceholder)) return undefined;
    byOwnName ??= groupBy(model.workloads, ({ name }) => name);
    const all = model.workloadsIn(service.namespace);
    if (all.length > MOST_CANDIDATES || !model.budget.allows(all.length, service)) return undefined;
    const here = all.filter((workload) => !areApart(service, workload));
    return inNamespace(service, here, selected) ?? elsewhere(service, model, byOwnName, selected);
  };
}

function inNamespace(
  service: Service,
  workloads: readonly Workload[],
  selected: ReadonlySet<Workload>,
): Miss | undefined {
  const own = workloads.find((workload) => ownLabelsMatch(service.selector, workload));
  if (own)
    return { nearest: { workload: own, why: 'own-labels', key: undefined }, proof: !selected.has(own) };

  const misses = workloads.flatMap((workload): (Miss & { readonly distance: number })[] => {
    const differing = [...service.selector].filter(
      ([key, { value }]) => workload.template.labels.get(key)?.value !== value,
    );
    const [first] = differing;
    if (!first || (differing.length > 1 && workload.name !== service.name)) return [];
    const [key, { value }] = first;
    const label = workload.template.labels.get(key);
    const meantKey = label ? undefined : misspeltKey(key, value, workload.template.labels);
    if (isPlaceholder(label) || (!label && !meantKey && isGivenAtRunTime(key))) return [];
    const there = label?.value;
    const sameName = workload.name === service.name;
    const misspelt = meantKey !== undefined || (there !== undefined && isMisspelling(value, there));
    if (!sameName && !misspelt && service.selector.size === 1) return [];
    return [
      {
        nearest: { workload, why: 'label', key, meantKey },
        proof: !selected.has(workload) && (sameName || misspelt),
        // The name says more than how a label is spelt: of web-1 and web-11, each is meant by its own Service.
        distance: sameName ? 0 : editDistance(value, there ?? '', FAR) + 1,
      },
    ];
  });
  const proofs = misses.filter(({ proof }) => proof);
  return nearestOf(proofs) ?? nearestOf(misses);
}

/** Further apart than any two that are taken for one. */
const FAR = 3;

/** The first of those that nothing is nearer than. */
const nearestOf = <M extends { readonly distance: number }>(misses: readonly M[]): M | undefined =>
  misses.reduce<M | undefined>(
    (best, one) => (best && best.distance <= one.distance ? best : one),
    undefined,
  );

/** The whole selector matches in exactly one other namespace. */
function elsewhere(
  service: Service,
  model: Model,
  byName: ReadonlyMap<string, readonly Workload[]>,
  selected: ReadonlySet<Workload>,
): Miss | undefined {
  const candidates =
    model.workloads.length <= MOST_CANDIDATES
      ? model.workloads
      : (byName.get(service.name) ?? []).slice(0, MOST_CANDIDATES);
  const matching = candidates.filter(
    (workload) => selects(service.selector, workload) && !areApart(service, workload),
  );
  const [workload] = matching;
  if (!workload) return undefined;
  const only = matching.every(({ namespace }) => namespace === workload.namespace);
  // What says no namespace is put into one by whoever applies it.
  const placed = !service.unplaced && matching.every(({ unplaced }) => !unplaced);
  const proof = only && placed && !selected.has(workload);
  return { nearest: { workload, why: 'namespace', key: undefined }, proof };
}

const ownLabelsMatch = (selector: Labels, workload: Workload): boolean =>
  workload.kind !== 'Pod' &&
  [...selector].every(([key, { value }]) => workload.ownLabels.get(key)?.value === value);

/** A role that Pods take while they run, such as the leader's of Vault or Patroni, is in no template. */
export const isGivenAtRunTime = (key: string): boolean =>
  /(role|leader|master|primary|replica|active|standby)$/i.test(key);

/** A label with the very value, under a key that is a letter off. */
const misspeltKey = (key: string, value: string, labels: Labels): string | undefined =>
  [...labels].find(([there, label]) => label.value === value && editDistance(key, there, 1) === 1)?.[0];

/** One or two letters apart, and not merely another number or version: `api-v1` and `api-v2` are two things. */
export function isMisspelling(wanted: string, there: string): boolean {
  // Asked first, and no further than it matters: of thousands of names hardly one is so near.
  if (Math.min(wanted.length, there.length) < 4 || editDistance(wanted, there, 2) > 2) return false;
  const withoutDigits = (text: string): string => text.replace(/\d+/g, '#');
  return withoutDigits(wanted) !== withoutDigits(there);
}
