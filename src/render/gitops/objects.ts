import { dirname } from 'node:path';
import { get } from '../../model/reader.ts';
import { originOf } from '../../text/origin.ts';
import type { Bundle, Location, SourceFile } from '../../text/source.ts';
import type { YamlNode } from '../../text/yaml-node.ts';
import type { RenderedSource } from '../rendered-source.ts';
import type { WrittenFiles } from '../written.ts';

/** What printed an object that no file holds as it is applied. */
export interface Printing {
  readonly source: SourceFile;
  readonly roots: readonly YamlNode[];
  /** Absolute folders that were built to get there, the first one first. */
  readonly folders: readonly string[];
  /** What it is applied together with. */
  readonly together: Bundle;
}

/** An object that tells a controller what to apply. */
export interface GitOpsObject {
  readonly kind: 'flux-kustomization' | 'helm-release' | 'git-repository' | 'application' | 'application-set';
  readonly name: string;
  readonly namespace: string | undefined;
  readonly spec: YamlNode | undefined;
  /** Absolute; the file that says it, or of what printed it the folder that was built. */
  readonly file: string;
  /** Absolute folder that says it. */
  readonly folder: string;
  /** As the plan names what says it: a file, or the root whose build printed it. */
  readonly shown: string;
  readonly printing?: Printing;
  /** Where a node of it was written; undefined where no file of the user says it. */
  at(node: YamlNode): Location | undefined;
}

const MENTION =
  /source\.toolkit\.fluxcd\.io\/|kustomize\.toolkit\.fluxcd\.io\/|helm\.toolkit\.fluxcd\.io\/|argoproj\.io\//;

const KINDS: ReadonlyMap<string, GitOpsObject['kind']> = new Map([
  ['kustomize.toolkit.fluxcd.io Kustomization', 'flux-kustomization'],
  ['helm.toolkit.fluxcd.io HelmRelease', 'helm-release'],
  ['source.toolkit.fluxcd.io GitRepository', 'git-repository'],
  ['argoproj.io Application', 'application'],
  ['argoproj.io ApplicationSet', 'application-set'],
]);

/** Whether a file may say what a controller is to apply. */
const tellsController = (file: string, written: WrittenFiles): boolean => written.mentions(file, MENTION);

/** The objects of Flux and Argo CD in these files. */
export function gitOpsObjects(files: readonly string[], written: WrittenFiles): GitOpsObject[] {
  return files.flatMap((file) => {
    const read = tellsController(file, written) ? written.read(file) : undefined;
    if (!read) return [];
    const { source } = read;
    const place = { file, folder: dirname(file), shown: source.path };
    const at = ({ start, end }: YamlNode): Location => ({ source, start, end });
    return read.roots.flatMap((root) => objectOf(root, { ...place, at }) ?? []);
  });
}

/** The objects of Flux and Argo CD that a build printed. */
export function printedObjects(
  source: RenderedSource,
  { folder, shown, ...printing }: Pick<GitOpsObject, 'folder' | 'shown'> & Omit<Printing, 'source' | 'roots'>,
): GitOpsObject[] {
  if (!MENTION.test(source.text)) return [];
  const roots = source.tree();
  const at = ({ start, end }: YamlNode): Location | undefined => writtenOf({ source, start, end });
  return roots.flatMap(
    (root) =>
      objectOf(root, { file: folder, folder, shown, at, printing: { ...printing, source, roots } }) ?? [],
  );
}

/** Where a person wrote what stands at a place; undefined where nobody may be led. */
export function writtenOf(at: Location): Location | undefined {
  const origin = originOf(at);
  return origin.kind === 'written' ? at : origin.kind === 'rendered' ? origin.at : undefined;
}

function objectOf(
  root: YamlNode,
  place: Pick<GitOpsObject, 'file' | 'folder' | 'shown' | 'printing' | 'at'>,
): GitOpsObject | undefined {
  const group = (textAt(root, 'apiVersion') ?? '').split('/')[0];
  const kind = KINDS.get(`${group} ${textAt(root, 'kind') ?? ''}`);
  if (kind === undefined) return undefined;
  return {
    ...place,
    kind,
    name: textAt(root, 'metadata', 'name') ?? '',
    namespace: textAt(root, 'metadata', 'namespace'),
    spec: get(root, 'spec'),
  };
}

export function textAt(node: YamlNode | undefined, ...path: string[]): string | undefined {
  const found = get(node, ...path);
  return found?.type === 'scalar' && found.value !== null && found.text !== '' ? found.text : undefined;
}
