import { describe } from '../model/describe.ts';
import type { Route } from '../model/route.ts';
import { routeKindConflicts } from '../questions/routes/route-kind-conflicts.ts';
import type { Location } from '../text/source.ts';
import { defineRule, type Rule } from './rule.ts';

const routeKindConflict: Rule = defineRule({
  id: 'route-kind-conflict',
  severity: 'warning',
  summary:
    'An HTTPRoute and a GRPCRoute ask one listener for the same host name, and a controller is to accept only one of them.',

  *check(graph) {
    for (const { grpc, http, owner, host, winner } of routeKindConflicts(graph)) {
      const loser = winner === http.route ? grpc : http;
      const other = loser === grpc ? http : grpc;
      const shared = host === '*' ? 'any host name' : `\`${host}\``;
      yield {
        message: `${describe(grpc.route)} and ${describe(http.route)} both ask ${describe(owner)} for ${shared} on one listener`,
        resources: [loser.route, other.route, owner],
        field: `spec.hostnames[${host}]`,
        link: loser.link,
        labels: [
          {
            at: hostAt(loser.route),
            message: winner ? 'the younger one, which is refused' : 'one of the two',
          },
          { at: hostAt(other.route), message: winner ? 'the older one, which is served' : 'the other' },
        ],
        notes: [
          winner
            ? 'the Gateway API has a controller accept the older of the two, and the status of the other says `Accepted: False`; some controllers serve both'
            : 'the Gateway API has a controller accept the one that was created first, and the status of the other says `Accepted: False`; some controllers serve both',
        ],
        help: [
          'give them host names of their own, or listeners of their own; an HTTPRoute can carry gRPC as well, by the path `/package.Service/Method`',
        ],
      };
    }
  },
});

/** Where the route says host names, else its name. */
const hostAt = ({ rules: [rule], nameAt }: Route): Location => rule?.hosts[0]?.at ?? nameAt;

export default routeKindConflict;
