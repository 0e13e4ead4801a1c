import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import type { ReportFinding } from '../report/report.ts';
import { index } from './data.ts';
import { apply } from './live.ts';
import { Prose } from './prose.tsx';

/** The fixes of a finding as diffs; with a button where the server of the page may write. */
export const Fixes = ({ finding }: { readonly finding: ReportFinding }): VNode => (
  <>
    {finding.fixes.map((fix, at) => (
      <div class="fix" key={at}>
        <p>
          <strong>Fix:</strong> <Prose text={fix.title} />{' '}
          <span class="soft">({fix.applicability === 'safe' ? 'safe' : 'look at it first'})</span>
        </p>
        {(index.value.changesOf(finding)[at] ?? []).map((hunk, row) => (
          <figure class="frame diff" key={row}>
            <figcaption class="place">
              {hunk.path}:{hunk.line}
            </figcaption>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
            <pre tabIndex={0}>
              {hunk.removed.map((line, row) => (
                <del class="line" key={row}>{`- ${line}\n`}</del>
              ))}
              {hunk.added.map((line, row) => (
                <ins class="line" key={row}>{`+ ${line}\n`}</ins>
              ))}
            </pre>
          </figure>
        ))}
        {index.value.data.canWrite && <Apply finding={finding} fix={at} />}
      </div>
    ))}
  </>
);

function Apply({ finding, fix }: { readonly finding: ReportFinding; readonly fix: number }): VNode {
  const answer = useSignal('');
  return (
    <p>
      <button
        type="button"
        onClick={async () => {
          answer.value = await apply(finding.fingerprint, fix);
        }}
      >
        Apply this fix
      </button>{' '}
      <span role="status">{answer.value}</span>
    </p>
  );
}
