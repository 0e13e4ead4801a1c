import type { Edit, Location } from '../text/source.ts';

/** One reason for which the API server refuses an object. */
export interface Refusal {
  /** The rule that tells it. */
  readonly rule:
    | 'refused-field'
    | 'refused-value'
    | 'compose-port-syntax'
    | 'unselected-template'
    | 'unknown-kind';
  /** The path as the server writes it: `spec.ports[0].targetport`. */
  readonly field: string;
  readonly at: Location;
  /** What is said of the resource: has an unknown field `spec.ports[0].targetport`. */
  readonly says: string;
  readonly label: string;
  /** It is told here though it marks a port: the rules of ports look at the value alone, and not at what it stands beside. */
  readonly toldHere?: true;
  /** In the server's own words. */
  readonly reason: string;
  readonly help: readonly string[];
  readonly fix?:
    | {
        readonly title: string;
        readonly edits: readonly Edit[];
        /** Nothing else can have been meant, and the object is refused without it. */
        readonly isSafe?: true;
      }
    | undefined;
  /** What its author meant is not where it is read, so nothing that is said of the object's ports can be trusted. */
  readonly lost: boolean;
  /** A field of a custom kind that no field is near: a newer version of the CRD may have it. */
  readonly mayBeNewer?: boolean;
  /** It says nothing of what the object is joined to: how it is called, or what a piece of a template lacks as well. */
  readonly keepsLinks?: boolean;
}

/** What it means for its ports cannot be told, as its author wrote it where nothing reads it. */
export const isMisread = ({ refusals }: { readonly refusals?: readonly Refusal[] }): boolean =>
  refusals?.some(({ lost }) => lost) ?? false;

/** It will not be there, as far as one can tell from a text that may be a piece of a whole. */
export const isRefused = ({ refusals }: { readonly refusals?: readonly Refusal[] }): boolean =>
  refusals?.some(({ keepsLinks, mayBeNewer }) => !keepsLinks && !mayBeNewer) ?? false;

/** What the server says of the value that starts at a place. */
export const reasonAt = (
  { refusals }: { readonly refusals?: readonly Refusal[] },
  { source, start }: Location,
): string | undefined => refusals?.find(({ at }) => at.start === start && at.source === source)?.reason;
