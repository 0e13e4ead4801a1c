import type { HttpAnswer } from './http-answer.ts';

/** What a controller answers by itself, where no backend did. */
export interface OwnAnswer {
  /** As people call it. */
  readonly controller: string;
  readonly statuses: readonly number[];
  /** Of the header `server`; any when left out. */
  readonly server?: RegExp;
  readonly body?: RegExp;
  /** Applications give the same, as the controller is built with what they are built with. */
  readonly isCommon?: boolean;
  readonly source: string;
}

/** Of each controller the answers that it makes itself, by what only they say. The first that fits counts. */
const OWN_ANSWERS: readonly OwnAnswer[] = [
  {
    controller: 'Traefik',
    statuses: [503],
    body: /^no available server\s*$/,
    source: 'traefik pkg/server/service/loadbalancer/wrr/wrr.go, errNoAvailableServer',
  },
  {
    controller: 'Traefik',
    statuses: [404],
    body: /^404 page not found\s*$/,
    isCommon: true,
    source: 'traefik pkg/server/router/router.go, http.NotFoundHandler of Go',
  },
  {
    controller: 'Traefik',
    statuses: [500, 502, 503, 504],
    body: /^(?:Internal Server Error|Bad Gateway|Service Unavailable|Gateway Timeout)\s*$/,
    isCommon: true,
    source: 'traefik pkg/proxy/httputil/proxy.go, ErrorHandler writes the text of the status',
  },
  {
    controller: 'ingress-nginx',
    statuses: [404],
    body: /^default backend - 404\s*$/,
    source: 'kubernetes/ingress-gce cmd/404-server/404-server.go, used by ingress-nginx, GCE and HAProxy',
  },
  {
    controller: 'nginx',
    statuses: [404, 502, 503, 504],
    body: /<hr><center>nginx[/.\d]*<\/center>/,
    isCommon: true,
    source: 'nginx src/http/ngx_http_special_response.c',
  },
  {
    controller: 'HAProxy',
    statuses: [502, 503, 504],
    body: /No server is available to handle this request|The server returned an invalid or incomplete response|The server didn't respond in time/,
    source: 'haproxy src/http.c, http_err_msgs',
  },
  {
    controller: 'Envoy',
    statuses: [503, 504],
    body: /^(?:no healthy upstream|upstream connect error or disconnect\/reset before headers|upstream request timeout|cluster not found)/,
    source: 'envoy source/common/router/router.cc and source/common/http/utility.cc, local replies',
  },
  {
    controller: 'Envoy',
    statuses: [404, 500],
    server: /^(?:envoy|istio-envoy)$/,
    body: /^$/,
    source:
      'envoy source/common/router/router.cc, NR without a route; source of the empty 500 of Gateway API: filter direct_response',
  },
  {
    controller: 'Kong',
    statuses: [404],
    body: /"message"\s*:\s*"no Route matched with those values"/,
    source: 'kong kong/runloop/handler.lua',
  },
  {
    controller: 'Kong',
    statuses: [502, 503, 504],
    server: /^kong\b/i,
    body: /An invalid response was received from the upstream server|failure to get a peer from the ring-balancer|The upstream server is timing out/,
    source: 'kong kong/error_handlers.lua',
  },
  {
    controller: 'APISIX',
    statuses: [404],
    body: /"error_msg"\s*:\s*"404 Route Not Found"/,
    source: 'apisix apisix/init.lua',
  },
  {
    controller: 'AWS ALB',
    statuses: [404, 460, 502, 503, 504],
    server: /^awselb\//,
    source: 'docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html',
  },
  {
    controller: 'Google Cloud load balancer',
    statuses: [404, 502],
    body: /response 404 \(backend NotFound\)|The server encountered a temporary error and could not complete your request/,
    source: 'cloud.google.com/kubernetes-engine/docs/concepts/ingress',
  },
  {
    controller: 'OpenShift router',
    statuses: [503],
    body: /The application is currently not serving requests at this endpoint/,
    source: 'openshift/router images/router/haproxy/conf/error-page-503.http',
  },
  {
    controller: 'Caddy',
    statuses: [502, 503, 504],
    server: /^Caddy$/,
    body: /^$/,
    isCommon: true,
    source: 'caddy modules/caddyhttp/reverseproxy/reverseproxy.go',
  },
];

/** Headers that a proxy adds to what somebody behind it answered. */
export const FORWARDED: readonly { readonly header: string; readonly source: string }[] = [
  {
    header: 'x-envoy-upstream-service-time',
    source: 'envoy docs, configuration/http/http_filters/router_filter, x-envoy-upstream-service-time',
  },
  { header: 'x-kong-upstream-latency', source: 'kong kong/runloop/handler.lua, UPSTREAM_LATENCY' },
  { header: 'x-apisix-upstream-status', source: 'apisix apisix/init.lua, set_upstream_headers' },
];

export function ownAnswer({ status, headers, body }: HttpAnswer): OwnAnswer | undefined {
  return OWN_ANSWERS.find(
    (own) =>
      own.statuses.includes(status) &&
      (own.server?.test(headers.server ?? '') ?? true) &&
      (own.body?.test(body.trim()) ?? true),
  );
}
