import type { Setting } from '../../knowledge/image-fact.ts';
import type { FlagUse } from '../command/flag-use.ts';
import type { FoundVariable } from '../environment/environment.ts';
import { parseSetting } from '../listeners/bind-address.ts';

/** `PORT=3005 from ConfigMap shop/web`; a Secret's value is shown only as the port that it is. */
export function variablePhrase(
  { name, value, from, secret }: Omit<FoundVariable, 'at' | 'origin'>,
  setting: Setting,
): string {
  const shown = secret ? parseSetting(setting, value ?? '')?.[0]?.port : value;
  return shown === undefined ? `${name} from ${from}` : `${name}=${shown} from ${from}`;
}

/** `--port=3000 in args of container web`; a reference is shown only as the port that it comes to. */
export function flagPhrase({ name, written, value, where }: FlagUse, setting: Setting): string {
  const port = /[$\u2026]/.test(written) ? parseSetting(setting, value)?.[0]?.port : undefined;
  const shown = port ?? written;
  if (name === '') return `${shown} in ${where}`;
  return shown === '' ? `${name} in ${where}` : `${name}${name.endsWith('=') ? '' : '='}${shown} in ${where}`;
}
