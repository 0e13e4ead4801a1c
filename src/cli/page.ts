import type { Severity } from '../report/report.ts';
import { sanitizeLine } from '../report/sanitize.ts';
import type { Style } from '../report/text/style.ts';
import { wrap } from '../report/text/width.ts';

/**
 * A page as a terminal shows it: headings instead of marks, prose broken between words, manifests indented and
 * otherwise as they are, to be copied.
 *
 * @param severity of the rule whose page it is
 */
export function renderPage(
  page: string,
  severity: Severity | undefined,
  style: Style,
  width: number,
): string {
  const lines = page.split(/^```/m).flatMap((part, at) =>
    at % 2 === 1
      ? [
          ...part
            .trimEnd()
            .split('\n')
            // The first says the language.
            .slice(1)
            .map((line) => `    ${line}`.trimEnd()),
          '',
        ]
      : part.split(/\n{2,}/).flatMap((block) => renderBlock(block.trim(), severity, style, width)),
  );
  return `${lines.join('\n').trimEnd()}\n`;
}

function renderBlock(block: string, severity: Severity | undefined, style: Style, width: number): string[] {
  if (block === '') return [];
  const [, marks, title = ''] = /^(#+) (.*)$/.exec(block) ?? [];
  if (marks === '#') return [`${style.bold(title)}${severity ? `  ${style[severity](severity)}` : ''}`, ''];
  if (marks) return [style.bold(title)];
  const items = block.split(/\n(?=- )/);
  return [...items.flatMap((item) => renderProse(item, width)), ''];
}

function renderProse(text: string, width: number): string[] {
  const isItem = text.startsWith('- ');
  const indent = isItem ? 4 : 2;
  return wrap(sanitizeLine(text.replace(/^- /, '').replaceAll('\n', ' ')), width - indent).map((line, at) =>
    isItem && at === 0 ? `  - ${line}` : `${' '.repeat(indent)}${line}`,
  );
}
