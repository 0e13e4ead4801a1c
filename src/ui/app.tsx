import { useSignalEffect } from '@preact/signals';
import type { VNode } from 'preact';
import { at } from './address.ts';
import { announce, News } from './announce.tsx';
import { Chains } from './chains.tsx';
import { index } from './data.ts';
import { Drawer } from './drawer.tsx';
import { Filters } from './filters.tsx';
import { Findings } from './findings.tsx';
import { Help } from './help.tsx';
import { chosen, findings } from './selection.ts';
import { onceSettled } from './settled.ts';
import { Top } from './top.tsx';
import { count, ways } from './words.ts';

export function App(): VNode {
  useSignalEffect(() => {
    document.documentElement.dataset.theme = at('theme');
  });
  useSignalEffect(tellSelection);
  return (
    <>
      <button type="button" class="skip" onClick={skip}>
        To the chains
      </button>
      <Top />
      <Filters />
      <main>
        <Chains />
        <Findings />
      </main>
      <Drawer />
      <Help />
      <News />
      <footer class="soft">
        portolan {index.value.data.report.tool.version} · this page asks for nothing from elsewhere
      </footer>
    </>
  );
}

let told: { readonly of: unknown; readonly words: string } | undefined;

/** What is chosen; of another report somebody else tells what changed. */
function tellSelection(): void {
  const words = `${ways(onceSettled(chosen).length)}, ${count(onceSettled(findings).length, 'finding')}`;
  const of = index.peek();
  if (told?.of === of && told.words !== words) announce(words);
  told = { of, words };
}

/** No link leads there: the address is taken by what is chosen. */
function skip(): void {
  const title = document.getElementById('chains-title');
  title?.setAttribute('tabindex', '-1');
  title?.focus();
}
