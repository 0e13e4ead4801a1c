import type { Location } from '../text/source.ts';

/** A chain that breaks when a chart is rendered with other values. */
export interface BrokenVariation {
  /** What was changed: `service.port`, or a file of values. */
  readonly what: string;
  /** How: `is 46213`, `is true`, `is given`. */
  readonly how: string;
  /** Where the value stands. */
  readonly at: Location;
  /** One number for two ends, as opposed to what is switched on. */
  readonly isPort: boolean;
  /** The way in, in words: Service `harbour/shop`. */
  readonly entry: string;
  /** Why its first broken link is broken. */
  readonly reason: string;
  /** Both ends of that link, where a person wrote them. */
  readonly ends: readonly Location[];
}
