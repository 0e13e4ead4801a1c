import frameworkTable from './frameworks.json' with { type: 'json' };
import type { FactVersion, FrameworkFact, ImageFact } from './image-fact.ts';
import { type ImageReference, parseImage } from './image-reference.ts';
import imageTable from './images.json' with { type: 'json' };

/** Finds the facts of an image as a manifest writes it; undefined when there are none. */
export type ImageFacts = (image: string) => ImageFact | undefined;

/** Facts as they are stored. */
export interface FactTable {
  /** Image names in their canonical form, or the commands of frameworks, to places in `facts`. */
  readonly keys: Readonly<Record<string, number>>;
  /** JSON texts: only the facts that a run meets are parsed. */
  readonly facts: readonly string[];
}

const images: FactTable = imageTable;
export const frameworks: FactTable = frameworkTable;

export const imageFacts = (): readonly ImageFact[] => images.facts.map((text) => JSON.parse(text));

export const frameworkFacts = (): readonly FrameworkFact[] =>
  frameworks.facts.map((text) => JSON.parse(text));

const parsed = new Map<number, ImageFact>();

/** The facts that the project brings along. */
export const findImageFact: ImageFacts = (image) => {
  const reference = parseImage(image);
  if (!reference) return undefined;
  const { keys } = images;
  if (!Object.hasOwn(keys, reference.name)) return undefined;
  const place = keys[reference.name]!;
  const fact = parsed.get(place) ?? (JSON.parse(images.facts[place]!) as ImageFact);
  parsed.set(place, fact);
  return settle(fact, reference);
};

/** Facts that a user adds, which go before the project's own. */
export function withFacts(own: readonly ImageFact[]): ImageFacts {
  if (own.length === 0) return findImageFact;
  const byName = new Map(
    own.flatMap((fact) => fact.match.map((name) => [parseImage(name)?.name ?? name, fact] as const)),
  );
  return (image) => {
    const reference = parseImage(image);
    const fact = reference && byName.get(reference.name);
    return fact ? settle(fact, reference) : findImageFact(image);
  };
}

/** The facts of one tag; a digest alone does not say which of an image's variants or versions it is. */
function settle(fact: ImageFact, { tag: written, digest }: ImageReference): ImageFact | undefined {
  if (!fact.exceptTags && !fact.versions) return fact;
  const tag = written ?? (digest ? undefined : 'latest');
  if (tag === undefined || fact.exceptTags?.some((part) => tag.includes(part))) return undefined;
  const older = fact.versions?.findLast(({ before }) => isBefore(tag, before));
  return older ? { ...fact, ...settings(older) } : fact;
}

const settings = ({ before: _, ...changed }: FactVersion): Partial<ImageFact> => changed;

/** Whether a tag such as `v7.0-alpine` is of a version below `8`. A tag without a number is the newest. */
export function isBefore(tag: string, version: string): boolean {
  const digits = /^v?(\d+(?:\.\d+)*)/.exec(tag)?.[1];
  if (digits === undefined) return false;
  const [has, wants] = [digits, version].map((text) => text.split('.').map(Number));
  for (const [index, wanted] of wants!.entries()) {
    const part = has![index];
    // `8` is not known to be older than `8.2`: it is the newest of its line.
    if (part === undefined || part > wanted) return false;
    if (part < wanted) return true;
  }
  return false;
}
