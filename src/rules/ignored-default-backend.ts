import { ignoresDefaultBackend } from '../graph/routes/ingress/ingress-controller.ts';
import { describe } from '../model/describe.ts';
import { isIngress } from '../model/ingress.ts';
import { defineRule, type Rule } from './rule.ts';

const ignoredDefaultBackend: Rule = defineRule({
  id: 'ignored-default-backend',
  severity: 'warning',
  summary: 'An Ingress of Traefik has a default backend beside rules, and Traefik leaves it out.',

  *check({ backends }) {
    for (const link of backends) {
      const { route: ingress, backend, controller } = link;
      if (!isIngress(ingress) || backend !== ingress.defaultBackend) continue;
      if (!ignoresDefaultBackend(ingress, controller)) continue;
      const [rule] = ingress.rules;
      yield {
        message: `${describe(ingress)} has a default backend beside rules, and Traefik leaves it out`,
        resources: [ingress],
        field: 'spec.defaultBackend',
        link,
        labels: [
          { at: (backend.service ?? backend).at, message: 'no request gets here' },
          ...(rule?.hosts[0] ? [{ at: rule.hosts[0].at, message: 'a rule' }] : []),
        ],
        notes: [
          'Traefik takes the default backend of an Ingress only when it has no rules, and then for the whole cluster; what no rule matches gets 404',
          ...(controller.certain
            ? []
            : ['that Traefik serves this Ingress is taken from the name of its class']),
        ],
        help: [
          'give each host a rule with the path `/`, or put the default backend into an Ingress of its own',
        ],
      };
    }
  },
});

export default ignoredDefaultBackend;
