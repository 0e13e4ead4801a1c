import frameworkTable from './frameworks.json' with { type: 'json' };
import type { FrameworkFact, ImageFact } from './image-fact.ts';
import { parseImage } from './image-reference.ts';
import imageTable from './images.json' with { type: 'json' };
import { settle } from './settle.ts';

/** Finds the facts of an image as a manifest writes it; undefined when there are none. */
export type ImageFacts = (image: string) => ImageFact | undefined;

/** Facts as they are stored. */
export interface FactTable {
  /** Image names in their canonical form, some with `*` at the end, or the commands of frameworks, to places in `facts`. */
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
  const place = placeOf(reference.name, images);
  if (place === undefined) return undefined;
  const fact = parsed.get(place) ?? (JSON.parse(images.facts[place]!) as ImageFact);
  parsed.set(place, fact);
  return settle(fact, reference);
};

/** No image has a longer name, as registries take none; whatever else a manifest holds is not tried to its end. */
const LONGEST = 255;

/** A name in full goes before one that ends in `*`, and of those the longest does. */
function placeOf(name: string, { keys }: FactTable): number | undefined {
  if (Object.hasOwn(keys, name)) return keys[name];
  const start = name.lastIndexOf('/');
  for (let end = Math.min(name.length, LONGEST); end > start; end--) {
    const pattern = `${name.slice(0, end)}*`;
    if (Object.hasOwn(keys, pattern)) return keys[pattern];
  }
  return undefined;
}

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
