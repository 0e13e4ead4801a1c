import type { VNode } from 'preact';
import { at, go } from './address.ts';
import { index } from './data.ts';
import { isHelpOpen } from './keys.ts';
import { count, ways } from './words.ts';

const THEMES = ['', 'dark', 'light'] as const;
const THEME_WORDS = { '': 'as the system has it', dark: 'dark', light: 'light' } as const;

/** The outcome in one sentence, and what is about the page itself. */
export function Top(): VNode {
  const theme = THEMES.find((one) => one === at('theme')) ?? '';
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? '';
  return (
    <header class="top">
      <div>
        <h1>portolan</h1>
        <p class="outcome">
          {outcome()}
          {isPartlyRead() && '; not all of the input could be read'}
        </p>
      </div>
      <div class="tools">
        <button type="button" class="plain" onClick={() => go({ theme: next }, true)}>
          Colours: {THEME_WORDS[theme]}
        </button>
        <button
          type="button"
          class="plain"
          onClick={() => {
            isHelpOpen.value = !isHelpOpen.value;
          }}
        >
          Keys <kbd>?</kbd>
        </button>
      </div>
    </header>
  );
}

const isPartlyRead = (): boolean => {
  const { errors, summary } = index.value.data.report;
  return errors.length > 0 && summary.resources > 0;
};

function outcome(): string {
  const { chains, findings, resources } = index.value.data.report.summary;
  const all = chains.broken + chains.unproved + chains.whole;
  if (resources === 0)
    return index.value.data.report.errors.length > 0 ? 'Nothing could be read' : 'No object to check';
  if (all === 0) return `No way in among ${count(resources, 'object')}`;
  if (chains.broken > 0 && all === 1) return 'The one way in is broken';
  if (chains.broken > 0)
    return `${chains.broken.toLocaleString('en')} of ${ways(all)} ${chains.broken === 1 ? 'is' : 'are'} broken`;
  if (findings.error > 0) return `${count(findings.error, 'error')}; no way in is broken`;
  if (chains.unproved > 0 && all === 1) return 'Nothing is broken; the one way in is not proved';
  if (chains.unproved > 0)
    return `Nothing is broken; ${chains.unproved.toLocaleString('en')} of ${ways(all)} not proved`;
  return all === 1 ? 'The way in is whole' : `All ${ways(all)} are whole`;
}
