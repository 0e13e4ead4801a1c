/** Which controller serves a route, and whether the input proves it (S-122). */
export interface RouteController {
  readonly name: ControllerName;
  readonly certain: boolean;
  /** The class by name, from the field, the annotation or the default IngressClass of the input. */
  readonly className: string | undefined;
}

export type ControllerName =
  | 'ingress-nginx'
  /** `nginx.org`, by F5. */
  | 'f5-nginx'
  | 'traefik'
  /** `haproxy.org`. */
  | 'haproxy'
  /** `haproxy-ingress.github.io`, another project. */
  | 'haproxy-ingress'
  | 'aws-alb'
  | 'gke'
  | 'contour'
  | 'istio'
  | 'openshift'
  | 'other'
  | 'unknown';
