/**
 * Why a cluster cannot be asked, or what it refuses. The message is one sentence without a full stop, fit for a
 * report: it names the host and the path alone, never what proves who asks.
 */
export class ClusterError extends Error {
  override readonly name = 'ClusterError';
  /** Of HTTP, where the server answered. */
  readonly status: number | undefined;
  /** The answer would have been larger than asked for; a smaller question may do. */
  readonly isTooLarge: boolean;

  constructor(
    message: string,
    { status, isTooLarge = false }: { readonly status?: number; readonly isTooLarge?: boolean } = {},
  ) {
    super(message);
    this.status = status;
    this.isTooLarge = isTooLarge;
  }
}
