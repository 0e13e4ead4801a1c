import type { Stripped } from './annotations.ts';

/** What Flux fills in, as far as the repository says it. */
export interface Variables {
  readonly values: ReadonlyMap<string, string>;
  /** False where some of them come from a ConfigMap or a Secret that only the cluster has: no default counts then. */
  readonly isComplete: boolean;
}

const VARIABLE = /\$?\$\{([A-Za-z_]\w*)(?:(:?[-=])([^${}]*))?\}/g;
/** Objects that Flux leaves alone (kustomize-controller, post build variable substitution). */
const DISABLED = /^ {4}kustomize\.toolkit\.fluxcd\.io\/substitute: ["']?disabled["']?$/m;

/**
 * What Flux fills in after a build: `${VAR}`, `${VAR:=default}`, `${VAR:-default}`; `$${VAR}` is the text itself. A
 * variable that nobody gives stays as it is written, as it may come from a ConfigMap or a Secret of the cluster.
 */
export function substituted({ text, objects }: Stripped, variables: Variables): Stripped {
  let all = '';
  const moved = objects.map((object, at) => {
    const start = all.length;
    const own = text.slice(object.start, objects[at + 1]?.start ?? text.length);
    all += DISABLED.test(own) ? own : fill(own, variables);
    return { ...object, start };
  });
  return { text: all, objects: moved };
}

const fill = (text: string, { values, isComplete }: Variables): string =>
  text.replace(VARIABLE, (whole, name: string, operator?: string, otherwise = '') => {
    if (whole.startsWith('$$')) return whole.slice(1);
    return values.get(name) ?? (operator === undefined || !isComplete ? whole : otherwise);
  });
