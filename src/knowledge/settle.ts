import type { FactPort, FactVersion, ImageFact, Setting, SinceVersion } from './image-fact.ts';
import type { ImageReference } from './image-reference.ts';

/**
 * The facts of one tag. A digest alone does not say which of an image's variants or versions it is, so that nothing is
 * known where they differ.
 */
export function settle(
  fact: ImageFact,
  { tag: written, digest }: Pick<ImageReference, 'tag' | 'digest'>,
): ImageFact | undefined {
  const tag = written ?? (digest ? undefined : 'latest');
  if (fact.exceptTags || fact.versions || fact.variants) {
    if (tag === undefined || fact.exceptTags?.some((part) => tag.includes(part))) return undefined;
  }
  const version = fact.versions?.findLast(({ since, before }) => isWithin(tag!, since, before));
  const variants = (fact.variants ?? []).filter(({ tags }) => tags.some((part) => tag!.includes(part)));
  if (!version && variants.length === 0) return withoutDoubtful(fact, tag);
  const { since: _, before: __, ...changed }: FactVersion = version ?? {};
  const layers = variants.map(({ tags: ___, ...rest }) => rest);
  return withoutDoubtful(Object.assign({ ...fact, ...changed }, ...layers), tag);
}

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

const isWithin = (tag: string, since: string | undefined, before: string | undefined): boolean =>
  (since === undefined || !isBefore(tag, since)) && (before === undefined || isBefore(tag, before));

/** `unknown`: seen in the newest version, and nobody looked since when; so a tag with a number may lack it. */
function holds({ since, before }: SinceVersion, tag: string | undefined): boolean {
  if (since === undefined && before === undefined) return true;
  if (tag === undefined || (since === 'unknown' && /^v?\d/.test(tag))) return false;
  return isWithin(tag, since === 'unknown' ? undefined : since, before);
}

/** A setting proves nothing where the version may not have it: it can move a port, or not. A port likewise. */
function withoutDoubtful(fact: ImageFact, tag: string | undefined): ImageFact {
  const isCertain = ({ moves, ...port }: FactPort): boolean =>
    [port, ...moves.env, ...moves.flags].every((one) => holds(one, tag));
  if (fact.ports.every(isCertain)) return fact;
  const doubtful = (list: (port: FactPort) => readonly Setting[]): string[] =>
    fact.ports.flatMap((port) => list(port).flatMap((one) => (holds(one, tag) ? [] : [one.name])));
  const [variables, flags] = [doubtful(({ moves }) => moves.env), doubtful(({ moves }) => moves.flags)];
  return {
    ...fact,
    otherVariables: [...new Set([...(fact.otherVariables ?? []), ...variables])],
    otherFlags: [...new Set([...(fact.otherFlags ?? []), ...flags])],
    ports: fact.ports.map((port) => ({
      ...port,
      ...(holds(port, tag) ? {} : { conditional: true }),
      moves: {
        env: port.moves.env.filter((one) => holds(one, tag)),
        flags: port.moves.flags.filter((one) => holds(one, tag)),
      },
    })),
  };
}
