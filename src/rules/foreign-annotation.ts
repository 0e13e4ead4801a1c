import type { ControllerName } from '../graph/links/controller.ts';
import { controllerOf } from '../graph/routes/ingress/ingress-controller.ts';
import { describe } from '../model/describe.ts';
import { foreignAnnotations } from '../questions/routes/foreign-annotations.ts';
import { defineRule, type Rule } from './rule.ts';

const foreignAnnotation: Rule = defineRule({
  id: 'foreign-annotation',
  severity: 'warning',
  summary: 'An Ingress sets ports or protocols by an annotation that its controller does not read.',

  *check({ model, settings }) {
    for (const ingress of model.ingresses) {
      const controller = controllerOf(ingress, model, settings);
      const { className } = controller;
      const ingressClass = className === undefined ? undefined : model.ingressClass(className);
      const own = NAMES[controller.name];
      for (const { name, value, reader } of foreignAnnotations(ingress, controller)) {
        yield {
          message: `${describe(ingress)} has the annotation \`${name}\`, which ${NAMES[reader]} reads, and ${own} serves it`,
          resources: ingressClass ? [ingress, ingressClass] : [ingress],
          field: `metadata.annotations[${name}]`,
          labels: [
            { at: value.at, message: `${own} does not read this` },
            ...(ingressClass?.controller
              ? [{ at: ingressClass.controller.at, message: `${own} serves class \`${ingressClass.name}\`` }]
              : []),
          ],
          notes: [
            'annotations belong to one controller each, and what another one finds it passes over without a word',
          ],
          help: [
            controller.name === 'f5-nginx' && reader === 'ingress-nginx'
              ? 'the controller of F5 has annotations under `nginx.org/`: `nginx.org/ssl-services` for backends with TLS, `nginx.org/grpc-services` for gRPC'
              : `say the same by an annotation of ${own}, or serve the Ingress by a class of ${NAMES[reader]}`,
          ],
        };
      }
    }
  },
});

const NAMES: Readonly<Record<ControllerName, string>> = {
  'ingress-nginx': 'ingress-nginx',
  'f5-nginx': 'the NGINX controller of F5',
  traefik: 'Traefik',
  haproxy: 'the controller of HAProxy Technologies',
  'haproxy-ingress': 'haproxy-ingress',
  'aws-alb': 'the AWS Load Balancer Controller',
  gke: 'the controller of GKE',
  contour: 'Contour',
  istio: 'Istio',
  openshift: 'the router of OpenShift',
  other: 'another controller',
  unknown: 'an unknown controller',
};

export default foreignAnnotation;
