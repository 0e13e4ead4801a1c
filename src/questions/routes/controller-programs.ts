import type { ControllerName } from '../../graph/links/controller.ts';
import type { Container, Workload } from '../../model/model.ts';
import type { Model } from '../../model/resource-set.ts';
import { table } from '../../text/table.ts';

/** The images of controllers that pass the requests on themselves. */
const IMAGES = table<RegExp>({
  haproxy: /(?:^|\/)haproxytech\/kubernetes-ingress(?:[:@]|$)/,
  'haproxy-ingress': /(?:^|\/)jcmoraisjr\/haproxy-ingress(?:[:@]|$)/,
  'ingress-nginx': /(?:^|\/)ingress-nginx\/controller(?:[:@]|$)|\/nginx-ingress-controller(?:[:@]|$)/,
  'f5-nginx': /(?:^|\/)nginx\/(?:nginx-ingress|kubernetes-ingress)(?:[:@]|$)/,
  traefik: /(?:^|\/)traefik(?:[:@]|$)/,
});

/** Whether a container runs this controller. */
export const runs = (controller: ControllerName, { image }: Container): boolean =>
  IMAGES[controller]?.test(image?.value ?? '') === true;

/** The workloads of the input that run a controller. */
export const programsOf = (controller: ControllerName, { workloads }: Model): Workload[] =>
  workloads.filter(({ template }) => template.containers.some((one) => runs(controller, one)));
