import type { Setting } from '../../knowledge/image-fact.ts';
import type { FlagUse } from '../command/flag-use.ts';
import type { FoundVariable } from '../environment/environment.ts';
import { parseSetting } from '../listeners/bind-address.ts';
import type { WrittenFlag, WrittenVariable } from '../listeners/grounds/written-setting.ts';

/** A Secret's value is shown only as the port that it is. */
export const writtenVariable = (
  { name, value, from, secret }: Omit<FoundVariable, 'at' | 'origin'>,
  setting: Setting,
): WrittenVariable => ({
  is: 'variable',
  name,
  value: secret ? parseSetting(setting, value ?? '')?.[0]?.port : value,
  from,
});

/** A reference is shown only as the port that it comes to. */
export function writtenFlag({ name, written, value, where }: FlagUse, setting: Setting): WrittenFlag {
  const port = /[$\u2026]/.test(written) ? parseSetting(setting, value)?.[0]?.port : undefined;
  return { is: 'flag', name, value: port ?? written, where };
}
