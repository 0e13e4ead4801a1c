import type { Severity } from '../rules/rule.ts';

/** What a user says about findings, beside the manifests. */
export interface Policy {
  /** Whether annotations and comments in the manifests are heard. */
  readonly hearsManifests: boolean;
  /**
   * What a configuration makes of a rule's findings in a file; undefined where it says nothing.
   *
   * @param path as shown
   */
  readonly severityOf: (rule: string, path: string) => ConfiguredSeverity | undefined;
}

export interface ConfiguredSeverity {
  readonly severity: Severity | 'off';
  /** Who says so, and why where that is written: `portolan.config.yaml`. */
  readonly says: string;
}

export const USUAL_POLICY: Policy = { hearsManifests: true, severityOf: () => undefined };
