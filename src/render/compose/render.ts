import { inputError } from '../../sources/input-error.ts';
import { LineStarts, type SourceFile } from '../../text/source.ts';
import type { RootResult } from '../root.ts';
import type { WrittenFiles } from '../written.ts';
import { readCompose } from './read-compose.ts';
import { toManifests } from './to-manifests.ts';

/** Reads a compose file as the manifests that are equal to it. No program is started. */
export function renderCompose(file: string, tree: string, written: WrittenFiles): RootResult | undefined {
  const project = readCompose(file, tree, written);
  if (!project) return undefined;
  const { source: compose, services, mistakes } = project;
  const { text, marks } = toManifests(services);
  const lines = new LineStarts(compose.text);
  const source: SourceFile = {
    path: `${compose.path} (as manifests)`,
    kind: 'compose',
    text,
    editable: false,
    bundle: { kind: 'chart', path: compose.path },
    origin: (offset) => {
      const mark = marks.find(({ start, end }) => offset >= start && offset < end);
      return mark && { source: compose, start: mark.node.start, end: mark.node.end };
    },
  };
  return {
    planned: { path: compose.path, kind: 'compose', state: 'built', with: 'portolan' },
    sources: [source],
    errors: mistakes.map(({ node, message }) => ({
      ...inputError(compose.path, message),
      ...lines.positionOf(node.start),
    })),
    covers: [file],
  };
}
