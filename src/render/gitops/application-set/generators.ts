import { basename, dirname } from 'node:path';
import type { Plain } from '../../../text/to-plain.ts';
import { toPlain } from '../../../text/to-plain.ts';
import type { Surroundings } from '../build.ts';
import { rootsAround } from '../local-folder.ts';
import type { GitOpsObject } from '../objects.ts';
import { fillIn, type Parameters } from './fill-in.ts';
import { filesMatching, foldersMatching } from './matching-paths.ts';
import { Undecided } from './undecided.ts';

export interface GeneratorContext {
  readonly object: GitOpsObject;
  readonly around: Surroundings;
  readonly isGo: boolean;
}

/** Beyond this, nobody meant it. */
const MOST = 500;

/** @throws Undecided where something outside the repository decides */
export function generatedBy(generator: Plain, context: GeneratorContext): Parameters[] {
  const { template, selector, ...kinds } = mapOf(generator);
  const [kind, ...others] = Object.keys(kinds);
  if (kind === undefined) return [];
  const own = others[0] ?? (template === undefined ? undefined : 'template') ?? (selector && 'selector');
  if (own) throw new Undecided(`its generator has a \`${own}\``);
  const all = byKind(kind, mapOf(kinds[kind]), context);
  if (all.length > MOST) throw new Undecided(`it makes more than ${MOST} Applications`);
  return all;
}

function byKind(kind: string, body: Parameters, context: GeneratorContext): Parameters[] {
  if (kind === 'list' && body.elementsYaml === undefined) return listOf(body.elements).map(mapOf);
  if (kind === 'git') return gitOf(body, context);
  if (kind === 'matrix') {
    const [first, second, ...more] = listOf(body.generators);
    if (first === undefined || second === undefined || more.length > 0) return [];
    return generatedBy(first, context).flatMap((one) =>
      generatedBy(fillIn(second, one, context.isGo), context).map((other) => ({ ...other, ...one })),
    );
  }
  throw new Undecided(`generator \`${kind}\` asks what is not in the repository`);
}

function gitOf(body: Parameters, { object, around, isGo }: GeneratorContext): Parameters[] {
  const roots = rootsAround(around.tree, object.file);
  const [wanted, unwanted] = [false, true].map((isExcluded) =>
    listOf(body.directories)
      .map(mapOf)
      .filter(({ exclude }) => (exclude === true) === isExcluded)
      .map(({ path }) => String(path)),
  ) as [string[], string[]];
  const files = listOf(body.files).map((one) => String(mapOf(one).path));
  for (const root of roots) {
    const found = [
      ...foldersMatching(root, wanted, unwanted).map((path) => pathOf(path)),
      ...filesMatching(root, files).flatMap((path) => {
        const [tree] = around.written.read(`${root}/${path}`)?.roots ?? [];
        return tree ? [{ ...mapOf(toPlain(tree)), ...pathOf(dirname(path), basename(path)) }] : [];
      }),
    ];
    if (found.length > 0)
      return found.map((one) =>
        body.values === undefined ? one : { ...one, values: fillIn(body.values, one, isGo) },
      );
  }
  throw new Undecided(`no folder or file of the repository is one of its Git generator's`);
}

/** As Argo CD calls the parts of a path (git generator). */
function pathOf(path: string, filename?: string): Parameters {
  const name = basename(path);
  const normal = (text: string): string => text.replace(/[^\w.-]|_/g, '-').toLowerCase();
  return {
    path: {
      path,
      basename: name,
      basenameNormalized: normal(name),
      segments: path.split('/'),
      ...(filename === undefined ? {} : { filename, filenameNormalized: normal(filename) }),
    },
  };
}

const mapOf = (value: Plain | undefined): Parameters =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Parameters) : {};

const listOf = (value: Plain | undefined): readonly Plain[] =>
  Array.isArray(value) ? (value as readonly Plain[]) : [];
