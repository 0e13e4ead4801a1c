/** What a person typed cannot be done; its message says what can. Ends the run with exit code 2. */
export class UsageError extends Error {}
