import type { Location } from './source.ts';

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

export function originOf({ source, start }: Location): Origin {
  switch (source.kind) {
    case 'helm':
    case 'kustomize':
    case 'compose':
      return { kind: 'rendered', at: source.origin?.(start) };
    case 'cluster': {
      const at = source.origin?.(start);
      return at ? { kind: 'rendered', at } : PRINTED;
    }
    default:
      return WRITTEN;
  }
}
