import type { Surroundings } from './build.ts';
import { type GitOpsObject, textAt } from './objects.ts';

/** What `flux bootstrap` calls the repository of the cluster. */
const OWN = 'flux-system';

/**
 * Whether a GitRepository of the input is another repository than the one that Flux was started with; not where nothing
 * says so.
 */
export function gitSources(objects: readonly GitOpsObject[]): Surroundings['isElsewhere'] {
  const sources = objects.filter(({ kind }) => kind === 'git-repository');
  const own = new Set(sources.filter(({ name }) => name === OWN).flatMap((one) => addressOf(one) ?? []));
  return (_, name) => {
    const named = sources
      .filter((one) => one.name === name && name !== OWN)
      .flatMap((one) => addressOf(one) ?? []);
    return named.length > 0 && own.size > 0 && named.every((address) => !own.has(address));
  };
}

/** Host and path, however it is reached. */
function addressOf({ spec }: GitOpsObject): string | undefined {
  const match = /^(?:[a-z+]+:\/\/)?(?:[^@/]+@)?([^/:]+)[/:](?:\d+\/)?(.+?)(?:\.git)?\/?$/i.exec(
    textAt(spec, 'url') ?? '',
  );
  return match ? `${match[1]}/${match[2]}`.toLowerCase() : undefined;
}
