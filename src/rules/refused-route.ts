import { wordLink } from '../graph/links/evidence.ts';
import type { ParentLink } from '../graph/links/route-links.ts';
import { describe } from '../model/describe.ts';
import { isListenerOwner, type Listener } from '../model/gateway-api.ts';
import { isIstioGateway } from '../model/istio.ts';
import type { Location } from '../text/source.ts';
import { defineRule, type Label, type Rule } from './rule.ts';

const refusedRoute: Rule = defineRule({
  id: 'refused-route',
  severity: 'error',
  summary:
    'A route attaches to a listener that does not take it: its protocol, namespace or host name is another.',

  *check({ parents }) {
    for (const link of parents) {
      const { parentRef, parent, state, fault, route } = link;
      if (state === 'whole' || !parentRef || !parent || !isListenerOwner(parent)) continue;
      if (fault !== 'not-allowed' && fault !== 'protocol' && fault !== 'hostname') continue;
      // The listeners of one definition say nothing where another may be the one that is applied.
      if (state === 'unproved' && link.lacks.what === 'defined-twice') continue;
      const { name } = link.to?.port ?? {};
      // None where the Gateway does not take the set that the listener belongs to.
      const listener = parent.listeners.find((one) => one.name?.value === name);
      const others = parent.listeners.length > 1 && !parentRef.sectionName && !parentRef.port;
      yield {
        // What says no namespace may be applied to one that is allowed.
        severity: state === 'unproved' ? 'warning' : 'error',
        message: `${describe(route)} attaches to ${describe(parent)}, ${others ? 'none of whose listeners takes it' : listener ? `whose listener \`${name}\` does not take it` : 'which does not listen'}: ${wordLink(link)}`,
        resources: [route, parent],
        field: link.from.field,
        link,
        labels: [
          { at: askedBy(link), message: ASKED[fault] },
          listener
            ? refusedBy(link, listener)
            : { at: link.to!.at!, message: 'this Gateway does not take it' },
        ],
        notes: [isIstioGateway(parent) ? ISTIO_NOTE : NOTES[fault]],
        help: [
          isIstioGateway(parent)
            ? ISTIO_HELP[fault]
            : listener
              ? HELP[fault]
              : 'let `allowedListeners` of the Gateway take the set',
        ],
      };
    }
  },
});

type Fault = 'not-allowed' | 'protocol' | 'hostname';

const ASKED: Readonly<Record<Fault, string>> = {
  'not-allowed': 'attaches here',
  protocol: 'attaches here',
  hostname: 'no listener serves it',
};

function askedBy(link: ParentLink): Location {
  const hosts = link.route.rules[0]?.hosts ?? [];
  return link.fault === 'hostname' && hosts[0] ? hosts[0].at : (link.from.at ?? link.route.nameAt);
}

/** The field of the listener that says no, or the listener where a default does. */
function refusedBy({ fault, route, parent }: ParentLink, listener: Listener): Label {
  const { protocol, hostname, allowedKinds, allowedNamespaces, name, at } = listener;
  const here = (name ?? { at }).at;
  if (fault === 'protocol') {
    const message =
      parent && isIstioGateway(parent) ? 'the protocol of the server' : `takes no ${route.kind}`;
    return { at: (protocol ?? { at }).at, message };
  }
  if (fault === 'hostname') return { at: (hostname ?? { at }).at, message: 'the host name of the listener' };
  if (parent && isIstioGateway(parent)) {
    return { at: (hostname ?? { at }).at, message: 'the namespaces that are allowed' };
  }
  const [kind] = allowedKinds;
  if (kind && !allowedKinds.some((one) => one.kind.value === route.kind)) {
    return { at: kind.kind.at, message: 'the kinds that are allowed' };
  }
  return allowedNamespaces.from
    ? { at: allowedNamespaces.from.at, message: 'the namespaces that are allowed' }
    : { at: here, message: 'takes routes of its own namespace, as it says nothing else' };
}

const NOTES: Readonly<Record<Fault, string>> = {
  'not-allowed': 'the status of the route says `NotAllowedByListeners`, and no request reaches it',
  protocol: 'the status of the route says `NotAllowedByListeners`, and no request reaches it',
  hostname: 'the status of the route says `NoMatchingListenerHostname`, and no request reaches it',
};

const HELP: Readonly<Record<Fault, string>> = {
  'not-allowed': 'widen `allowedRoutes` of the listener, or attach to one that takes it',
  protocol:
    'attach to a listener of a protocol for this kind: HTTP or HTTPS for HTTPRoute and GRPCRoute, TLS for TLSRoute, TCP for TCPRoute, UDP for UDPRoute',
  hostname: 'give the route a host name that the listener covers, or the listener one that covers the route',
};

const ISTIO_NOTE =
  'Istio serves a route on the servers that have a rule and a host name in common with it, and says nothing of one that has none';

const ISTIO_HELP: Readonly<Record<Fault, string>> = {
  'not-allowed': 'write the namespace of the route, or `*`, before the hosts of the server',
  protocol: 'write the rules under the section for this protocol, or let the server speak another',
  hostname: HELP.hostname,
};

export default refusedRoute;
