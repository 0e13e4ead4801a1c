import { join, resolve } from 'node:path';
import { get, mapsIn } from '../../model/reader.ts';
import type { YamlNode } from '../../text/yaml-node.ts';
import type { InlineValues } from '../helm/inline-values.ts';
import { releaseName } from '../helm/plan.ts';
import { kindOfPath } from '../kustomize/closure.ts';
import { isWithin } from '../renderers.ts';
import { realOf } from '../repository.ts';
import type { Build, Surroundings } from './build.ts';
import type { Entry } from './configured-values.ts';
import { textsIn } from './flux-kustomization.ts';
import { LEFT_OUT } from './left-out.ts';
import { localFolder } from './local-folder.ts';
import { type GitOpsObject, textAt } from './objects.ts';

const RENDER_IT = '`helm template` of it, piped into `portolan check -`, checks it';

/** A HelmRelease of Flux with a chart from a Git source (HelmReleaseSpec of helm-controller, v2). */
export function planHelmRelease(object: GitOpsObject, around: Surroundings, build: Build): void {
  const { spec, name, namespace, folder, at } = object;
  const chart = get(spec, 'chart', 'spec');
  const reference = get(spec, 'chartRef') ?? get(chart, 'sourceRef');
  // A patch of one names no chart.
  if (!reference) return;
  const path = textAt(chart, 'chart');
  const kind = textAt(reference, 'kind') ?? '';
  const of = textAt(reference, 'name') ?? '';
  if (kind !== 'GitRepository') {
    const what = path === undefined ? 'its chart' : `its chart \`${path}\``;
    build.skip(LEFT_OUT.notFetched(`${what} is that`, kind, of), RENDER_IT);
    return;
  }
  const there = around.isElsewhere(object, of) ? undefined : localFolder(around.tree, folder, path);
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
  const files = valuesFiles(chart, there.root, around);
  if ('absent' in files) {
    build.skip(LEFT_OUT.noValuesFile(files.absent));
    return;
  }
  const target = textAt(spec, 'targetNamespace');
  build.chart(
    there.folder,
    { namespace: target ?? namespace },
    {
      release: releaseName(
        textAt(spec, 'releaseName') ?? (target === undefined ? name : `${target}-${name}`),
      ),
      inline: [...files.layers, ...from.layers, ...(values ? [{ root: values, at }] : [])],
      isWithoutOwnValues: files.layers.length > 0,
    },
  );
}

interface Absent<T> {
  readonly absent: T;
}

interface Layers {
  readonly layers: readonly InlineValues[];
}

/** Files that take the place of the chart's own values, the later over the earlier; relative to the source's root. */
function valuesFiles(
  chart: YamlNode | undefined,
  root: string,
  { tree, written }: Surroundings,
): Layers | Absent<string> {
  const layers: InlineValues[] = [];
  for (const path of textsIn(chart, 'valuesFiles')) {
    const file = resolve(root, path);
    const read = isWithin(realOf(file), tree) && kindOfPath(file) === 'file' ? written.read(file) : undefined;
    if (!read) {
      if (textAt(chart, 'ignoreMissingValuesFiles') === 'true') continue;
      return { absent: path };
    }
    const [values] = read.roots;
    const { source } = read;
    if (values) layers.push({ root: values, at: ({ start, end }) => ({ source, start, end }) });
  }
  return { layers };
}

/** Values of ConfigMaps and Secrets, in the order in which they are laid over one another. */
function valuesFrom(
  object: GitOpsObject,
  { configured }: Surroundings,
): Layers | Absent<{ readonly kind: string; readonly name: string }> {
  const layers: InlineValues[] = [];
  for (const one of mapsIn(object.spec, 'valuesFrom')) {
    const [kind, name] = [textAt(one, 'kind') ?? '', textAt(one, 'name') ?? ''];
    const key = textAt(one, 'valuesKey') ?? 'values.yaml';
    const entry = configured.find(kind, name, object)?.find((each) => each.key === key);
    const target = textAt(one, 'targetPath');
    const layer = target === undefined ? entry?.values() : entry && single(target, entry);
    if (layer) layers.push(layer);
    else if (textAt(one, 'optional') !== 'true') return { absent: { kind, name } };
  }
  return { layers };
}

/** One value at a path of keys: `server.port`; undefined for a path with indices or escapes. */
function single(path: string, { text, at }: Entry): InlineValues | undefined {
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
  return { root, at };
}
