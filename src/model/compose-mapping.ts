import type { Location } from '../text/source.ts';
import type { Protocol } from './protocol.ts';

/** What a compose file says of a port of an image: `13378:80`. */
export interface ComposeMapping {
  /** As the compose file names it. */
  readonly image: string;
  /** The port on the machine. */
  readonly host: number;
  /** The port in the container, where the process listens. */
  readonly container: number;
  readonly protocol: Protocol;
  /** The port's text in the compose file. */
  readonly at: Location;
}
