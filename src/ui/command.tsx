import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';

/** A command in full, to be copied. */
export function Command({ text }: { readonly text: string }): VNode {
  const copied = useSignal(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard?.writeText(text).catch(() => undefined);
    copied.value = true;
    setTimeout(() => {
      copied.value = false;
    }, 1500);
  };
  return (
    <div class="command">
      <code>{text}</code>
      <button type="button" class="plain" onClick={copy} aria-label={`Copy: ${text}`}>
        {copied.value ? 'copied' : 'copy'}
      </button>
    </div>
  );
}
