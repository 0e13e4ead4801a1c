import { computed, type ReadonlySignal } from '@preact/signals';
import type { Picture } from '../report/map/card.ts';
import { drawPicture } from '../report/map/draw.ts';
import type { ReportChain, ReportFinding, State } from '../report/report.ts';
import { traceTarget } from '../report/trace/trace.ts';
import { at, isNarrowed, listAt } from './address.ts';
import { index } from './data.ts';
import { isSettled } from './settled.ts';

/** Beyond this many ways in an overview comes first. */
const MANY = 200;
/** So few whole ways in are not worth folding. */
const FEW = 12;
/** Cards of one picture: more are no picture any more. */
const MOST_CARDS = 150;
/** As many as a window shows: while somebody types, no others are drawn. */
const MOST_AT_ONCE = 60;

const words: ReadonlySignal<string[]> = computed(() => at('q').toLowerCase().split(/\s+/).filter(Boolean));

/** Whether a text that is made only when it is asked for has all words of the search. */
function hasAll(textOf: () => string): boolean {
  if (words.value.length === 0) return true;
  const text = textOf();
  return words.value.every((word) => text.includes(word));
}

export const namespaceOf = ({ entry }: ReportChain): string => entry.resource.namespace;

/** What the URL box asks for: its chains, or why there are none. */
export const followed: ReadonlySignal<
  { readonly chains: readonly ReportChain[]; readonly missing?: string } | undefined
> = computed(() => {
  const asked = at('url').trim();
  if (asked === '') return undefined;
  const { traced, missing } = traceTarget(index.value.data.report, asked);
  const chains = [...new Set(traced.map(({ chain }) => chain.id))];
  const all = new Set(chains);
  return {
    chains: index.value.chains.filter(({ id }) => all.has(id)),
    ...(missing === undefined ? {} : { missing }),
  };
});

/** The chains that everything but their state leaves, the worst first. */
const matching: ReadonlySignal<readonly ReportChain[]> = computed(() => {
  const [space, set, rule] = [at('ns'), at('set'), at('rule')];
  const all = followed.value?.chains ?? index.value.chains;
  return all.filter(
    (chain) =>
      (space === '' || namespaceOf(chain) === nameOrNone(space)) &&
      (set === '' || chain.set === set) &&
      (rule === '' ||
        chain.links.some((id) => index.value.findingsOf(id).some((one) => one.rule === rule))) &&
      hasAll(() => index.value.textOf(chain)),
  );
});

/** `-` stands for no namespace: an empty part of the address is none. */
const nameOrNone = (space: string): string => (space === '-' ? '' : space);
export const spaceOf = (name: string): string => (name === '' ? '-' : name);

/** How many of each state match, whatever states are chosen. */
export const counts: ReadonlySignal<Record<State, number>> = computed(() => {
  const all = { broken: 0, unproved: 0, whole: 0 };
  for (const { state } of matching.value) all[state] += 1;
  return all;
});

/** All that is asked for. */
export const chosen: ReadonlySignal<readonly ReportChain[]> = computed(() => {
  const states = listAt('state');
  return states.length === 0 ? matching.value : matching.value.filter(({ state }) => states.includes(state));
});

export interface Fold {
  readonly namespace: string;
  readonly count: number;
}

/** Whole ways in that stand as a number for each namespace, unless somebody asks for them. */
export const folds: ReadonlySignal<readonly Fold[]> = computed(() => {
  const isAsked = at('q') !== '' || at('url') !== '' || listAt('state').includes('whole');
  if (isAsked || chosen.value.length <= FEW) return [];
  const numbers = new Map<string, number>();
  for (const chain of chosen.value) {
    if (chain.state === 'whole') numbers.set(namespaceOf(chain), (numbers.get(namespaceOf(chain)) ?? 0) + 1);
  }
  return [...numbers].map(([namespace, count]) => ({ namespace, count }));
});

const isOpen = (namespace: string): boolean => listAt('open').includes(spaceOf(namespace));

/** The folds that are closed. */
export const folded: ReadonlySignal<readonly Fold[]> = computed(() =>
  folds.value.filter(({ namespace }) => !isOpen(namespace)),
);

/** What there is room for in the picture, if it were large enough. */
export const unfolded: ReadonlySignal<readonly ReportChain[]> = computed(() => {
  const closed = new Set(folded.value.map(({ namespace }) => namespace));
  return chosen.value.filter((chain) => chain.state !== 'whole' || !closed.has(namespaceOf(chain)));
});

/** Too many to look at, and nobody has said which. */
export const isOverview: ReadonlySignal<boolean> = computed(
  () => chosen.value.length > MANY && at('ns') === '' && at('url') === '' && at('view') !== 'all',
);

export interface Drawn {
  readonly picture: Picture;
  /** In the order of the picture. */
  readonly chains: readonly ReportChain[];
  readonly skipped: number;
}

/** The chains from the one that the address names, as far as there is room. */
export const drawn: ReadonlySignal<Drawn> = computed(() => {
  const skipped = Math.max(0, Number.parseInt(at('skip'), 10) || 0);
  const rest = unfolded.value.slice(skipped);
  const most = isSettled.value ? MOST_CARDS : MOST_AT_ONCE;
  const picture = drawPicture(index.value.data.report, rest, most);
  return { picture, chains: rest.slice(0, rest.length - picture.left), skipped };
});

/** The findings about what is asked for. */
export const findings: ReadonlySignal<readonly ReportFinding[]> = computed(() => {
  const all = index.value.data.report.findings.filter(({ ignored }) => !ignored);
  if (!isNarrowed.value) return all;
  const [space, set, rule] = [at('ns'), at('set'), at('rule')];
  const followedLinks = followed.value && new Set(followed.value.chains.flatMap(({ links }) => links));
  const states = listAt('state');
  return all.filter((finding) => {
    if (rule !== '' && finding.rule !== rule) return false;
    if (set !== '' && finding.set !== set && finding.set !== '') return false;
    if (space !== '' && !finding.resources.some(({ namespace }) => namespace === nameOrNone(space)))
      return false;
    if (followedLinks && !(finding.link !== null && followedLinks.has(finding.link))) return false;
    if (states.length > 0 && !states.includes(stateOf(finding))) return false;
    const chain = finding.link === null ? undefined : index.value.chainOf(finding.link);
    return (
      hasAll(() => index.value.textOfFinding(finding)) ||
      (chain !== undefined && hasAll(() => index.value.textOf(chain)))
    );
  });
});

/** A finding is where its link is; what has none is broken where traffic stops. */
const stateOf = (finding: ReportFinding): State =>
  (finding.link === null ? undefined : index.value.link(finding.link)?.state) ??
  (finding.stopsTraffic ? 'broken' : 'whole');
