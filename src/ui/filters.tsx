import { computed } from '@preact/signals';
import type { VNode } from 'preact';
import { WORST_FIRST } from '../report/order.ts';
import type { State } from '../report/report.ts';
import { at, go, isNarrowed, listAt } from './address.ts';
import { index } from './data.ts';
import { counts, namespaceOf, spaceOf } from './selection.ts';
import { SIGNS } from './words.ts';

const distinct = (names: readonly string[]): string[] => [...new Set(names)].sort();

const namespaces = computed(() => distinct(index.value.chains.map((chain) => spaceOf(namespaceOf(chain)))));
const sets = computed(() => distinct(index.value.data.report.sets.map(({ name }) => name).filter(Boolean)));
const rules = computed(() => distinct(index.value.data.report.findings.map(({ rule }) => rule)));

/** What narrows the chains and findings that are shown. */
export const Filters = (): VNode => (
  <search class="filters">
    <label>
      <span>Search</span>
      <input
        id="search"
        type="search"
        value={at('q')}
        placeholder="a name, a port, a file, a rule"
        onInput={({ currentTarget }) => go({ q: currentTarget.value }, true)}
      />
    </label>
    <label>
      <span>Follow a URL</span>
      <input
        id="url"
        type="search"
        value={at('url')}
        placeholder="https://shop.example.com/cart"
        onInput={({ currentTarget }) => go({ url: currentTarget.value }, true)}
      />
    </label>
    <Choice name="ns" label="Namespace" all="all namespaces" values={namespaces.value} />
    <Choice name="set" label="Set" all="all sets" values={sets.value} />
    <Choice name="rule" label="Rule" all="all rules" values={rules.value} />
    {index.value.chains.length > 0 && (
      <fieldset>
        <legend class="unseen">State</legend>
        {WORST_FIRST.map((state) => (
          <StateToggle key={state} state={state} />
        ))}
      </fieldset>
    )}
    {isNarrowed.value && (
      <button
        type="button"
        class="plain"
        onClick={() => go({ q: '', url: '', ns: '', set: '', rule: '', state: '' })}
      >
        Show all
      </button>
    )}
  </search>
);

interface ChoiceProps {
  readonly name: 'ns' | 'set' | 'rule';
  readonly label: string;
  readonly all: string;
  readonly values: readonly string[];
}

function Choice({ name, label, all, values }: ChoiceProps): VNode | null {
  if (values.length < 2) return null;
  return (
    <label>
      <span>{label}</span>
      <select value={at(name)} onChange={({ currentTarget }) => go({ [name]: currentTarget.value })}>
        <option value="">{all}</option>
        {values.slice(0, 1000).map((value) => (
          <option key={value} value={value}>
            {value === '-' ? 'no namespace' : value}
          </option>
        ))}
      </select>
    </label>
  );
}

function StateToggle({ state }: { readonly state: State }): VNode {
  const chosen = listAt('state');
  const isOn = chosen.includes(state);
  return (
    <button
      type="button"
      class={`chip ${state}`}
      aria-pressed={isOn}
      onClick={() => go({ state: isOn ? chosen.filter((one) => one !== state) : [...chosen, state] })}
    >
      <span aria-hidden="true">{SIGNS[state]}</span> {counts.value[state].toLocaleString('en')} {state}
    </button>
  );
}
