import type { Location } from '../../text/source.ts';
import type { YamlScalar } from '../../text/yaml-node.ts';

/** One value that is set by its path, as `--set` does it. */
export interface Parameter {
  /** `service.port`. */
  readonly name: string;
  readonly scalar: YamlScalar;
  /** Whatever it looks like, it is a text. */
  readonly isText: boolean;
  /** Where the value was written. */
  at(): Location | undefined;
}

/** As arguments of Helm, with another value for one of them. */
export const settingOf = ({ name, scalar, isText }: Parameter, value: string = scalar.text): string =>
  `${isText ? '--set-string' : '--set'}=${name}=${value.replaceAll(/[\\,]/g, '\\$&')}`;
