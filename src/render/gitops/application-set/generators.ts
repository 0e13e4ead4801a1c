import { basename, dirname } from 'node:path';
import { get, mapsIn } from '../../../model/reader.ts';
import type { YamlNode } from '../../../text/yaml-node.ts';
import { scalarsOf } from '../../../text/yaml-path.ts';
import type { Surroundings } from '../build.ts';
import { rootsAround } from '../local-folder.ts';
import { type GitOpsObject, textAt } from '../objects.ts';
import { type Filling, fillIn } from './fill-in.ts';
import { filesMatching, foldersMatching } from './matching-paths.ts';
import { Made, mapOf, type Parameters, together } from './parameters.ts';
import { Undecided } from './undecided.ts';

export interface GeneratorContext extends Filling {
  readonly object: GitOpsObject;
  readonly around: Surroundings;
}

/** Beyond this, nobody meant it. */
const MOST = 500;

/** @throws Undecided where something outside the repository decides */
export function generatedBy(generator: YamlNode, context: GeneratorContext): Parameters[] {
  const { entries } = mapOf(generator);
  const [kind, ...others] = entries.filter(({ key }) => key !== 'template' && key !== 'selector');
  if (kind === undefined) return [];
  const own = others[0]?.key ?? entries.find(({ key }) => key === 'template' || key === 'selector')?.key;
  if (own) throw new Undecided(`its generator has a \`${own}\``);
  const all = byKind(kind.key, mapOf(kind.value), context);
  if (all.length > MOST) throw new Undecided(`it makes more than ${MOST} Applications`);
  return all;
}

function byKind(kind: string, body: Parameters, context: GeneratorContext): Parameters[] {
  if (kind === 'list' && !get(body, 'elementsYaml')) return mapsIn(body, 'elements').map(mapOf);
  if (kind === 'git') return gitOf(body, context);
  if (kind === 'matrix') {
    const [first, second, ...more] = mapsIn(body, 'generators');
    if (first === undefined || second === undefined || more.length > 0) return [];
    return generatedBy(first, context).flatMap((one) =>
      generatedBy(fillIn(second, one, context), context).map((other) => together(other, one)),
    );
  }
  throw new Undecided(`generator \`${kind}\` asks what is not in the repository`);
}

function gitOf(body: Parameters, context: GeneratorContext): Parameters[] {
  const { object, around } = context;
  const [wanted, unwanted] = [false, true].map((isExcluded) =>
    mapsIn(body, 'directories')
      .filter((one) => (textAt(one, 'exclude') === 'true') === isExcluded)
      .map((one) => textAt(one, 'path') ?? ''),
  ) as [string[], string[]];
  const files = mapsIn(body, 'files').map((one) => textAt(one, 'path') ?? '');
  const values = get(body, 'values');
  for (const root of rootsAround(around.tree, object.folder)) {
    const found = [
      ...foldersMatching(root, wanted, unwanted).map((path) => pathOf(path, context)),
      ...filesMatching(root, files).flatMap((path) => {
        const read = readParameters(`${root}/${path}`, context);
        return read ? [together(read, pathOf(dirname(path), context, basename(path)))] : [];
      }),
    ];
    if (found.length > 0)
      return found.map((one) =>
        values === undefined
          ? one
          : together(one, new Made(context.places).map({ values: fillIn(values, one, context) })),
      );
  }
  throw new Undecided(`no folder or file of the repository is one of its Git generator's`);
}

/** A file of parameters, whose values keep their places. */
function readParameters(file: string, { around, places }: GeneratorContext): Parameters | undefined {
  const { roots: [root] = [], source } = around.written.read(file) ?? {};
  if (!root || !source) return undefined;
  for (const { scalar } of scalarsOf(root))
    places.set(scalar, { source, start: scalar.start, end: scalar.end });
  return mapOf(root);
}

/** As Argo CD calls the parts of a path (git generator). */
function pathOf(path: string, { places }: GeneratorContext, filename?: string): Parameters {
  const made = new Made(places);
  const name = basename(path);
  const normal = (text: string): string => text.replace(/[^\w.-]|_/g, '-').toLowerCase();
  const parts = made.map({
    path: made.text(path),
    basename: made.text(name),
    basenameNormalized: made.text(normal(name)),
    segments: made.list(path.split('/').map((segment) => made.text(segment))),
    ...(filename === undefined
      ? {}
      : { filename: made.text(filename), filenameNormalized: made.text(normal(filename)) }),
  });
  return made.map({ path: parts });
}
