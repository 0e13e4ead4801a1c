import { basename, dirname, join } from 'node:path';
import type { ComposeMapping } from '../../model/compose-mapping.ts';
import type { ImageBuild } from '../../model/image-build.ts';
import { get } from '../../model/reader.ts';
import { inputError } from '../../sources/input-error.ts';
import type { Planned } from '../../sources/planned.ts';
import { LineStarts } from '../../text/source.ts';
import { kindOfPath } from '../kustomize/closure.ts';
import { type RenderedSource, treeOf } from '../rendered-source.ts';
import type { RootResult } from '../root.ts';
import type { WrittenFiles } from '../written.ts';
import type { KnownPorts } from './reached-ports.ts';
import { type ComposeProject, readCompose } from './read-compose.ts';
import { placeOf, toManifests } from './to-manifests.ts';

/** A compose file that was read, and what it says of images: of their ports, and how they are built. */
export interface ComposeResult extends RootResult {
  readonly mappings: readonly ComposeMapping[];
  readonly builds: readonly ImageBuild[];
}

/** Reads a compose file that was named as the manifests that are equal to it. No program is started. */
export function renderCompose(
  file: string,
  tree: string,
  written: WrittenFiles,
  knownPorts: KnownPorts,
): ComposeResult | undefined {
  const project = readCompose(file, tree, written);
  if (!project) return undefined;
  const { source: compose, mistakes } = project;
  const { text, marks } = toManifests(project, knownPorts);
  const source: RenderedSource = {
    path: `${compose.path} (as manifests)`,
    kind: 'compose',
    text,
    tree: treeOf(text),
    editable: false,
    bundle: { kind: 'chart', path: compose.path },
    origin: (offset) => marks.find(({ start, end }) => offset >= start && offset < end)?.at,
  };
  return {
    planned: {
      ...{ path: compose.path, kind: 'compose', state: 'built', with: 'portolan' },
      ...notRead(file, written, project),
    },
    sources: [source],
    errors: mistakes.map(({ node, message, source }) => ({
      ...inputError(source.path, message),
      ...new LineStarts(source.text).positionOf(node.start),
    })),
    covers: [file],
    mappings: mappingsOf(project),
    builds: project.services.flatMap(({ build }) => build ?? []),
  };
}

/** What Docker Compose lays over a file of this name unless `-f` names files (compose-go, cli/options.go). */
const OVERRIDES = ['yml', 'yaml'].flatMap((end) => [
  `compose.override.${end}`,
  `docker-compose.override.${end}`,
]);
const LAID_OVER = /^(?:docker-)?compose\.ya?ml$/;

const others = ({ length }: readonly string[]): string =>
  length === 0 ? '' : ` and ${length} more ${length === 1 ? 'file' : 'files'}`;

/** What Docker Compose would read as well. */
function notRead(
  file: string,
  written: WrittenFiles,
  { outside: [outside, ...more] }: ComposeProject,
): Pick<Planned, 'reason'> {
  const includes = get(written.read(file)?.roots[0], 'include');
  const over = LAID_OVER.test(basename(file))
    ? OVERRIDES.filter((name) => kindOfPath(join(dirname(file), name)) === 'file')
    : [];
  const why = [
    ...over.map((name) => `without ${name}, which \`docker compose\` lays over it where no -f names files`),
    ...(includes?.type === 'list' && includes.items.length > 0 ? ['without the files of its `include`'] : []),
    ...(outside === undefined ? [] : [`without ${outside}${others(more)}, outside the repository`]),
  ];
  return why.length > 0 ? { reason: why.join(', and ') } : {};
}

const NOT_APPLIED =
  'no cluster applies it; its ports are compared with those of manifests for the same images';

/** Reads a compose file that lies among the manifests: it is none of them, and says where its images listen. */
export function readComposeBeside(
  file: string,
  tree: string,
  written: WrittenFiles,
): ComposeResult | undefined {
  const project = readCompose(file, tree, written);
  if (!project) return undefined;
  const planned: Planned = {
    path: project.source.path,
    kind: 'compose',
    state: 'left-out',
    reason: NOT_APPLIED,
    help: `\`portolan check ${project.source.path}\` reads it as manifests`,
  };
  return { planned, sources: [], errors: [], covers: [file], mappings: mappingsOf(project), builds: [] };
}

const mappingsOf = ({ services }: ComposeProject): ComposeMapping[] =>
  services.flatMap(({ image, ports }) =>
    ports.flatMap((port): ComposeMapping[] => {
      const { host, container, protocol } = port;
      if (host === undefined) return [];
      return [{ image, host, container, protocol, at: placeOf(port) }];
    }),
  );
