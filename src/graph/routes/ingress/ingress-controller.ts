import type { Ingress } from '../../../model/ingress.ts';
import type { Model } from '../../../model/resource-set.ts';
import { table } from '../../../text/table.ts';
import type { ControllerName, RouteController } from '../../links/controller.ts';
import type { Settings } from '../../links/settings.ts';

/** What `spec.controller` of an IngressClass says; some controllers let more follow after a slash. */
const BY_CONTROLLER = table<ControllerName>({
  'k8s.io/ingress-nginx': 'ingress-nginx',
  'nginx.org/ingress-controller': 'f5-nginx',
  'traefik.io/ingress-controller': 'traefik',
  'haproxy.org/ingress-controller': 'haproxy',
  'haproxy-ingress.github.io/controller': 'haproxy-ingress',
  'ingress.k8s.aws/alb': 'aws-alb',
  'eks.amazonaws.com/alb': 'aws-alb',
  'networking.gke.io/ingress-controller': 'gke',
  'projectcontour.io/ingress-controller': 'contour',
  'istio.io/ingress-controller': 'istio',
  'openshift.io/ingress-to-route': 'openshift',
});

/** Names that classes usually have: a likelihood only. */
const BY_CLASS_NAME = table<ControllerName>({
  nginx: 'ingress-nginx',
  traefik: 'traefik',
  haproxy: 'haproxy-ingress',
  alb: 'aws-alb',
  gce: 'gke',
  'gce-internal': 'gke',
  contour: 'contour',
  istio: 'istio',
  'openshift-default': 'openshift',
});

/**
 * Who serves an Ingress. The class name alone does not say it: the IngressClass's controller does (S-122). A class
 * called `nginx` or `traefik` without its IngressClass in the input is a likelihood only.
 */
export function controllerOf(
  ingress: Ingress,
  model: Model,
  settings: Pick<Settings, 'controllers'>,
): RouteController {
  const asked = ingress.className ?? ingress.annotations.get('kubernetes.io/ingress.class');
  // A class that is asked for is never replaced by the default one (S-121).
  const [byDefault, ...others] = model.defaultClasses;
  const className = asked?.value ?? (others.length === 0 ? byDefault?.name : undefined);
  if (className === undefined) return { name: 'unknown', certain: false, className };
  const controller = model.ingressClass(className)?.controller?.value;
  if (controller) return { ...byController(controller), className };
  const configured = settings.controllers.get(className);
  if (configured) return { name: configured, certain: true, className };
  return { name: BY_CLASS_NAME[className] ?? 'unknown', certain: false, className };
}

function byController(controller: string): Pick<RouteController, 'name' | 'certain'> {
  const known = Object.keys(BY_CONTROLLER).find((one) => `${controller}/`.startsWith(`${one}/`));
  if (known) return { name: BY_CONTROLLER[known]!, certain: true };
  // A second ingress-nginx is given a name of its own by `--controller-class`, such as `k8s.io/internal-nginx`.
  const isSecondNginx = /^k8s\.io\/.*nginx/.test(controller);
  return isSecondNginx ? { name: 'ingress-nginx', certain: false } : { name: 'other', certain: true };
}

/** Traefik honours a default backend only where an Ingress has no rules (S-148). */
export const ignoresDefaultBackend = ({ rules }: Ingress, { name }: RouteController): boolean =>
  name === 'traefik' && rules.length > 0;
