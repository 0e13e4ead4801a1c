/** What a person typed cannot be done; its message says what can. Ends the run with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** By name, as the commands are built into a file of their own and bring a class of their own. */
export const isUsageError = (error: unknown): boolean =>
  error instanceof Error && error.name === 'UsageError';
