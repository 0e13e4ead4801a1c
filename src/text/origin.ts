import type { Location, SourceFile } from './source.ts';

/**
 * How the text of a place came to be: a person wrote it there, it was rendered from what a person wrote elsewhere
 * (`at`, where that is known), or a cluster printed it, of which nobody knows who wrote it. Only what a person wrote can be edited.
 */
export type Origin =
  | { readonly kind: 'written' }
  | { readonly kind: 'rendered'; readonly at: Location | undefined }
  | { readonly kind: 'printed' };

const WRITTEN: Origin = { kind: 'written' };
const PRINTED: Origin = { kind: 'printed' };

/** Whether a person wrote all of it; the way back from what a program made may take reading it once more. */
export const isWritten = ({ kind }: Pick<SourceFile, 'kind'>): boolean =>
  kind !== 'helm' && kind !== 'kustomize' && kind !== 'compose' && kind !== 'cluster';

export function originOf({ source, start }: Location): Origin {
  if (isWritten(source)) return WRITTEN;
  const at = source.origin?.(start);
  return source.kind === 'cluster' && !at ? PRINTED : { kind: 'rendered', at };
}
