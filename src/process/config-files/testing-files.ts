import { decode } from '../../model/decode.ts';
import type { ConfigMap, Secret } from '../../model/model.ts';
import type { SourceFile } from '../../text/source.ts';
import { textOf } from '../../text/source.ts';
import { readYaml } from '../../text/yaml.ts';
import { wordDoubt } from '../listeners/doubts/doubt.ts';
import type { ConfigFile, ConfigReader, ConfigReading, ConfigSurroundings } from './config-file.ts';

/** The files of the ConfigMaps and Secrets of a manifest, each key under its directory. */
export function filesOf(manifest: string, directory: string): readonly ConfigFile[] {
  const source: SourceFile = { path: 'shop.yaml', kind: 'file', text: manifest, editable: true };
  const { documents, errors } = readYaml(manifest);
  if (errors.length > 0) throw new Error(errors[0]!.message);
  const objects = documents.flatMap(({ root }) => (root ? decode(source, root, 'shop') : []));
  return objects.flatMap((object) => {
    const { kind, namespace, name, data } = object as ConfigMap | Secret;
    return [...data].map(([key, text]) => ({
      path: `${directory}/${key}`,
      text,
      from: `${key} of ${kind} ${namespace}/${name}`,
      secret: kind === 'Secret',
    }));
  });
}

/** A manifest of one ConfigMap whose keys are files. */
export const configMapOf = (files: Readonly<Record<string, string>>): string =>
  `apiVersion: v1
kind: ConfigMap
metadata: { name: web }
data:
${Object.entries(files)
  .map(([name, text]) => `  ${name}: |\n${`${text}\n`.replace(/^(?=.)/gm, '    ')}`)
  .join('')}`;

/** Variables as a container has them, and directories that volumes cover. */
export function surroundings({
  variables = {},
  covered = [],
  tag,
}: {
  readonly variables?: Readonly<Record<string, string | undefined>>;
  readonly covered?: readonly string[];
  readonly tag?: string;
} = {}): ConfigSurroundings {
  return {
    variable: (name) => {
      if (!Object.hasOwn(variables, name)) return { kind: 'unset' };
      const value = variables[name];
      if (value === 'status.podIP') return { kind: 'pod-ip' };
      return value === undefined ? { kind: 'unknown' } : { kind: 'value', value };
    },
    covers: (directory) => covered.includes(directory),
    tag,
  };
}

/** Each listener in short, with the characters it points at: `80/TCP loopback: listen 127.0.0.1:80`. */
const shortly = ({ listeners }: ConfigReading): string[] =>
  listeners.map(
    ({ port, protocol, bind, at }) =>
      `${port}/${protocol}${bind === 'all' ? '' : ` ${bind}`}: ${textOf(at).replace(/\s+/g, ' ')}`,
  );

export interface ReadingInShort {
  readonly open: readonly string[];
  readonly doubts: readonly string[];
}

/** Reads the keys of one ConfigMap with the first as the main file; tells listeners in short, and doubts. */
export function readFiles(
  reader: ConfigReader,
  files: Readonly<Record<string, string>>,
  {
    directory = '/etc/app',
    main = true,
    around = surroundings(),
  }: { readonly directory?: string; readonly main?: boolean; readonly around?: ConfigSurroundings } = {},
): ReadingInShort {
  const mounted = filesOf(configMapOf(files), directory);
  const reading = reader(mounted, main ? mounted[0] : undefined, around);
  return { open: shortly(reading), doubts: reading.doubts.map(wordDoubt) };
}
