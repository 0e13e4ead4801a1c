import type { Fix } from '../rules/rule.ts';
import { originOf } from '../text/origin.ts';
import { type Edit, textOf } from '../text/source.ts';

/**
 * A fix in the files that a person wrote: rendered text is edited where the same characters were written, what a
 * cluster printed is not edited, and neither is a file that has changed since it was checked.
 *
 * @returns undefined where one of its edits has no such place
 */
export function editableFix(fix: Fix): Fix | undefined {
  const edits: Edit[] = [];
  for (const edit of fix.edits) {
    const own = editableEdit(edit);
    if (!own) return undefined;
    edits.push(own);
  }
  return { ...fix, edits };
}

function editableEdit({ at, text }: Edit): Edit | undefined {
  const origin = originOf(at);
  if (origin.kind === 'written') return at.source.isStale ? undefined : { at, text };
  if (origin.kind === 'printed' || !origin.at) return undefined;
  const [there, here] = [textOf(origin.at), textOf(at)];
  // What was inserted or computed by a template has no characters of its own there.
  return here !== '' && there === here ? { at: origin.at, text } : undefined;
}
