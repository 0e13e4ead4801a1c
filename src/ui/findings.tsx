import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { SEVERITIES } from '../report/order.ts';
import { index } from './data.ts';
import { Finding } from './finding.tsx';
import { Frame } from './frame.tsx';
import { findings } from './selection.ts';
import { onceSettled } from './settled.ts';
import { count } from './words.ts';

/** So many at once: more are a click away. */
const PAGE = 20;

/** Everything that was found about what is shown, the gravest first, and what could not be read. */
export function Findings(): VNode {
  const shown = useSignal(PAGE);
  const found = onceSettled(findings);
  const sorted = SEVERITIES.flatMap((severity) => found.filter((one) => one.severity === severity));
  const { errors, findings: all } = index.value.data.report;
  const ignored = all.filter((one) => one.ignored).length;
  return (
    <section aria-labelledby="findings-title" class="findings">
      <h2 id="findings-title">
        {sorted.length > 0 ? count(sorted.length, 'finding') : errors.length > 0 ? 'Not read' : 'No findings'}
      </h2>
      {ignored > 0 && (
        <p class="soft">{count(ignored, 'finding')} that somebody ignored with a reason, not shown.</p>
      )}
      {errors.map(({ path, line, column, message }, at) => (
        <article class="finding" key={at}>
          <h3>
            <span class="badge broken">✕ not read</span> {message}
          </h3>
          {path !== '' && (
            <Frame location={{ path, line, column, endLine: line, endColumn: column + 1 }} tone="broken" />
          )}
        </article>
      ))}
      {sorted.slice(0, shown.value).map((finding, at) => (
        <Finding key={`${at} ${finding.fingerprint}`} finding={finding} id={`finding-${at}`} />
      ))}
      {sorted.length > shown.value && (
        <button
          type="button"
          onClick={() => {
            shown.value += PAGE;
          }}
        >
          Show {Math.min(PAGE, sorted.length - shown.value)} more of {sorted.length - shown.value}
        </button>
      )}
    </section>
  );
}
