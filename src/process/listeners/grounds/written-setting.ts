/** A setting as a person would find it, without what may be secret. */
export type WrittenSetting = WrittenVariable | WrittenFlag;

export interface WrittenVariable {
  readonly is: 'variable';
  readonly name: string;
  /** Undefined where it may be secret, or is not in the input. */
  readonly value: string | number | undefined;
  /** `ConfigMap shop/web`; undefined where nobody knows who sets it. */
  readonly from: string | undefined;
}

export interface WrittenFlag {
  readonly is: 'flag';
  /** Empty for a bare argument; it may end in the `=` of its value. */
  readonly name: string;
  readonly value: string | number;
  /** `args of container web`. */
  readonly where: string;
}

/** `PORT=3005 from ConfigMap shop/web`, `--port=3000 in args of container web`. */
export function wordSetting(setting: WrittenSetting): string {
  const { name, value } = setting;
  if (setting.is === 'variable') {
    const said = value === undefined ? name : `${name}=${value}`;
    return setting.from === undefined ? said : `${said} from ${setting.from}`;
  }
  const joint = name === '' || value === '' || name.endsWith('=') ? '' : '=';
  return `${name}${joint}${value} in ${setting.where}`;
}

export const isSameSetting = (one: WrittenSetting, other: WrittenSetting): boolean =>
  one.name === other.name && one.value === other.value && placeOf(one) === placeOf(other);

const placeOf = (setting: WrittenSetting): string | undefined =>
  setting.is === 'variable' ? setting.from : setting.where;
