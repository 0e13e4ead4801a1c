/** What the user may not see, with the rule of a Role that would allow it. */
export interface Denied {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Undefined where a ClusterRole is needed: for all namespaces, or for what is in none. */
  readonly namespace?: string;
}
