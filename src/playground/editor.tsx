import { signal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ReportLocation } from '../report/report.ts';
import { toEditor } from '../ui/editor-link.ts';
import { exampleNames, exampleOf } from './examples.ts';

/** What is written, and checked. */
export const text = signal('');

/** A text field with its line numbers; places of the page lead into it. */
export function Editor(): VNode {
  const field = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLPreElement>(null);
  useEffect(() => {
    toEditor.value = (location) => select(field.current, location);
  }, []);
  const lines = text.value.split('\n').length;
  return (
    <section class="editor" aria-label="Manifests">
      <p class="row">
        <label>
          Example{' '}
          <select onChange={({ currentTarget }) => choose(currentTarget)}>
            <option value="">of a concept or a rule …</option>
            {exampleNames.map(([group, names]) => (
              <optgroup key={group} label={group}>
                {names.flatMap((name) => [
                  <option key={name} value={`broken ${name}`}>{`${name}, broken`}</option>,
                  <option key={`${name} fixed`} value={`fixed ${name}`}>{`${name}, fixed`}</option>,
                ])}
              </optgroup>
            ))}
          </select>
        </label>
        <span class="soft">Nothing of it leaves this browser.</span>
      </p>
      <div class="field">
        <pre aria-hidden="true" ref={gutter}>
          {Array.from({ length: lines }, (_, at) => `${at + 1}\n`).join('')}
        </pre>
        <textarea
          ref={field}
          aria-label="Manifests, as YAML or JSON"
          spellcheck={false}
          wrap="off"
          value={text.value}
          onInput={({ currentTarget }) => {
            text.value = currentTarget.value;
          }}
          onScroll={({ currentTarget }) => {
            if (gutter.current) gutter.current.scrollTop = currentTarget.scrollTop;
          }}
        />
      </div>
    </section>
  );
}

function choose(list: HTMLSelectElement): void {
  const [, which, name = ''] = /^(broken|fixed) (.+)$/.exec(list.value) ?? [];
  const example = exampleOf(name);
  if (example) text.value = which === 'fixed' ? example.fixed : example.broken;
  list.value = '';
}

/** Marks a place in the text, and brings it into sight. */
function select(
  field: HTMLTextAreaElement | null,
  { line, column, endLine, endColumn }: ReportLocation,
): void {
  if (!field) return;
  const lines = text.value.split('\n');
  const offset = (row: number, at: number): number =>
    lines.slice(0, row - 1).reduce((sum, { length }) => sum + length + 1, 0) + at - 1;
  field.focus();
  field.setSelectionRange(offset(line, column), offset(endLine, endColumn));
  field.scrollTop = (field.scrollHeight / lines.length) * (line - 6);
}
