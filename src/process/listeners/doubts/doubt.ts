import { nounOf } from '../../../knowledge/noun.ts';
import { COMMAND_DOUBTS, type CommandDoubts } from './command-doubts.ts';
import { CONFIG_FILE_DOUBTS, type ConfigFileDoubts } from './config-file-doubts.ts';
import { IMAGE_DOUBTS, type ImageDoubts } from './image-doubts.ts';
import { MOUNT_DOUBTS, type MountDoubts } from './mount-doubts.ts';
import { SEEN_DOUBTS, type SeenDoubts } from './seen-doubts.ts';
import { VARIABLE_DOUBTS, type VariableDoubts } from './variable-doubts.ts';
import type { Reader, Wordings } from './wording.ts';

/** What is told of another doubt. */
interface DoubtsOfDoubts {
  /** A file that a mount keeps from being read. */
  readonly 'configuration-unread': { readonly path: string; readonly image: string; readonly doubt: Doubt };
  /** A log that settles nothing. */
  readonly 'log-silent': { readonly log: string; readonly doubt: Doubt };
}

/** The values of each thing that can be unknown of a process. */
type Doubts = ImageDoubts &
  CommandDoubts &
  VariableDoubts &
  MountDoubts &
  ConfigFileDoubts &
  SeenDoubts &
  DoubtsOfDoubts;

const WORDINGS: Wordings<Doubts> = {
  ...IMAGE_DOUBTS,
  ...COMMAND_DOUBTS,
  ...VARIABLE_DOUBTS,
  ...MOUNT_DOUBTS,
  ...CONFIG_FILE_DOUBTS,
  ...SEEN_DOUBTS,
  'configuration-unread': ({ path, image, doubt: why }) =>
    `${path} is configuration of the image ${image}, and ${wordDoubt(why)}`,
  'log-silent': ({ log, doubt: other }) => `${wordDoubt(other)}, and its log ${log} announces no port`,
};

/** Why something is not known of a process, as data: the phrase is made when it is read. */
export type Doubt = {
  readonly [W in keyof Doubts]: { readonly what: W; readonly values: Doubts[W] };
}[keyof Doubts];

/** The one way to a doubt: what it is, with the values that belong to it. */
export const doubt = <W extends keyof Doubts>(what: W, values: Doubts[W]): Doubt =>
  ({ what, values }) as Doubt;

/** One phrase without a full stop: `the image example/app is not in the table of image facts`. */
export const wordDoubt = ({ what, values }: Doubt): string =>
  (WORDINGS[what] as (all: typeof values) => string)(values);

/** The same for doubts that say the same. */
export const keyOfDoubt = (one: Doubt): string =>
  JSON.stringify(one, (name, value) => (name === 'fact' ? nounOf(value as Reader['fact']) : value));
