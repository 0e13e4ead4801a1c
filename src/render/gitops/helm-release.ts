import { join, resolve } from 'node:path';
import { get, mapsIn } from '../../model/reader.ts';
import type { YamlNode } from '../../text/yaml-node.ts';
import type { InlineValues } from '../helm/inline-values.ts';
import { releaseName } from '../helm/plan.ts';
import { kindOfPath } from '../kustomize/closure.ts';
import type { Build, Surroundings } from './build.ts';
import { textsIn } from './flux-kustomization.ts';
import { LEFT_OUT } from './left-out.ts';
import { localFolder } from './local-folder.ts';
import { type GitOpsObject, textAt } from './objects.ts';

/** A HelmRelease of Flux with a chart from a Git source (HelmReleaseSpec of helm-controller, v2). */
export function planHelmRelease(object: GitOpsObject, around: Surroundings, build: Build): void {
  const { spec, name, namespace, file, source } = object;
  const chart = get(spec, 'chart', 'spec');
  const reference = get(spec, 'chartRef') ?? get(chart, 'sourceRef');
  // A patch of one names no chart.
  if (!reference) return;
  const path = textAt(chart, 'chart');
  const kind = textAt(reference, 'kind') ?? '';
  const of = textAt(reference, 'name') ?? '';
  if (kind !== 'GitRepository') {
    const what = path === undefined ? 'its chart' : `its chart \`${path}\``;
    build.skip(LEFT_OUT.notFetched(`${what} is that`, kind, of));
    return;
  }
  const there = around.isElsewhere(object, of) ? undefined : localFolder(around.tree, file, path);
  if (path === undefined || !there || kindOfPath(join(there.folder, 'Chart.yaml')) !== 'file') {
    build.skip(LEFT_OUT.elsewhere(path ?? of, 'its chart '));
    return;
  }
  const values = get(spec, 'values');
  const from = valuesFrom(object, around);
  if ('absent' in from) {
    build.skip(LEFT_OUT.valuesAbsent(from.absent.kind, from.absent.name));
    return;
  }
  const target = textAt(spec, 'targetNamespace');
  build.chart(
    there.folder,
    {
      namespace: target ?? namespace,
      values: textsIn(chart, 'valuesFiles').map((one) => resolve(there.root, one)),
    },
    {
      release: releaseName(
        textAt(spec, 'releaseName') ?? (target === undefined ? name : `${target}-${name}`),
      ),
      inline: [
        ...from.layers,
        ...(values ? [{ root: values, at: ({ start, end }: YamlNode) => ({ source, start, end }) }] : []),
      ],
    },
  );
}

/** Values of ConfigMaps and Secrets, in the order in which they are laid over one another. */
function valuesFrom(
  { spec, namespace, file }: GitOpsObject,
  { configured }: Surroundings,
):
  | { readonly layers: readonly InlineValues[] }
  | { readonly absent: { readonly kind: string; readonly name: string } } {
  const layers: InlineValues[] = [];
  for (const one of mapsIn(spec, 'valuesFrom')) {
    const [kind, name] = [textAt(one, 'kind') ?? '', textAt(one, 'name') ?? ''];
    const key = textAt(one, 'valuesKey') ?? 'values.yaml';
    const entry = configured.find({ kind, name, namespace, file })?.find((each) => each.key === key);
    const target = textAt(one, 'targetPath');
    const layer = target === undefined ? entry?.values() : entry && single(target, entry.text);
    if (layer) layers.push(layer);
    else if (textAt(one, 'optional') !== 'true') return { absent: { kind, name } };
  }
  return { layers };
}

/** One value at a path of keys: `server.port`; undefined for a path with indices or escapes. */
function single(path: string, text: string): InlineValues | undefined {
  if (!/^[\w-]+(?:\.[\w-]+)*$/.test(path)) return undefined;
  const place = { start: 0, end: 0 };
  const isNumber = /^\d{1,9}$/.test(text);
  const value = isNumber ? Number(text) : text === 'true' ? true : text === 'false' ? false : text;
  const root = path.split('.').reduceRight<YamlNode>(
    (inner, key) => ({
      ...place,
      type: 'map',
      entries: [
        { key, keyNode: { ...place, type: 'scalar', value: key, text: key, quoted: false }, value: inner },
      ],
    }),
    { ...place, type: 'scalar', value, text, quoted: typeof value === 'string' },
  );
  return { root, at: () => undefined };
}
