import { get } from '../model/reader.ts';
import type { InputError } from '../sources/input-error.ts';
import { LineStarts, type SourceFile } from '../text/source.ts';
import { toPlain } from '../text/to-plain.ts';
import { readYaml } from '../text/yaml.ts';
import type { YamlNode } from '../text/yaml-node.ts';
import type { Config } from './config.ts';
import { type Problem, problemsOf } from './problem.ts';
import { configJsonSchema, configSchema } from './schema.ts';

export { configJsonSchema };

/** A configuration that can be used, or why it cannot. */
export type ConfigReading =
  | { readonly config: Config; readonly root: YamlNode | undefined; readonly errors: readonly [] }
  | {
      readonly config: undefined;
      readonly root: undefined;
      readonly errors: readonly [InputError, ...InputError[]];
    };

/**
 * Reads a configuration file. It is data: no expression, no import and no code of it is ever run.
 *
 * @param key the key of the file that holds the configuration; all of the file when left out
 * @returns every mistake with its line and what to do, and no configuration when there is one
 */
export function readConfig(source: SourceFile, key?: string): ConfigReading {
  const lines = new LineStarts(source.text);
  const error = (offset: number, message: string): InputError => ({
    path: source.path,
    ...lines.positionOf(offset),
    message,
  });
  const { documents, errors, template } = readYaml(source.text);
  const broken = [
    ...errors.map(({ offset, message }) => error(offset, message)),
    ...(template === undefined ? [] : [error(template, 'a configuration file is no template')]),
    ...documents.slice(1).map(({ start }) => error(start, 'a configuration file holds one document')),
  ];
  if (isNotEmpty(broken)) return { config: undefined, root: undefined, errors: broken };

  const whole = documents[0]?.root ?? undefined;
  const root = key === undefined ? whole : get(whole, key);
  const value = root ? toPlain(root) : {};
  const parsed = configSchema.safeParse(value);
  if (parsed.success) return { config: parsed.data, root, errors: [] };
  const problems = problemsOf(parsed.error.issues, configJsonSchema(), value);
  const wrong = problems.map((problem) => error(placeOf(root, problem), problem.message));
  return isNotEmpty(wrong)
    ? { config: undefined, root: undefined, errors: wrong }
    : { config: undefined, root: undefined, errors: [error(0, 'the configuration cannot be read')] };
}

const isNotEmpty = <T>(list: readonly T[]): list is readonly [T, ...T[]] => list.length > 0;

/** Where a problem stands: its key, its value, or the nearest thing above that is there. */
function placeOf(root: YamlNode | undefined, { path, key }: Problem): number {
  let current = root;
  for (const step of path) {
    const next =
      current?.type === 'list'
        ? current.items[Number(step)]
        : current?.type === 'map'
          ? current.entries.find((entry) => entry.key === String(step))?.value
          : undefined;
    if (!next) break;
    current = next;
  }
  const entry =
    current?.type === 'map' && key !== undefined ? current.entries.find((one) => one.key === key) : undefined;
  return (entry?.keyNode ?? current)?.start ?? 0;
}
