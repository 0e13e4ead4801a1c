import type { Located, Location } from '../text/source.ts';
import type { Labels, Resource } from './model.ts';
import type { Backend } from './route.ts';

export interface Ingress extends Resource {
  readonly kind: 'Ingress';
  /** `extensions/v1beta1`, `networking.k8s.io/v1beta1`: served until 1.21 (S-123). */
  readonly removedApi: boolean;
  readonly apiVersionAt: Location;
  readonly className: Located<string> | undefined;
  readonly annotations: Labels;
  readonly tls: boolean;
  readonly tlsHosts: readonly Located<string>[];
  readonly defaultBackend: Backend | undefined;
  readonly rules: readonly IngressRule[];
}

export interface IngressRule {
  readonly host: Located<string> | undefined;
  readonly paths: readonly IngressPath[];
}

export interface IngressPath {
  readonly path: Located<string> | undefined;
  readonly pathType: Located<string> | undefined;
  readonly backend: Backend;
}

export interface IngressClass extends Resource {
  readonly kind: 'IngressClass';
  readonly controller: Located<string> | undefined;
  readonly isDefault: boolean;
}
