import { parseImage } from '../knowledge/image-reference.ts';
import { readReference } from './reference.ts';

export interface NamedDockerfiles {
  /** Paths by image; of two spellings of one image the later counts. */
  readonly dockerfiles: ReadonlyMap<string, string>;
  /** Names that no image of the input has. */
  readonly unmet: readonly string[];
}

/**
 * The Dockerfiles that a user names, for the images of the input. A name without tag and digest means the image
 * whatever its tag, as in a configuration; one that is written out goes before it.
 */
export function namedDockerfiles(
  given: ReadonlyMap<string, string>,
  images: readonly string[],
): NamedDockerfiles {
  const anyTag = [...given].filter(([name]) => isAnyTag(name));
  const fitting = anyTag.flatMap(([name, path]) =>
    images.filter((image) => isMeant(name, image)).map((image) => [image, path] as const),
  );
  const exact = [...given].filter(([name]) => !isAnyTag(name));
  return {
    dockerfiles: new Map([...anyTag, ...fitting, ...exact]),
    unmet: [...given.keys()].filter((name) => !images.some((image) => isMeant(name, image))),
  };
}

function isMeant(name: string, image: string): boolean {
  const [wanted, has] = [readReference(name), readReference(image)];
  if (!wanted || !has) return false;
  return isAnyTag(name) ? wanted.name === has.name : wanted.key === has.key;
}

function isAnyTag(name: string): boolean {
  const parsed = parseImage(name);
  return parsed !== undefined && parsed.tag === undefined && !parsed.digest;
}
