import { table } from '../../../text/table.ts';
import type { YamlNode } from '../../../text/yaml-node.ts';
import { isToFillIn } from '../placeholder.ts';

const SCALES = table<number>({
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
});

/** A quantity as a number; undefined for what is none. */
export function amountIn(text: string): number | undefined {
  const [, digits = '', unit = '', binary] = /^([+-]?[\d.]+)([numkKMGTPE]?)(i?)$/.exec(text) ?? [];
  if (digits === '') return undefined;
  const scale = binary ? 1024 ** ' KMGTPE'.indexOf(unit) : SCALES[unit]!;
  return Number(digits) * scale;
}

/** The same of a value, unless it is left to another tool. */
export const amountOf = (value: YamlNode | undefined): number | undefined =>
  value?.type !== 'scalar' || value.value === null || isToFillIn(value)
    ? undefined
    : amountIn(String(value.value));
