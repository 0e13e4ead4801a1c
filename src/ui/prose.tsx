import type { VNode } from 'preact';

/** A name of megabytes would be all that there is to see. */
const LONGEST = 2000;

/** A sentence whose `code` stands in backticks. */
export const Prose = ({ text }: { readonly text: string }): VNode => (
  <>
    {(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)
      .split('`')
      .map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part))}
  </>
);
