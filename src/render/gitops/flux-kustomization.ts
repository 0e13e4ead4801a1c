import { get, mapsIn } from '../../model/reader.ts';
import { fields } from '../fields.ts';
import { readKustomization } from '../kustomize/closure.ts';
import type { Variables } from '../kustomize/substituted.ts';
import type { Build, Surroundings } from './build.ts';
import { LEFT_OUT } from './left-out.ts';
import { localFolder } from './local-folder.ts';
import { type GitOpsObject, textAt } from './objects.ts';
import { writtenPatches } from './patches.ts';

/** What kustomize-controller adds to a folder (KustomizationSpec of kustomize-controller, v1). */
export function planFluxKustomization(object: GitOpsObject, around: Surroundings, build: Build): void {
  const { spec, folder: from } = object;
  const kind = textAt(spec, 'sourceRef', 'kind');
  // A patch of one names no source.
  if (kind === undefined) return;
  const name = textAt(spec, 'sourceRef', 'name');
  if (kind !== 'GitRepository') {
    build.skip(LEFT_OUT.notFetched('its files are those', kind, name ?? ''));
    return;
  }
  const path = textAt(spec, 'path');
  if (around.isElsewhere(object, name)) {
    build.skip(LEFT_OUT.otherRepository(path ?? '.', name ?? ''));
    return;
  }
  const there = localFolder(around.tree, from, path);
  if (!there) {
    build.skip(LEFT_OUT.noFolder(path ?? ''));
    return;
  }
  const { folder } = there;
  if (!readKustomization(folder, around.written)) {
    const shown = around.written.shown(folder);
    build.skip(LEFT_OUT.noKustomization(shown));
    return;
  }
  const namespace = textAt(spec, 'targetNamespace');
  build.kustomize(
    folder,
    {
      ...fields(spec, ['namePrefix', 'nameSuffix', 'images']),
      ...writtenPatches(spec),
      ...(namespace === undefined ? {} : { namespace }),
    },
    { components: textsIn(spec, 'components'), substitute: variablesOf(object, around) },
  );
}

export function textsIn(node: Parameters<typeof get>[0], key: string): string[] {
  const list = get(node, key);
  return list?.type === 'list' ? list.items.flatMap((item) => (item.type === 'scalar' ? item.text : [])) : [];
}

/** What is filled in after the build; later sources win, and what is written in place wins over all of them. */
function variablesOf(object: GitOpsObject, { configured }: Surroundings): Variables | undefined {
  const { spec } = object;
  const postBuild = get(spec, 'postBuild');
  if (!postBuild) return undefined;
  const values = new Map<string, string>();
  let isComplete = true;
  for (const one of mapsIn(postBuild, 'substituteFrom')) {
    const found = configured.find(textAt(one, 'kind') ?? '', textAt(one, 'name') ?? '', object);
    if (!found) isComplete = false;
    for (const { key, text } of found ?? []) values.set(key, text);
  }
  const substitute = get(postBuild, 'substitute');
  if (substitute?.type === 'map')
    for (const { key, value } of substitute.entries) if (value.type === 'scalar') values.set(key, value.text);
  return { values, isComplete };
}
