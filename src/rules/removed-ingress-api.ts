import { describe } from '../model/describe.ts';
import { defineRule, type Rule } from './rule.ts';

const removedIngressApi: Rule = defineRule({
  id: 'removed-ingress-api',
  severity: 'warning',
  summary: 'An Ingress is written for an API version that Kubernetes removed in 1.22.',
  ofAdmission: true,

  *check({ model }) {
    for (const ingress of model.ingresses) {
      if (!ingress.removedApi) continue;
      yield {
        message: `${describe(ingress)} is written for \`${ingress.apiVersion}\`, which Kubernetes does not serve since 1.22`,
        resources: [ingress],
        field: 'apiVersion',
        labels: [{ at: ingress.apiVersionAt, message: 'removed in 1.22' }],
        notes: [
          `\`kubectl apply\` answers: no matches for kind "Ingress" in version "${ingress.apiVersion}"`,
          'its ports are followed all the same: an integer `servicePort` is `port.number`, a string is `port.name`',
        ],
        help: [
          'write it for `networking.k8s.io/v1`: `service.name`, `service.port.number` or `service.port.name`, `defaultBackend` for `backend`, and a `pathType` for each path',
          '`kubectl convert -f FILE --output-version networking.k8s.io/v1` does so, with the plugin kubectl-convert',
        ],
      };
    }
  },
});

export default removedIngressApi;
