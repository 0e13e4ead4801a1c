import type { VNode } from 'preact';
import type { ReportFinding } from '../report/report.ts';
import { go, hrefOf } from './address.ts';
import { Command } from './command.tsx';
import { index } from './data.ts';
import { Fixes } from './fixes.tsx';
import { Frame } from './frame.tsx';
import { Prose } from './prose.tsx';
import { SeverityBadge } from './state-badge.tsx';

/** A finding of the list: what is wrong, with frames of both ends. */
interface FindingProps {
  readonly finding: ReportFinding;
  /** Of its heading. */
  readonly id: string;
}

export const Finding = ({ finding, id }: FindingProps): VNode => (
  <article class="finding" aria-labelledby={id}>
    <h3 id={id}>
      <SeverityBadge severity={finding.severity} /> <Prose text={finding.message} />
    </h3>
    <p class="soft">
      {finding.rule}
      {finding.set && ` · in ${finding.set}`}
      {finding.ignored && ` · ignored: ${finding.ignored.reason}`}
      {finding.link !== null && index.value.link(finding.link) && (
        <>
          {' · '}
          <a
            href={hrefOf({ link: finding.link })}
            onClick={(event) => {
              event.preventDefault();
              go({ link: finding.link ?? '' });
            }}
          >
            both ends, and why
          </a>
        </>
      )}
    </p>
    <Labels finding={finding} />
    <FindingBody finding={finding} />
  </article>
);

/** The texts that a finding marks, beside each other. */
export const Labels = ({ finding }: { readonly finding: ReportFinding }): VNode => (
  <div class="ends">
    {finding.labels.map(({ location, origin, message, primary }, at) => (
      <Frame
        key={at}
        location={origin ?? location}
        says={message}
        tone={primary ? TONES[finding.severity] : 'calm'}
      />
    ))}
  </div>
);

const TONES = { error: 'broken', warning: 'unproved', info: 'calm' } as const;

const SEE = /^see it yourself: `([^`]+)`(.*)$/s;

interface BodyProps {
  readonly finding: ReportFinding;
  /** How it is known stands beside it. */
  readonly isBesideEvidence?: boolean;
}

/** Why it bites, and what to do. */
export const FindingBody = ({ finding, isBesideEvidence = false }: BodyProps): VNode => (
  <>
    {finding.notes.map((note, at) =>
      isBesideEvidence && finding.known?.includes(at) ? null : (
        <p class="note" key={at}>
          <Prose text={note} />
        </p>
      ),
    )}
    {finding.help.map((help, at) => {
      const [, command, after = ''] = SEE.exec(help) ?? [];
      if (command === undefined)
        return (
          <p class="note" key={at}>
            <strong>Help:</strong> <Prose text={help} />
          </p>
        );
      return (
        <div key={at}>
          <Command text={command} />
          <p class="soft">
            <Prose text={after.trim()} />
          </p>
        </div>
      );
    })}
    <Fixes finding={finding} />
  </>
);
