/** One answer over HTTP, as far as it was read. */
export interface HttpAnswer {
  readonly status: number;
  /** By their names in lower case; of several the last. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The first kilobytes. */
  readonly body: string;
}
