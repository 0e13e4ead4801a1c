import { endsOf } from '../graph/links/ends.ts';
import { wordLink } from '../graph/links/evidence.ts';
import type { BackendLink } from '../graph/links/route-links.ts';
import { describe } from '../model/describe.ts';
import { isRefused } from '../model/refusal.ts';
import type { RouteApi } from '../model/route.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

const unforwardedRequest: Rule = defineRule({
  id: 'unforwarded-request',
  severity: 'warning',
  summary: 'A rule of a route hands its requests to no backend, and they fail.',

  *check({ backends }) {
    for (const link of backends) {
      const { backend, route } = link;
      // What the API server refuses takes no requests at all.
      if (isRefused(route)) continue;
      if (link.fault === 'no-backend') yield unforwarded(link);
      else if (backend.answer?.by === 'abort') yield aborted(link);
    }
  },
});

function unforwarded(link: BackendLink): Report {
  const { route, backend } = link;
  const isShareless = backend.answer?.by === 'nobody' && backend.answer.why === 'no-share';
  return {
    message: `${describe(route)} hands requests${forPath(link)} to ${isShareless ? 'backends that all have weight 0' : 'no backend'}`,
    resources: [route],
    field: endsOf(link).from.field,
    link,
    stopsTraffic: true,
    labels: [
      {
        at: backend.at,
        message: isShareless ? 'no share of the traffic' : 'a rule without a backend',
      },
    ],
    notes: [LOST[route.api] ?? wordLink(link)],
    help: [
      isShareless
        ? 'give one of them a weight, if it is to get traffic'
        : 'name the Service that is to answer, and its port, or let a filter answer',
    ],
  };
}

const aborted = (link: BackendLink): Report => ({
  severity: 'info',
  message: `${describe(link.route)} lets every request${forPath(link)} fail: it injects a fault`,
  resources: [link.route],
  field: endsOf(link).from.field,
  link,
  stopsTraffic: true,
  labels: [{ at: link.backend.at, message: 'for 100 % of the requests' }],
  notes: ['Envoy answers before it asks a backend, so that no request comes to one'],
});

function forPath({ ways }: BackendLink): string {
  const paths = [...new Set(ways.flatMap(({ path }) => path ?? []))];
  return paths.length === 1 ? ` for \`${paths[0]}\`` : '';
}

/** What becomes of a request, as each API has it: of the rules that fit, the closest answers, and no other is asked. */
const LOST: Readonly<Partial<Record<RouteApi, string>>> = {
  // HTTPRouteRule and TLSRouteRule in the Gateway API 1.4; Traefik 3.6 says 503.
  'gateway-api':
    'a rule without a backend forwards nothing, and rules after it are not asked: the Gateway API has 500 for it, some controllers say 503, and connections are refused where there are no requests',
  // `router must have either a service or child routers`, seen with Traefik 3.6.12.
  traefik:
    "Traefik drops a route without a service, its middlewares with it, and answers with 404 or with another route's page; where all weights are 0, with 503",
  contour: 'Contour calls a route without a service invalid, and does not serve it',
  istio: 'Istio takes no HTTP route without a destination, a redirect or a direct response',
  openshift: 'the router answers with 503',
};

export default unforwardedRequest;
