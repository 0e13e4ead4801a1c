import type { ImageFact } from './image-fact.ts';
import { parseImage } from './image-reference.ts';
import table from './images.json' with { type: 'json' };

export const imageFacts = (): readonly ImageFact[] => table as readonly ImageFact[];

/** Image names, canonical, to facts; made when it is first asked for, since most runs that print help never do. */
let byName: Map<string, ImageFact> | undefined;

/** The facts of an image as a manifest writes it; undefined when the table has none for it. */
export function findImageFact(image: string): ImageFact | undefined {
  const reference = parseImage(image);
  if (!reference) return undefined;
  byName ??= new Map(
    imageFacts().flatMap((fact) => fact.match.map((name) => [parseImage(name)?.name ?? name, fact] as const)),
  );
  const fact = byName.get(reference.name);
  if (!fact?.exceptTags) return fact;
  // A digest alone does not say which of the image's variants it is.
  const tag = reference.tag ?? (reference.digest ? undefined : 'latest');
  return tag === undefined || fact.exceptTags.some((part) => tag.includes(part)) ? undefined : fact;
}
