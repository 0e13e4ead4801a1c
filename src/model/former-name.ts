import { originOf } from '../text/origin.ts';
import { textOf } from '../text/source.ts';
import type { Resource } from './model.ts';

/** What a built object was called where a person wrote it; undefined where it is called so still, or nobody knows. */
export function formerName({ name, nameAt }: Resource): string | undefined {
  const origin = originOf(nameAt);
  if (origin.kind !== 'rendered' || !origin.at) return undefined;
  const written = textOf(origin.at).replace(/^["']|["']$/g, '');
  return written !== '' && written !== name && name.includes(written) ? written : undefined;
}
