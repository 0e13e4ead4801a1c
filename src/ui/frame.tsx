import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Line } from '../report/page/excerpts.ts';
import type { ReportLocation } from '../report/report.ts';
import { index } from './data.ts';
import { editorHref, toEditor } from './editor-link.ts';
import { Prose } from './prose.tsx';
import { placeText } from './words.ts';

interface FrameProps {
  readonly location: ReportLocation;
  /** What is said of the marked text. */
  readonly says?: string;
  readonly tone?: 'broken' | 'unproved' | 'whole' | 'calm';
}

const AROUND = 2;
/** A column that is in sight in the narrowest of frames. */
const FITS = 24;

/** A place in its source: the lines around it, and what is meant marked. */
export function Frame({ location, says = '', tone = 'calm' }: FrameProps): VNode {
  const lines = linesNear(location);
  const href = editorHref(location);
  const open = toEditor.value;
  const text = useRef<HTMLPreElement>(null);
  useEffect(() => {
    if (text.current && location.column > FITS) onceSeen.observe(text.current);
  }, [location]);
  return (
    <figure class={`frame ${tone}`}>
      <figcaption>
        {open ? (
          <button type="button" class="link" onClick={() => open(location)}>
            {placeText(location)}
          </button>
        ) : href === undefined ? (
          <span class="place">{placeText(location)}</span>
        ) : (
          <a class="place" href={href} title="Open in the editor">
            {placeText(location)}
          </a>
        )}
      </figcaption>
      {lines.length === 0 ? (
        <p class="soft">The text of this source is not here.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
        <pre tabIndex={0} ref={text}>
          {lines.map((line) => (
            <SourceLine key={`${line[0]}:${line[2] ?? 0}`} line={line} location={location} />
          ))}
        </pre>
      )}
      {says && (
        <p class="says">
          <Prose text={says} />
        </p>
      )}
    </figure>
  );
}

/** Measuring what nobody sees yet would cost a layout for each frame. */
const onceSeen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    onceSeen.unobserve(target);
    showMark(target as HTMLElement);
  }
});

/** In a long line what is marked would lie beyond the edge. */
function showMark(text: HTMLElement): void {
  const mark = text.querySelector('mark');
  if (!mark) return;
  const end = mark.offsetLeft + mark.offsetWidth - text.offsetLeft;
  if (end > text.clientWidth) text.scrollLeft = end - text.clientWidth / 2;
}

function SourceLine({ line, location }: { readonly line: Line; readonly location: ReportLocation }): VNode {
  const [number, text, skipped = 0] = line;
  const isMarked = number === location.line;
  const start = isMarked ? location.column - 1 - skipped : text.length;
  const end = location.endLine > location.line ? text.length : location.endColumn - 1 - skipped;
  const cut = isMarked && skipped > 0 ? '…' : '';
  return (
    <span class={isMarked ? 'line at' : 'line'}>
      <span class="number" aria-hidden="true">
        {number}
      </span>
      <span class="text">
        {cut + text.slice(0, Math.max(0, start))}
        {isMarked && <mark>{text.slice(Math.max(0, start), Math.max(start, end)) || ' '}</mark>}
        {isMarked && text.slice(Math.max(start, end))}
        {'\n'}
      </span>
    </span>
  );
}

/** The piece of each line that is near; of a long one that which holds the place. */
function linesNear({ path, line, column }: ReportLocation): Line[] {
  const { excerpts } = index.value.data;
  const all = Object.hasOwn(excerpts, path) ? (excerpts[path] ?? []) : [];
  const near: Line[] = [];
  for (let at = firstFrom(all, line - AROUND); at < all.length && all[at]![0] <= line + AROUND; at++) {
    const [number, text, skipped] = all[at]!;
    const isShown =
      number === line
        ? skipped === undefined || (column - 1 >= skipped && column - 1 <= skipped + text.length)
        : !skipped && text.trim() !== '';
    if (isShown) near.push(all[at]!);
  }
  return near;
}

/** Where the lines from one on begin. */
function firstFrom(lines: readonly Line[], line: number): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lines[middle]![0] < line) low = middle + 1;
    else high = middle;
  }
  return low;
}
