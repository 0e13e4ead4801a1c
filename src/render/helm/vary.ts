import { join } from 'node:path';
import type { SourceFile } from '../../text/source.ts';
import { digestOf } from '../build-cache.ts';
import { treeOf } from '../rendered-source.ts';
import type { Variation } from '../root.ts';
import type { Printed } from '../run-renderer.ts';
import type { HelmContext, HelmRoot } from './root.ts';
import { type HelmCall, type OtherValues, runHelm } from './run-helm.ts';
import { otherValue, partOf, type ValueKey, valueKeys } from './values-key.ts';
import { writtenPlaces } from './written-place.ts';

/** Keys that are tried of one chart. */
const MOST_KEYS = 60;

/** One way to render a chart that is not the usual one. */
interface Way {
  readonly what: string;
  readonly how: string;
  readonly isPort: boolean;
  readonly at: Variation['at'];
  readonly call: HelmCall;
  readonly other: OtherValues | undefined;
}

/** Each port-like value changed, each switch turned on, each file of values beside the chart given. */
export function variationsOf(
  root: HelmRoot,
  call: HelmCall,
  key: string | undefined,
  context: HelmContext,
): (() => Promise<Variation | undefined>)[] {
  const { written } = context;
  const keys = valueKeys(call, join(root.chart.folder, 'values.yaml'), written);
  const changed = keys.flatMap((one): Way[] => {
    const other = isPort(one) ? otherValue(one.scalar) : isSwitch(one) ? 'true' : undefined;
    if (other === undefined) return [];
    const { path } = one;
    const at = one.at();
    if (!at) return [];
    return [
      {
        what: path,
        how: `is ${other}`,
        isPort: isPort(one),
        at,
        call,
        other: one.with(other),
      },
    ];
  });
  const beside = root.chart.valuesBeside.flatMap((file): Way[] => {
    const source = written.read(file)?.source;
    if (!source) return [];
    const settings = { ...call.settings, values: [...(call.settings.values ?? []), file] };
    const firstLine = source.text.indexOf('\n');
    const end = firstLine < 0 ? source.text.length : firstLine;
    return [
      {
        what: source.path,
        how: 'is given',
        isPort: false,
        at: { source, start: 0, end },
        call: { ...call, settings },
        other: undefined,
      },
    ];
  });
  return [...changed.slice(0, MOST_KEYS), ...beside].map((way) => () => render(way, root, key, context));
}

async function render(
  way: Way,
  root: HelmRoot,
  key: string | undefined,
  { cache, written }: HelmContext,
): Promise<Variation | undefined> {
  const { what, how, at, isPort, call, other } = way;
  const cacheKey = key && digestOf([key, other ? partOf(other) : `${what}\0${at.source.text}`]);
  const kept = cache.get(cacheKey);
  const printed: Printed = kept === undefined ? await runHelm(call, other) : { text: kept };
  // Values that the chart refuses are no way to apply it.
  if (!('text' in printed)) return undefined;
  if (kept === undefined) cache.put(cacheKey, printed.text);
  const path = written.shown(root.chart.folder);
  const source: SourceFile = {
    path: `${path} (${what} ${how})`,
    kind: 'helm',
    text: printed.text,
    editable: false,
    ...(call.settings.namespace === undefined ? {} : { namespace: call.settings.namespace }),
    bundle: { kind: 'chart', path: path === '.' ? '' : path },
    origin: writtenPlaces(printed.text, treeOf(printed.text), root.chart.folder, written, {
      find: () => undefined,
    }),
  };
  return { what, how, at, isPort, of: path, source };
}

const lastKey = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

const isPort = ({ path, scalar: { value } }: ValueKey): boolean =>
  typeof value === 'number' &&
  Number.isInteger(value) &&
  value >= 1 &&
  value <= 65_535 &&
  /port$/i.test(lastKey(path).replace(/\[\d+\]$/, ''));

const isSwitch = ({ path, scalar: { value } }: ValueKey): boolean =>
  value === false && lastKey(path) === 'enabled';
