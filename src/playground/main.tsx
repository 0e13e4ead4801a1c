import { effect } from '@preact/signals';
import { render } from 'preact';
import { checkManifests } from '../public/index.ts';
import { pageDataOf } from '../report/page/data-of.ts';
import type { PageData } from '../report/page/page-data.ts';
import { at, followAddress, go } from '../ui/address.ts';
import { App } from '../ui/app.tsx';
import { show } from '../ui/data.ts';
import { followKeys } from '../ui/keys.ts';
import { showChange } from '../ui/live.ts';
import { showTextsSafely } from '../ui/shown.ts';
import { Editor, text } from './editor.tsx';
import { concepts, exampleOf, pageOfRule } from './examples.ts';
import { packed, unpacked } from './share.ts';

const PATH = 'manifests.yaml';
/** Whoever types is not interrupted. */
const PAUSE_MS = 200;
/** What is shown to who brings nothing. */
const FIRST = 'unbound-target-port';

function checked(): PageData {
  const written = text.peek();
  return pageDataOf(checkManifests([{ path: PATH, text: written }]), {
    textOf: (path) => (path === PATH ? written : undefined),
    pageOf: pageOfRule,
    concepts,
    given: PATH,
  });
}

/** The text that the address gives or names; undefined where it does neither. */
const given = async (): Promise<string | undefined> =>
  (at('text') === '' ? undefined : await unpacked(at('text'))) ?? exampleOf(at('example'))?.broken;

async function start(): Promise<void> {
  showTextsSafely();
  followAddress(async () => {
    text.value = (await given()) ?? text.peek();
  });
  followKeys();
  text.value = (await given()) ?? exampleOf(FIRST)?.broken ?? '';
  show(checked());
  const page = document.getElementById('page')!;
  page.textContent = '';
  render(
    <div class="playground">
      <Editor />
      <div>
        <App />
      </div>
    </div>,
    page,
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  let before = text.peek();
  effect(() => {
    const now = text.value;
    clearTimeout(timer);
    if (now === before) return;
    timer = setTimeout(async () => {
      before = now;
      showChange(checked());
      go({ text: await packed(now), example: '' }, true);
    }, PAUSE_MS);
  });
}

void start();
