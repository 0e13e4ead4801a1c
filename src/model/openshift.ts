import type { Located } from '../text/source.ts';
import type { Resource } from './model.ts';
import { isRouteOf, type Route } from './route.ts';

/** A Route of OpenShift: one host, one path, up to four Services that share its traffic. */
export interface OpenShiftRoute extends Route {
  readonly api: 'openshift';
  /** `edge`, `reencrypt`, `passthrough`; undefined without TLS. */
  readonly termination: Located<string> | undefined;
}

export const isOpenShiftRoute = (resource: Resource): resource is OpenShiftRoute =>
  isRouteOf('openshift', resource);
