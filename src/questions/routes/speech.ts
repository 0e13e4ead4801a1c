import type { Location } from '../../text/source.ts';

/** A protocol as a controller or a backend has it: `HTTP`, `HTTPS`, `gRPC`, or another that is no HTTP. */
export interface Speech {
  readonly protocol: string;
  /** How it is known, as a label says it. */
  readonly because: string;
  /** The text that says it; undefined where a default or an image's fact does. */
  readonly at: Location | undefined;
  /** It sends what comes by plain HTTP to HTTPS, on the same port. */
  readonly redirects?: boolean;
}
