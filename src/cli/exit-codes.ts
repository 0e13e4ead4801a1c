/** What `portolan` says to scripts; documented in `--help` and in the README. */
export const EXIT = {
  clean: 0,
  /** Findings at or above `--fail-on`. */
  findings: 1,
  /** Wrong usage or configuration, or input that cannot be read or parsed. */
  input: 2,
  /** Could not check: a renderer failed, the cluster refused, a report could not be written. */
  failed: 3,
} as const;

export const EXIT_HELP = `
Exit codes:
  0  nothing at or above --fail-on
  1  findings at or above --fail-on
  2  wrong usage or configuration, or input that cannot be read or parsed
  3  could not check, or could not write a report
`;
