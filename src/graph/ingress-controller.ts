import type { Ingress } from '../model/model.ts';
import type { Model } from '../model/resource-set.ts';
import type { ControllerName, RouteController } from './link.ts';
import type { Settings } from './settings.ts';

const BY_CONTROLLER: Readonly<Record<string, ControllerName>> = {
  'k8s.io/ingress-nginx': 'ingress-nginx',
  'traefik.io/ingress-controller': 'traefik',
};

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
  const defaults = model.ingressClasses.filter(({ isDefault }) => isDefault);
  const className = asked?.value ?? (defaults.length === 1 ? defaults[0]!.name : undefined);
  if (className === undefined) return { name: 'unknown', certain: false, className };
  const controller = model.ingressClasses.find(({ name }) => name === className)?.controller?.value;
  if (controller) return { name: BY_CONTROLLER[controller] ?? 'other', certain: true, className };
  const configured = settings.controllers.get(className);
  if (configured) return { name: configured, certain: true, className };
  if (className === 'nginx') return { name: 'ingress-nginx', certain: false, className };
  if (className === 'traefik') return { name: 'traefik', certain: false, className };
  return { name: 'unknown', certain: false, className };
}
