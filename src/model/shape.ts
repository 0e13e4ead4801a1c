/**
 * What a resource was decoded to. Its kind alone does not say it: two APIs have a Gateway, two a Service, and of a
 * kind that is followed some objects say nothing about ports.
 */
export type Shape =
  | 'service'
  | 'endpoints'
  | 'workload'
  | 'route'
  /** A route that holds a Pod template as well: a Rollout. */
  | 'rollout'
  | 'ingress-class'
  | 'gateway-class'
  | 'gateway'
  | 'listener-set'
  | 'reference-grant'
  | 'istio-gateway'
  | 'service-entry'
  | 'sidecar'
  | 'config-map'
  | 'secret'
  | 'policy'
  | 'monitor'
  | 'monitor-probe'
  | 'health-check'
  | 'service-client'
  /** Followed, and of interest by its name alone. */
  | 'bare'
  | 'namespace'
  /** Not followed. */
  | 'other';
