import type { Misfit } from './model.ts';

/** Values, not names: those of data, env, labels, annotations, selectors and arguments. */
const CONFIG_VALUES =
  /^(data|stringData)\.|\.env\[[^[\]]*\]\.value$|\.(command|args)\[\d+\]$|(^|\.)(labels|annotations|selector|nodeSelector)\./;

/** A number or boolean in a field that only takes text, and mostly holds what looks like another type. */
export const isConfigValue = ({ field, expected }: Misfit): boolean =>
  expected === 'string' && CONFIG_VALUES.test(field);
