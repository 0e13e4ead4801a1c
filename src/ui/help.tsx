import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { isHelpOpen, KEYS } from './keys.ts';

export function Help(): VNode | null {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isHelpOpen.value) return undefined;
    const before = document.activeElement;
    heading.current?.focus();
    // The keyboard is given back to where it was.
    return () => (before as HTMLElement | null)?.focus();
  }, [isHelpOpen.value]);
  if (!isHelpOpen.value) return null;
  return (
    <div class="help" role="dialog" aria-labelledby="help-title">
      <h2 id="help-title" tabIndex={-1} ref={heading}>
        Keys
      </h2>
      <dl>
        {KEYS.map(([key, does]) => (
          <div key={key}>
            <dt>
              {key.split(' ').map((one) => (
                <kbd key={one}>{one}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <button
        type="button"
        onClick={() => {
          isHelpOpen.value = false;
        }}
      >
        Close
      </button>
    </div>
  );
}
