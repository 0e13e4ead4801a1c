import { readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type InputError, inputError } from '../../sources/input-error.ts';
import { hideInWords } from '../../text/secrets/hide-in-words.ts';
import { isSecretName } from '../../text/secrets/secret-names.ts';
import type { SourceFile } from '../../text/source.ts';
import { readYaml } from '../../text/yaml.ts';
import { scalarsOf } from '../../text/yaml-path.ts';
import { type BuildCache, digestOf } from '../build-cache.ts';
import { type RenderedSource, treeOf } from '../rendered-source.ts';
import type { RootResult } from '../root.ts';
import type { Printed } from '../run-renderer.ts';
import type { WrittenFiles } from '../written.ts';
import { type Chart, type ChartObstacle, readByHelm } from './chart.ts';
import { mergedJson } from './inline-values.ts';
import { settingOf } from './parameter.ts';
import type { HelmContext, HelmRoot } from './root.ts';
import { type HelmCall, runHelm } from './run-helm.ts';
import { KeyFinder, valueKeys } from './values-key.ts';
import { variationsOf } from './vary.ts';
import { writtenPlaces } from './written-place.ts';

const NO_RENDERER = '`helm` is not on PATH';
const INSTALL = 'install `helm`';

/** Renders a chart, or says why it is left out or read raw. */
export async function renderChart(root: HelmRoot, context: HelmContext): Promise<RootResult> {
  const { renderer, cache, written } = context;
  const { chart } = root;
  const chartFile = written.shown(join(chart.folder, 'Chart.yaml'));
  const not = (
    state: 'raw' | 'failed' | 'left-out',
    reason: string,
    help?: string,
    errors: readonly InputError[] = [],
  ): RootResult => ({
    planned: { ...root.planned, state, reason, ...(help === undefined ? {} : { help }) },
    sources: [],
    errors,
    covers: state === 'raw' ? [] : readByHelm(chart),
  });
  if (chart.obstacle) {
    const help =
      chart.obstacle.kind === 'dependency'
        ? `run \`helm dependency build ${written.shown(chart.folder)}\``
        : undefined;
    return not(
      'left-out',
      chart.obstacle.message,
      help,
      errorsOf(chart.obstacle, root.isNamed, chartFile, help),
    );
  }
  if (!renderer) {
    const errors = root.isNamed
      ? [failure(chartFile, `${NO_RENDERER}, so this is not rendered; ${INSTALL}`)]
      : [];
    return not('raw', NO_RENDERER, INSTALL, errors);
  }
  const unreadable = (root.settings.values ?? []).flatMap((path) => problemOf(path, context));
  if (unreadable[0]) return not('failed', unreadable[0].message, undefined, unreadable);
  const usual: HelmCall = {
    ...context,
    renderer,
    release: root.release,
    chart: chart.folder,
    settings: root.settings,
    inline: root.inline ?? [],
    parameters: root.parameters ?? [],
    isWithoutOwnValues: root.isWithoutOwnValues === true,
  };
  const { call, key, printed, given } = await firstThatRenders(usual, root, cache);
  if ('failed' in printed)
    return not('failed', printed.failed, undefined, [failure(chartFile, printed.failed)]);
  if ('refused' in printed) {
    const words = withoutSecrets(printed.refused, call, written);
    const error = placedWords(words, chart, written, chartFile);
    return not('failed', error.message, undefined, [error]);
  }
  const values = given === undefined ? '' : ` --values ${written.shown(given)}`;
  return {
    planned: { ...root.planned, state: 'built', with: `${renderer.name}${values}` },
    sources: [toSource(root, printed.text, call, context, key)],
    errors: [],
    covers: readByHelm(chart),
    variations: context.vary ? variationsOf(root, call, key, context) : [],
  };
}

interface Rendering {
  readonly call: HelmCall;
  readonly key: string | undefined;
  readonly printed: Printed;
  /** The file of values that it took besides. */
  readonly given: string | undefined;
}

/** Files that are tried where a chart wants values that it does not have. */
const MOST_TRIES = 3;

/**
 * A chart that `required` or `fail` keep from being rendered with its own values is rendered with those that its own
 * tests give it, in `ci/`. Not one that was named: its user has the values.
 */
async function firstThatRenders(usual: HelmCall, root: HelmRoot, cache: BuildCache): Promise<Rendering> {
  const first = await renderOnce(usual, root.chart, cache, undefined);
  const wantsValues = 'refused' in first.printed && first.printed.refused.includes('execution error at (');
  if (!wantsValues || root.isNamed || root.by !== undefined) return first;
  const ofTests = root.chart.valuesBeside.filter((path) => path.startsWith(join(root.chart.folder, 'ci/')));
  for (const file of ofTests.slice(0, MOST_TRIES)) {
    const values = [...(usual.settings.values ?? []), file];
    const call = { ...usual, settings: { ...usual.settings, values } };
    const next = await renderOnce(call, root.chart, cache, file);
    if ('text' in next.printed) return next;
  }
  return first;
}

async function renderOnce(
  call: HelmCall,
  chart: Chart,
  cache: BuildCache,
  given: string | undefined,
): Promise<Rendering> {
  const key = keyOf(call, chart);
  const kept = cache.get(key);
  const printed = kept === undefined ? await runHelm(call) : { text: kept };
  if (kept === undefined && 'text' in printed) cache.put(key, printed.text);
  return { call, key, printed, given };
}

function errorsOf(
  { kind, message }: ChartObstacle,
  isNamed: boolean,
  path: string,
  help: string | undefined,
): InputError[] {
  if (kind === 'outside' || kind === 'large') return [inputError(path, message)];
  if (!isNamed || kind === 'library') return [];
  return [failure(path, help === undefined ? message : `${message}; ${help}`)];
}

const failure = (path: string, message: string): InputError => ({
  ...inputError(path, message),
  fault: { part: 'renderer', name: 'helm', cause: message },
});

const LARGEST_VALUES = 16 * 1024 * 1024;

/** Helm would read all of a file of values, or fetch it. */
function problemOf(path: string, { cwd, allowRemote }: HelmContext): InputError[] {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path))
    return allowRemote
      ? []
      : [inputError(path, 'values that lie elsewhere are not fetched; `--allow-remote` lets them be')];
  try {
    const stats = statSync(resolve(cwd, path));
    if (!stats.isFile()) return [inputError(path, 'this is not a regular file, so it holds no values')];
    return stats.size > LARGEST_VALUES ? [inputError(path, 'values of more than 16 MB are not read')] : [];
  } catch {
    return [inputError(path, 'there is no such file of values')];
  }
}

function toSource(
  root: HelmRoot,
  text: string,
  call: HelmCall,
  { written, cache }: HelmContext,
  key: string | undefined,
): RenderedSource {
  const { chart, planned, settings, by } = root;
  const path = written.shown(chart.folder);
  const tree = treeOf(text);
  let places: ((offset: number) => ReturnType<NonNullable<SourceFile['origin']>>) | undefined;
  return {
    path: by === undefined ? path : `${path} (${planned.path}: ${by})`,
    kind: 'helm',
    text,
    tree,
    editable: false,
    ...(settings.namespace === undefined ? {} : { namespace: settings.namespace }),
    bundle: root.together ?? { kind: 'chart', path: path === '.' ? '' : path },
    origin: (offset) => {
      places ??= writtenPlaces(
        text,
        tree,
        chart.folder,
        written,
        new KeyFinder(call, valueKeys(call, join(chart.folder, 'values.yaml'), written), cache, key),
      );
      return places(offset);
    },
  };
}

/** By content: the program, what it is told, and every file that goes in. */
function keyOf(call: HelmCall, { folder, files }: Chart): string | undefined {
  if (call.allowRemote) return undefined;
  try {
    const values = (call.settings.values ?? []).map((path) => readFileSync(resolve(call.cwd, path)));
    return digestOf([
      'helm 2',
      call.renderer.stamp,
      JSON.stringify({ ...call.settings, values: values.length }),
      mergedJson(call.inline) ?? '',
      call.release,
      ...[...call.parameters.map((one) => settingOf(one)), String(call.isWithoutOwnValues)],
      ...values,
      ...files.flatMap((file) => [relative(folder, file), readFileSync(file)]),
    ]);
  } catch {
    return undefined;
  }
}

/** Values may be part of what Helm says, as in `{{ fail .Values.password }}`. */
function withoutSecrets(words: string, call: HelmCall, written: WrittenFiles): string {
  const files = [join(call.chart, 'values.yaml'), ...(call.settings.values ?? [])];
  const roots = [
    ...files.flatMap((path) => written.read(resolve(call.cwd, path))?.roots ?? []),
    ...readYaml(mergedJson(call.inline) ?? '').documents.flatMap(({ root }) => root ?? []),
  ];
  const secrets = roots
    .flatMap((root) => [...scalarsOf(root)])
    .flatMap(({ key, scalar }) => (isSecretName(key) && scalar.text.length >= SHORTEST ? scalar.text : []));
  return secrets.reduce((text, secret) => text.replaceAll(secret, '•'.repeat(8)), hideInWords(words));
}

/** A shorter one is a word of any sentence. */
const SHORTEST = 6;

const MOST_WORDS = 600;

/** Helm's words in one line, at the template that they name: `(shop/templates/service.yaml:3:5)`, `shop/templates/x.yaml:4: …`. */
function placedWords(words: string, { folder }: Chart, written: WrittenFiles, otherwise: string): InputError {
  const line = words
    .split('\n')
    .filter((one) => !/^(WARNING|level=|Use --debug)/.test(one) && one.trim() !== '')
    .join(' ')
    .replace(/^Error: /, '')
    .replace(/\s+/g, ' ');
  const message = `\`helm\` refused it: ${line.length > MOST_WORDS ? `${line.slice(0, MOST_WORDS)}…` : line}`;
  const error = failure(otherwise, message);
  for (const word of line.split(/[\s()]/)) {
    const [path = '', row = '', column = ''] = word.split(':');
    const [, ...names] = path.split('/');
    if (!names.includes('templates') || names.includes('..') || !/^\d+$/.test(row)) continue;
    const place = { line: Number(row), column: Number(/^\d+$/.test(column) ? column : 1) };
    const file = join(folder, ...names);
    // Its lines are shown.
    written.read(file);
    return { ...error, path: written.shown(file), ...place };
  }
  return error;
}
