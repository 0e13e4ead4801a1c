import type { VNode } from 'preact';

/** A sentence whose `code` stands in backticks. */
export const Prose = ({ text }: { readonly text: string }): VNode => (
  <>
    {text
      .slice(0, 20_000)
      .split('`')
      .map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part))}
  </>
);
