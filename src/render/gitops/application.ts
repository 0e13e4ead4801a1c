import { join, resolve } from 'node:path';
import { get, mapsIn } from '../../model/reader.ts';
import { readYaml } from '../../text/yaml.ts';
import type { YamlNode } from '../../text/yaml-node.ts';
import { fields } from '../fields.ts';
import type { InlineValues } from '../helm/inline-values.ts';
import type { Parameter } from '../helm/parameter.ts';
import { releaseName } from '../helm/plan.ts';
import { kindOfPath, readKustomization } from '../kustomize/closure.ts';
import { isWithin } from '../renderers.ts';
import { realOf } from '../repository.ts';
import type { Build, Surroundings } from './build.ts';
import { textsIn } from './flux-kustomization.ts';
import { LEFT_OUT } from './left-out.ts';
import { type LocalFolder, localFolder } from './local-folder.ts';
import { type GitOpsObject, textAt } from './objects.ts';
import { writtenPatches } from './patches.ts';
import { placeWithin } from './place-within.ts';

/** An Application of Argo CD: what a folder holds decides how it is built (ApplicationSource of argo-cd, v1alpha1). */
export function planApplication(object: GitOpsObject, around: Surroundings, build: Build): void {
  const { spec, folder } = object;
  const sources = get(spec, 'sources') ? mapsIn(spec, 'sources') : [get(spec, 'source')];
  // A patch of one names no source.
  if (sources.every((source) => source === undefined)) return;
  for (const source of sources) {
    const path = textAt(source, 'path');
    // It only lends its files to the others.
    if (path === undefined && textAt(source, 'ref') !== undefined) continue;
    const there = path === undefined ? undefined : localFolder(around.tree, folder, path);
    if (!there) {
      build.skip(LEFT_OUT.elsewhere(path ?? textAt(source, 'chart') ?? textAt(source, 'repoURL') ?? ''));
    } else if (kindOfPath(join(there.folder, 'Chart.yaml')) === 'file') {
      planChart(object, source, sources, { ...there, tree: around.tree }, build);
    } else if (readKustomization(there.folder, around.written)) {
      planKustomization(object, source, there, build);
    } else {
      build.skip(LEFT_OUT.plainFiles(around.written.shown(there.folder)));
    }
  }
}

function planChart(
  { spec, name, at }: GitOpsObject,
  source: YamlNode | undefined,
  sources: readonly (YamlNode | undefined)[],
  there: LocalFolder & { readonly tree: string },
  build: Build,
): void {
  const helm = get(source, 'helm');
  if (mapsIn(helm, 'fileParameters').length > 0) {
    build.skip(LEFT_OUT.fileParameters());
    return;
  }
  const isLenient = textAt(helm, 'ignoreMissingValueFiles') === 'true';
  const files = textsIn(helm, 'valueFiles').map((one) => valuesFile(one, sources, there));
  if (files.includes(undefined)) {
    build.skip(LEFT_OUT.valuesElsewhere());
    return;
  }
  const present = files.flatMap((one) =>
    one === undefined || (isLenient && kindOfPath(one) !== 'file') ? [] : [one],
  );
  const given = textsIn(helm, 'valueFiles');
  const outside = given.find((_, at) => {
    const file = files[at];
    return file !== undefined && !isAddress(file) && !isWithin(realOf(file), there.tree);
  });
  if (outside !== undefined) {
    build.skip(LEFT_OUT.noValuesFile(outside));
    return;
  }
  build.chart(
    there.folder,
    { namespace: textAt(spec, 'destination', 'namespace'), values: present },
    {
      release: releaseName(textAt(helm, 'releaseName') ?? name),
      inline: inlineValues(helm, at),
      parameters: mapsIn(helm, 'parameters').flatMap((one) => parameterOf(one, at)),
    },
  );
}

function parameterOf(one: YamlNode, at: GitOpsObject['at']): Parameter[] {
  const [name, scalar] = [textAt(one, 'name'), get(one, 'value')];
  if (name === undefined || scalar?.type !== 'scalar') return [];
  return [{ name, scalar, isText: textAt(one, 'forceString') === 'true', at: () => at(scalar) }];
}

/** `$values/prod.yaml` is a file of the source that is called `values`; one beginning with `/` lies at the root. */
function valuesFile(
  path: string,
  sources: readonly (YamlNode | undefined)[],
  { root, folder }: LocalFolder,
): string | undefined {
  if (isAddress(path)) return path;
  if (path.startsWith('/')) return join(root, path);
  if (!path.startsWith('$')) return resolve(folder, path);
  const [name = '', ...rest] = path.slice(1).split('/');
  const named = sources.some((one) => textAt(one, 'ref') === name);
  const file = join(root, ...rest);
  return named && kindOfPath(file) === 'file' ? file : undefined;
}

const isAddress = (path: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(path);

/** `valuesObject` wins over the text of `values`, of which nothing else is read then. */
function inlineValues(helm: YamlNode | undefined, at: GitOpsObject['at']): InlineValues[] {
  const object = get(helm, 'valuesObject');
  if (object) return [{ root: object, at }];
  const text = get(helm, 'values');
  const root = text?.type === 'scalar' ? readYaml(text.text).documents[0]?.root : undefined;
  return root && text?.type === 'scalar' ? [{ root, at: (node) => placeWithin(text, at(text), node) }] : [];
}

function planKustomization(
  { spec }: GitOpsObject,
  source: YamlNode | undefined,
  { folder }: LocalFolder,
  build: Build,
): void {
  const kustomize = get(source, 'kustomize');
  const images = textsIn(kustomize, 'images').flatMap((one) => imageOf(one) ?? []);
  build.kustomize(
    folder,
    {
      ...fields(kustomize, ['namePrefix', 'nameSuffix', 'namespace', 'replicas']),
      ...writtenPatches(kustomize),
      ...labelsOf(kustomize),
      ...(images.length > 0 ? { images } : {}),
    },
    {
      components: textsIn(kustomize, 'components'),
      namespace: textAt(spec, 'destination', 'namespace'),
    },
  );
}

/** `commonLabels` select as well, unless it is said that they do not (ApplicationSourceKustomize). */
function labelsOf(kustomize: YamlNode | undefined): Record<string, unknown> {
  const { commonLabels } = fields(kustomize, ['commonLabels']);
  if (commonLabels === undefined) return {};
  if (textAt(kustomize, 'labelWithoutSelector') !== 'true') return { commonLabels };
  const includeTemplates = textAt(kustomize, 'labelIncludeTemplates') === 'true';
  return { labels: [{ pairs: commonLabels, includeSelectors: false, includeTemplates }] };
}

interface Image {
  readonly name: string;
  readonly newName?: string;
  readonly newTag?: string;
  readonly digest?: string;
}

/** `[OLD=]NEW[:TAG][@DIGEST]`, as `kustomize edit set image` takes it. */
function imageOf(text: string): Image | undefined {
  const match = /^(?:([^=]+)=)?([^@]+?)(?::([\w.-]+))?(?:@([\w:]+))?$/.exec(text);
  if (!match) return undefined;
  const [, old, name = '', newTag, digest] = match;
  return {
    name: old ?? name,
    ...(old === undefined ? {} : { newName: name }),
    ...(newTag === undefined ? {} : { newTag }),
    ...(digest === undefined ? {} : { digest }),
  };
}
