import type { VNode } from 'preact';
import { Prose } from './prose.tsx';

/** The page of a rule: headings, paragraphs, lists and manifests are all that there is in one. */
export const Markdown = ({ text }: { readonly text: string }): VNode => (
  <div class="page-text">
    {text.split(/^```/m).flatMap((part, at) =>
      at % 2 === 1
        ? [<Code key={at} text={part} />]
        : part
            .split(/\n{2,}/)
            .map((block) => block.trim())
            .filter(Boolean)
            .map((block, row) => <Block key={`${at}.${row}`} text={block} />),
    )}
  </div>
);

/** The first line says the language. */
const Code = ({ text }: { readonly text: string }): VNode => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
  <pre tabIndex={0}>
    {text
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line, at) => (
        <span key={at}>{`${line}\n`}</span>
      ))}
  </pre>
);

function Block({ text }: { readonly text: string }): VNode {
  const [, marks, title = ''] = /^(#+) (.*)$/.exec(text) ?? [];
  if (marks === '#') return <h3>{title}</h3>;
  if (marks) return <h4>{title}</h4>;
  if (!text.startsWith('- '))
    return (
      <p>
        <Prose text={text} />
      </p>
    );
  return (
    <ul>
      {text.split(/^- /m).flatMap((item, at) =>
        item.trim() === ''
          ? []
          : [
              <li key={at}>
                <Prose text={item.trim()} />
              </li>,
            ],
      )}
    </ul>
  );
}
