import {
  type HttpProxy,
  type Include,
  isHttpProxy,
  joinPaths,
  type ProxyRule,
} from '../../../model/contour.ts';
import type { Service } from '../../../model/model.ts';
import { portNumber } from '../../../model/ports.ts';
import { protocolOf } from '../../../model/protocol.ts';
import type { Model } from '../../../model/resource-set.ts';
import type { Backend } from '../../../model/route.ts';
import { groupBy } from '../../../text/group-by.ts';
import { definitionsNamed } from '../../links/definitions.ts';
import { unproved } from '../../links/lacks/lacking.ts';
import { broken, whole } from '../../links/proofs/proving.ts';
import type { BackendLink, Way } from '../../links/route-links.ts';
import {
  type AskedBackend,
  type BackendVerdict,
  followBackend,
  handOver,
  noSuchPort,
  otherProtocol,
} from '../backends/follow-backend.ts';
import type { RouteLinks } from '../backends/route-links.ts';

/** Every HTTPProxy of Contour: what it includes, and the Service ports that its routes lead to. */
export function resolveContour(model: Model): RouteLinks {
  const proxies = model.routes.filter(isHttpProxy);
  if (proxies.length === 0) return { parents: [], backends: [] };
  const included = new Map<Include, BackendLink>();
  const named = groupBy(proxies, ({ namespace, name }) => `${namespace}/${name}`);
  for (const proxy of proxies) {
    for (const include of proxy.includes) {
      const question = asked(proxy, include.backend, []);
      const there = named.get(`${question.namespace}/${include.backend.resource?.value}`) ?? [];
      included.set(include, handOver(question, definitionsNamed(model.budget, proxy, there)));
    }
  }
  const ways = new Map<ProxyRule, Way[]>();
  const led = new Map<HttpProxy, number>();
  for (const proxy of proxies) if (proxy.virtualHost) lead(entryOf(proxy), proxy, []);
  return {
    parents: [],
    backends: [
      ...included.values(),
      ...proxies.flatMap((proxy) =>
        proxy.rules.flatMap((rule) => {
          const isAsked = askedOf(rule);
          return rule.backends.flatMap((backend) =>
            followBackend(
              model,
              asked(proxy, backend, isAsked(backend) ? (ways.get(rule) ?? []) : []),
              (service) => resolvePort(backend, service),
            ),
          );
        }),
      ),
    ],
  };

  /** Takes the way into a proxy to its routes, and on into what it includes. */
  function lead(entry: Way, proxy: HttpProxy, passed: readonly HttpProxy[]): void {
    const times = led.get(proxy) ?? 0;
    if (passed.includes(proxy) || passed.length >= DEEPEST || times >= MOST_WAYS) return;
    led.set(proxy, times + 1);
    for (const rule of proxy.rules) {
      ways.set(rule, [...(ways.get(rule) ?? []), wayTo(rule, entry)]);
    }
    for (const include of proxy.includes) {
      const link = included.get(include)!;
      if (!link.delegate || !isHttpProxy(link.delegate)) continue;
      const path = include.prefix && joinPaths(entry.path ?? '', include.prefix);
      const next = { ...entry, path, via: [...(entry.via ?? []), link] };
      lead(next, link.delegate, [...passed, proxy]);
    }
  }
}

/** What a person would write, and no more: proxies may include each other again and again. */
const MOST_WAYS = 50;
const DEEPEST = 5;

/**
 * Where one Service of a route has a weight, those without one get nothing; where none has, or all have 0, they share
 * alike (`weightedClusters` in internal/envoy/v3/route.go of Contour).
 */
function askedOf({ backends, condition }: ProxyRule): (backend: Backend) => boolean {
  const isShared = backends.some((one) => one.role === undefined && isPositive(one.weight));
  return ({ role, weight, answer }) => {
    if (role !== undefined) return false;
    return answer ? condition?.asksMore !== true : !isShared || isPositive(weight);
  };
}

const isPositive = (weight: Backend['weight']): boolean =>
  typeof weight?.value === 'number' && weight.value > 0;

const entryOf = (proxy: HttpProxy): Way => ({
  host: proxy.virtualHost?.fqdn?.value,
  path: '',
  pathType: 'Prefix',
  port: proxy.virtualHost?.hasTls ? 443 : 80,
  protocol: 'TCP',
  parents: [],
  route: proxy,
});

/** A `tcpproxy` takes whatever comes for the host by TLS. */
function wayTo({ condition }: ProxyRule, entry: Way): Way {
  if (!condition) return { ...entry, path: undefined, pathType: undefined };
  const path = joinPaths(entry.path ?? '', condition.path?.value ?? '') || '/';
  return { ...entry, path, pathType: condition.pathType };
}

const asked = (proxy: HttpProxy, backend: Backend, ways: readonly Way[]): AskedBackend => ({
  route: proxy,
  holder: proxy,
  backend,
  field: backend.field ?? 'spec.routes',
  namespace: backend.namespace?.value ?? proxy.namespace,
  ways,
  controller: { name: 'contour', certain: true, className: undefined },
});

/** The number of a Service port, or the name of one that spells it, whichever comes first; TCP only (S-172). */
function resolvePort(backend: Backend, service: Service): BackendVerdict {
  const number = portNumber(backend.portNumber);
  if (!backend.portNumber) {
    return { ...broken('no-port-for-contour'), fault: 'no-port-given' };
  }
  const met = service.ports.filter(
    ({ port, name }) =>
      number !== undefined && (portNumber(port) === number || name?.value === String(number)),
  );
  const servicePort = met.find(({ protocol }) => protocolOf(protocol) === 'TCP');
  if (service.type?.value === 'ExternalName') {
    return { ...unproved('external-name-of-contour'), servicePort };
  }
  if (servicePort) return { ...whole('service-port'), servicePort };
  const [other] = met;
  return other ? otherProtocol(service, number, other, { is: 'contour' }) : noSuchPort(service);
}
