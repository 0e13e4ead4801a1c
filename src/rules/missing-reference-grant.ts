import { endsOf } from '../graph/links/ends.ts';
import { type Grants, grantsOf } from '../graph/routes/gateway/reference-grants.ts';
import { describe } from '../model/describe.ts';
import { GATEWAY_GROUP } from '../model/gateway-api.ts';
import { isSpared, wordsFor } from '../questions/routes/route-words.ts';
import { defineRule, type Rule } from './rule.ts';

const missingReferenceGrant: Rule = defineRule({
  id: 'missing-reference-grant',
  severity: 'error',
  summary: 'A route sends traffic into another namespace, and no ReferenceGrant there permits it.',

  *check({ backends, model }) {
    let grants: Grants | undefined;
    for (const link of backends) {
      const { route, backend, service } = link;
      if (link.state === 'whole' || link.fault !== 'not-permitted' || !service) continue;
      if (route.api !== 'gateway-api') continue;
      grants ??= grantsOf(model);
      const grant = grants.firstIn(service.namespace);
      yield {
        // Whoever applies a route that says no namespace may put it where it needs no grant.
        severity: link.state === 'unproved' || isSpared(link) ? 'warning' : 'error',
        message: `${describe(route)} sends traffic to ${describe(service)}, and no ReferenceGrant of namespace \`${service.namespace}\` permits it`,
        resources: grant ? [route, service, grant] : [route, service],
        field: endsOf(link).from.field,
        link,
        labels: [
          { at: (backend.namespace ?? backend).at, message: 'another namespace than the route' },
          grant
            ? { at: grant.nameAt, message: 'permits other routes or Services only' }
            : { at: service.nameAt, message: 'its namespace has no ReferenceGrant' },
        ],
        notes: [
          `the namespace that is reached decides: without a grant the status of the route says \`RefNotPermitted\`, and ${wordsFor(link).lost}`,
        ],
        help: [
          `${grant ? 'let it hold' : `apply a ReferenceGrant in namespace \`${service.namespace}\` with`} \`from: [{ group: ${GATEWAY_GROUP}, kind: ${route.kind}, namespace: ${route.namespace} }]\` and \`to: [{ group: "", kind: Service, name: ${service.name} }]\``,
        ],
      };
    }
  },
});

export default missingReferenceGrant;
