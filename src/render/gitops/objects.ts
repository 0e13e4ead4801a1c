import { get } from '../../model/reader.ts';
import type { SourceFile } from '../../text/source.ts';
import type { YamlNode } from '../../text/yaml-node.ts';
import type { WrittenFiles } from '../written.ts';

/** An object that tells a controller what to apply. */
export interface GitOpsObject {
  readonly kind: 'flux-kustomization' | 'helm-release' | 'git-repository' | 'application' | 'application-set';
  readonly name: string;
  readonly namespace: string | undefined;
  readonly spec: YamlNode | undefined;
  /** Absolute. */
  readonly file: string;
  readonly source: SourceFile;
  /** An ApplicationSet made it: its nodes stand in no file. */
  readonly isMade?: boolean;
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

/** The objects of Flux and Argo CD in these files. */
export function gitOpsObjects(files: readonly string[], written: WrittenFiles): GitOpsObject[] {
  return files.flatMap((file) => {
    const read = written.mentions(file, MENTION) ? written.read(file) : undefined;
    return read ? read.roots.flatMap((root) => objectOf(root, file, read.source) ?? []) : [];
  });
}

function objectOf(root: YamlNode, file: string, source: SourceFile): GitOpsObject | undefined {
  const group = (textAt(root, 'apiVersion') ?? '').split('/')[0];
  const kind = KINDS.get(`${group} ${textAt(root, 'kind') ?? ''}`);
  if (kind === undefined) return undefined;
  return {
    kind,
    name: textAt(root, 'metadata', 'name') ?? '',
    namespace: textAt(root, 'metadata', 'namespace'),
    spec: get(root, 'spec'),
    file,
    source,
  };
}

export function textAt(node: YamlNode | undefined, ...path: string[]): string | undefined {
  const found = get(node, ...path);
  return found?.type === 'scalar' && found.value !== null && found.text !== '' ? found.text : undefined;
}
