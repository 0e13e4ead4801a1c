import type { Setting } from '../../knowledge/image-fact.ts';
import type { Location } from '../../text/source.ts';

/** A flag of the facts as it is used, or a bare argument that says a port. */
export interface FlagUse {
  /** Empty for a bare argument; with what its values begin, where others of the flag say something else. */
  readonly name: string;
  readonly value: string;
  /** The value as the manifest writes it: `$(PORT)` stays, so that no Secret is shown. */
  readonly written: string;
  readonly at: Location | undefined;
  /** `args of container web`. */
  readonly where: string;
}

/** A setting of the facts as its uses name it: `-c port=`, `--port`. */
export const nameOfUse = ({ name, prefix }: Setting): string => (prefix ? `${name} ${prefix}` : name);
