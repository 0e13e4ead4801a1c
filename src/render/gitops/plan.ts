import { dirname, join, resolve } from 'node:path';
import { get, mapsIn } from '../../model/reader.ts';
import type { Planned } from '../../sources/planned.ts';
import { toPlain } from '../../text/to-plain.ts';
import { readYaml } from '../../text/yaml.ts';
import type { YamlNode } from '../../text/yaml-node.ts';
import { readChart } from '../helm/chart.ts';
import { releaseName } from '../helm/plan.ts';
import type { HelmRoot } from '../helm/root.ts';
import { closureOf, kindOfPath, readKustomization } from '../kustomize/closure.ts';
import type { KustomizeRoot } from '../kustomize/render.ts';
import type { RenderOptions } from '../options.ts';
import { isWithin } from '../renderers.ts';
import { realOf, treeOf } from '../repository.ts';
import type { WrittenFiles } from '../written.ts';
import { type GitOpsObject, gitOpsObjects, textAt } from './objects.ts';

export interface GitOpsPlan {
  readonly kustomizations: readonly KustomizeRoot[];
  readonly charts: readonly HelmRoot[];
  /** What is not built, and why. */
  readonly others: readonly Planned[];
}

/**
 * What Flux and Argo CD apply from folders of this repository, with what they add. Whether a path is one of this
 * repository is told by its being there; what lies elsewhere is told, not guessed.
 */
export function planGitOps({ found, cwd, helm = {} }: RenderOptions, written: WrittenFiles): GitOpsPlan {
  const plan = { kustomizations: [] as KustomizeRoot[], charts: [] as HelmRoot[], others: [] as Planned[] };
  for (const object of gitOpsObjects(found.files, written)) {
    const tree = treeOf(dirname(object.file), cwd);
    const kind = object.kind === 'application' || object.kind === 'application-set' ? 'argo-cd' : 'flux';
    const base = { path: object.source.path, kind } as const;
    const together = written.shown(dirname(object.file));
    const skip = (reason: string): void => void plan.others.push({ ...base, state: 'left-out', reason });
    const kustomize = (
      folder: string,
      overlay: KustomizeRoot['overlay'],
      more: Partial<KustomizeRoot>,
    ): void =>
      void plan.kustomizations.push({
        folder,
        closure: closureOf(folder, tree, written),
        overlay,
        planned: { ...base, set: together },
        together,
        isNamed: false,
        ...more,
      });
    const chart = (folder: string, settings: Partial<HelmRoot['settings']>, release: string): void =>
      void plan.charts.push({
        chart: readChart(folder, tree, written),
        release: releaseName(release),
        settings: { kubeVersion: helm.kubeVersion, apiVersions: helm.apiVersions, ...settings },
        planned: { ...base, set: together },
        together,
        isNamed: false,
      });
    if (object.kind === 'application-set')
      skip('it makes Applications from a template; folders that it names are built by themselves');
    else if (object.kind === 'flux-kustomization')
      planFlux(object, tree, written, { skip, kustomize, chart });
    else if (object.kind === 'helm-release') planRelease(object, tree, { skip, kustomize, chart });
    else planApplication(object, tree, written, { skip, kustomize, chart });
  }
  return plan;
}

interface Build {
  skip(reason: string): void;
  kustomize(folder: string, overlay: KustomizeRoot['overlay'], more: Partial<KustomizeRoot>): void;
  chart(folder: string, settings: Partial<HelmRoot['settings']>, release: string): void;
}

/**
 * A folder of the repository, as controllers write it: from its root, which may be any folder around the file that
 * says so where the repository is a copy without its history, or part of another.
 */
function localFolder(tree: string, file: string, path: string | undefined): string | undefined {
  for (const root of foldersBetween(tree, realOf(dirname(file)))) {
    const folder = resolve(root, `./${(path ?? '.').replace(/^\/+/, '')}`);
    if (kindOfPath(folder) === 'folder' && isWithin(realOf(folder), tree)) return folder;
  }
  return undefined;
}

/** The outer one first. */
function foldersBetween(outer: string, inner: string): string[] {
  const folders = [inner];
  while (isWithin(folders[0]!, outer) && folders[0] !== outer) folders.unshift(dirname(folders[0]!));
  return folders;
}

/** What kustomize-controller adds to a folder (KustomizationSpec of kustomize-controller, v1). */
function planFlux({ spec, file }: GitOpsObject, tree: string, written: WrittenFiles, build: Build): void {
  const folder = localFolder(tree, file, textAt(spec, 'path'));
  if (folder === undefined) {
    build.skip(`\`${textAt(spec, 'path') ?? ''}\` is no folder of this repository`);
    return;
  }
  if (!readKustomization(folder, written)) {
    build.skip(
      `\`${written.shown(folder)}\` holds no kustomization.yaml, so its files are checked as they are written`,
    );
    return;
  }
  const substitute = get(spec, 'postBuild', 'substitute');
  build.kustomize(
    folder,
    {
      ...fields(spec, ['namePrefix', 'nameSuffix', 'patches', 'images']),
      ...(textAt(spec, 'targetNamespace') === undefined
        ? {}
        : { namespace: textAt(spec, 'targetNamespace') }),
    },
    {
      substitute:
        substitute?.type === 'map'
          ? new Map(
              substitute.entries.flatMap(({ key, value }) =>
                value.type === 'scalar' ? [[key, value.text] as const] : [],
              ),
            )
          : undefined,
    },
  );
}

/** A HelmRelease of Flux with a chart from a Git source (HelmReleaseSpec of helm-controller, v2). */
function planRelease({ spec, name, namespace, file }: GitOpsObject, tree: string, build: Build): void {
  const path = textAt(spec, 'chart', 'spec', 'chart');
  const source = textAt(spec, 'chart', 'spec', 'sourceRef', 'kind');
  const folder =
    path !== undefined && source !== 'HelmRepository' ? localFolder(tree, file, path) : undefined;
  if (folder === undefined || kindOfPath(join(folder, 'Chart.yaml')) !== 'file') {
    build.skip(`its chart \`${path ?? textAt(spec, 'chartRef', 'name') ?? ''}\` lies elsewhere`);
    return;
  }
  const target = textAt(spec, 'targetNamespace');
  const values = get(spec, 'values');
  build.chart(
    folder,
    {
      namespace: target ?? namespace,
      values: textsIn(get(spec, 'chart', 'spec'), 'valuesFiles').map((file) => resolve(tree, file)),
      inline: values && JSON.stringify(toPlain(values)),
    },
    textAt(spec, 'releaseName') ?? (target === undefined ? name : `${target}-${name}`),
  );
}

/** An Application of Argo CD: what a folder holds decides how it is built (ApplicationSource of argo-cd, v1alpha1). */
function planApplication(
  { spec, name, file }: GitOpsObject,
  tree: string,
  written: WrittenFiles,
  build: Build,
): void {
  const sources = get(spec, 'sources') ? mapsIn(spec, 'sources') : [get(spec, 'source')];
  for (const source of sources) {
    const path = textAt(source, 'path');
    const folder = path === undefined ? undefined : localFolder(tree, file, path);
    const namespace = textAt(spec, 'destination', 'namespace');
    if (folder === undefined) {
      build.skip(`\`${path ?? textAt(source, 'chart') ?? textAt(source, 'repoURL') ?? ''}\` lies elsewhere`);
    } else if (kindOfPath(join(folder, 'Chart.yaml')) === 'file') {
      const helm = get(source, 'helm');
      const values = get(helm, 'valuesObject') ?? readYaml(textAt(helm, 'values') ?? '').documents[0]?.root;
      const files = textsIn(helm, 'valueFiles');
      if (files.some((file) => file.startsWith('$'))) {
        build.skip('its values lie in another source');
        continue;
      }
      build.chart(
        folder,
        {
          namespace,
          values: files.map((file) => resolve(folder, file)),
          inline: values ? JSON.stringify(toPlain(values)) : undefined,
          set: mapsIn(helm, 'parameters').map(
            (one) => `${textAt(one, 'name') ?? ''}=${textAt(one, 'value') ?? ''}`,
          ),
        },
        textAt(helm, 'releaseName') ?? name,
      );
    } else if (readKustomization(folder, written)) {
      const kustomize = get(source, 'kustomize');
      build.kustomize(
        folder,
        fields(kustomize, ['namePrefix', 'nameSuffix', 'namespace', 'patches', 'commonLabels']),
        {
          namespace,
        },
      );
    } else
      build.skip(`\`${written.shown(folder)}\` holds plain files, which are checked as they are written`);
  }
}

function fields(node: YamlNode | undefined, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = get(node, name);
      return value ? [[name, toPlain(value)]] : [];
    }),
  );
}

function textsIn(node: YamlNode | undefined, key: string): string[] {
  const list = get(node, key);
  return list?.type === 'list' ? list.items.flatMap((item) => (item.type === 'scalar' ? item.text : [])) : [];
}
