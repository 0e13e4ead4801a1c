import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { nameOf, portLabel, targetLabel, valuesOf } from '../report/map/words.ts';
import { placeOf } from '../report/page/excerpts.ts';
import type { ReportEnd, ReportGround, ReportLink, State } from '../report/report.ts';
import { at, go } from './address.ts';
import { Command } from './command.tsx';
import { index } from './data.ts';
import { FindingBody, Labels } from './finding.tsx';
import { Frame } from './frame.tsx';
import { Markdown } from './markdown.tsx';
import { Prose } from './prose.tsx';
import { type SaidOnce, saidOnce } from './said-once.ts';
import { StateBadge } from './state-badge.tsx';
import { traceCommand } from './trace-command.ts';
import { farEndOf, LINK_WORDS, placeText } from './words.ts';

/** All that is known of the link that the address names. */
export function Drawer(): VNode | null {
  const link = index.value.link(at('link'));
  const heading = useRef<HTMLHeadingElement>(null);
  const id = link?.id;
  useEffect(() => heading.current?.focus({ preventScroll: true }), [id]);
  if (!link) return null;
  const findings = index.value.findingsOf(link.id);
  const { sentence, evidence, proof } = saidOnce(link, findings[0]?.message);
  return (
    <aside class="drawer" aria-labelledby="drawer-title">
      <header>
        <h2 id="drawer-title" tabIndex={-1} ref={heading}>
          {LINK_WORDS[link.kind] ?? link.kind} <StateBadge state={link.state} />
        </h2>
        <button type="button" class="plain" onClick={() => close()} aria-label="Close">
          ✕
        </button>
      </header>
      <p class="sentence">
        <Prose text={sentence} />
      </p>
      <Places link={link} />
      {(evidence.length > 0 || link.state !== 'unproved') && (
        <Evidence title={`Evidence: ${link.evidence}`} said={evidence} />
      )}
      <Proof proof={proof} />
      <Forwards link={link} />
      {findings.map((finding, at) => (
        <section key={at}>
          {finding.message !== sentence && (
            <h3>
              <Prose text={finding.message} />
            </h3>
          )}
          <FindingBody finding={finding} isBesideEvidence={tellsProcess(link)} />
        </section>
      ))}
      <Part title="See it yourself">
        <Command text={traceCommand(link)} />
      </Part>
      <Rules link={link} />
    </aside>
  );
}

/** Closes the drawer, and gives the keyboard back to where it was. */
export function close(): void {
  const link = at('link');
  go({ link: '' });
  document.querySelector<HTMLElement>(`[data-link="${CSS.escape(link)}"]`)?.focus({ preventScroll: true });
}

/** Its evidence is more than that the manifests say so. */
const tellsProcess = ({ grounds }: ReportLink): boolean => grounds.some(({ kind }) => kind !== 'declared');

const Part = ({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ComponentChildren;
}): VNode => (
  <section>
    <h3>{title}</h3>
    {children}
  </section>
);

/**
 * Both ends beside each other, as the same thing is said in two places. Where a finding says which two texts disagree,
 * it is these.
 */
function Places({ link }: { readonly link: ReportLink }): VNode {
  const values = valuesOf(link);
  const [finding] = index.value.findingsOf(link.id).filter(({ labels }) => labels.length > 1);
  return (
    <>
      <div class="ends">
        {[link.from, farEndOf(link)].map((end, side) => (
          <div key={side}>
            <p class="end">
              <b class={`value ${link.state}`}>{values[side]}</b>{' '}
              <span>{end ? `${end.resource.kind} ${nameOf(end.resource)}` : noEnd(link, values[side])}</span>
              {end?.container && <span class="soft"> container {end.container}</span>}
            </p>
            {!finding && <Place end={end} state={link.state} />}
          </div>
        ))}
      </div>
      {finding && <Labels finding={finding} />}
    </>
  );
}

/** What a Service sends to whose Pods are not there, each port with the text that says it. */
const Forwards = ({ link: { forwards = [] } }: { readonly link: ReportLink }): VNode | null =>
  forwards.length === 0 ? null : (
    <Part title="What its ports forward to">
      <div class="ends">
        {forwards.slice(0, MOST_FORWARDS).map((end, at) => (
          <div key={at}>
            <p class="end">
              {portLabel(end.port)?.number} → <b class="value">{targetLabel(end)?.number}</b>
            </p>
            <Place end={end} state="whole" />
          </div>
        ))}
      </div>
      {forwards.length > MOST_FORWARDS && <p>and {forwards.length - MOST_FORWARDS} more</p>}
    </Part>
  );

const MOST_FORWARDS = 8;

/** A value such as `nothing` says it already; what is not in the input may be there all the same. */
const noEnd = ({ state }: ReportLink, value = ''): string =>
  state === 'unproved' ? 'not known' : value === '' ? 'nothing there' : '';

function Place({ end, state }: { readonly end: ReportEnd | null; readonly state: State }): VNode | null {
  const place = end && placeOf(end);
  if (place) return <Frame location={place} tone={state === 'whole' ? 'calm' : state} />;
  return end ? <p class="soft">No text of the input says this.</p> : null;
}

interface EvidenceProps {
  readonly title: string;
  readonly said: SaidOnce['evidence'];
}

const Evidence = ({ title, said }: EvidenceProps): VNode => (
  <Part title={title}>
    {said.length > 0 && (
      <ul>
        {said.map(({ ground, says }, at) => (
          <li key={at}>
            {says && <Prose text={says} />}{' '}
            <span class="soft">{says ? `(${whence(ground)})` : whence(ground)}</span>
          </li>
        ))}
      </ul>
    )}
  </Part>
);

const whence = ({ kind, location, source, at }: ReportGround): string =>
  [kind, location && placeText(location), source && `source: ${source}`, at && `seen ${at}`]
    .filter(Boolean)
    .join(', ');

function Proof({ proof }: Pick<SaidOnce, 'proof'>): VNode | null {
  if (proof.size === 0) return null;
  return (
    <Part title="What would prove it">
      {[...proof].map(([command, told]) => (
        <div key={command}>
          {told.map((says, at) => (
            <p key={at}>
              <Prose text={says} />
            </p>
          ))}
          <Command text={command} />
        </div>
      ))}
    </Part>
  );
}

/** The page of each rule that found something here, and of the concepts behind them. */
function Rules({ link }: { readonly link: ReportLink }): VNode {
  const rules = [...new Set(index.value.findingsOf(link.id).map(({ rule }) => rule))];
  const { pages, concepts } = index.value.data;
  return (
    <>
      {rules.map((rule) => (
        <details key={rule}>
          <summary>
            The rule <code>{rule}</code>
          </summary>
          {Object.hasOwn(pages, rule) && <Markdown text={pages[rule] ?? ''} />}
        </details>
      ))}
      {concepts
        .filter((concept) => rules.some((rule) => concept.rules.includes(rule)))
        .map(({ name, page }) => (
          <details key={name}>
            <summary>
              The idea behind it: <code>{name}</code>
            </summary>
            <Markdown text={page} />
          </details>
        ))}
    </>
  );
}
