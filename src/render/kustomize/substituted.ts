import type { Stripped } from './annotations.ts';

const VARIABLE = /\$\{([A-Za-z_]\w*)(?:(:?[-=])([^${}]*))?\}/g;

/**
 * What Flux fills in after a build: `${VAR}`, `${VAR:=default}`, `${VAR:-default}`. A variable that nobody gives stays as
 * it is written, as it may come from a ConfigMap or a Secret of the cluster.
 */
export function substituted({ text, objects }: Stripped, values: ReadonlyMap<string, string>): Stripped {
  let all = '';
  const moved = objects.map((object, at) => {
    const start = all.length;
    all += fill(text.slice(object.start, objects[at + 1]?.start ?? text.length), values);
    return { ...object, start };
  });
  return { text: all, objects: moved };
}

const fill = (text: string, values: ReadonlyMap<string, string>): string =>
  text.replace(
    VARIABLE,
    (whole, name: string, operator?: string, otherwise = '') =>
      values.get(name) ?? (operator === undefined ? whole : otherwise),
  );
