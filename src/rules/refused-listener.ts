import { listenerOwnersOf } from '../graph/routes/gateway/listener-owners.ts';
import {
  type RefusedListener,
  refusalOf,
  refusedListeners,
  type Why,
} from '../graph/routes/gateway/refused-listeners.ts';
import { describe } from '../model/describe.ts';
import { type ClashingServers, clashingServers } from '../questions/routes/clashing-servers.ts';
import { groupBy } from '../text/group-by.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

const refusedListener: Rule = defineRule({
  id: 'refused-listener',
  severity: 'error',
  summary:
    'A listener of a Gateway is one that the Gateway API does not allow, or that cannot be beside another.',

  *check(graph) {
    const { model, parents } = graph;
    for (const clash of clashingServers(model)) yield clashOf(clash);
    const broken = groupBy(
      parents.filter(({ fault }) => fault === 'refused'),
      ({ parent }) => parent,
    );
    for (const owner of listenerOwnersOf(model)) {
      const ends = groupBy(broken.get(owner) ?? [], ({ to }) => to?.field);
      for (const refused of refusedListeners(owner)) {
        const { listener, index, why, at, rival } = refused;
        const name = listener.name?.value ?? String(index);
        const beside = (rival?.name ?? rival)?.at;
        const reason = refusalOf(refused)?.reason;
        const [link] = ends.get(`spec.listeners[${listener.name?.value ?? ''}]`) ?? [];
        yield {
          ...(link ? { link } : {}),
          message: `listener \`${name}\` of ${describe(owner)} ${SAYS[why](refused)}`,
          resources: [owner],
          field: `spec.listeners[${index}:${name}].${why}`,
          labels: [
            { at, message: LABELS[why] },
            ...(beside ? [{ at: beside, message: 'the other one' }] : []),
          ],
          notes: [reason === undefined ? NOTES[why] : `the API server refuses it: ${reason}`],
          help: [HELP[why]],
        };
      }
    }
  },
});

/** Servers of Istio, of which the proxy that both Gateways select opens one. */
const clashOf = ({ gateway, server, rival, rivalOf }: ClashingServers): Report => ({
  severity: 'warning',
  message: `${describe(gateway)} speaks ${server.protocol!.value} on port ${server.port!.value}, where ${rivalOf === gateway ? 'another server of it' : describe(rivalOf)} speaks ${rival.protocol!.value}`,
  resources: rivalOf === gateway ? [gateway] : [gateway, rivalOf],
  field: `spec.servers[${server.name?.value ?? server.port!.value}].protocol`,
  stopsTraffic: true,
  labels: [
    { at: server.protocol!.at, message: 'one protocol' },
    { at: rival.protocol!.at, message: 'another one on the same port' },
  ],
  notes: [
    'both are for the same proxies; Istio opens a port for the server that it has first, and skips one that speaks otherwise: its log says `skipping server on gateway`',
  ],
  help: ['give each protocol a port of its own: 80 for HTTP, 443 for HTTPS'],
});

const nameOf = ({ rival }: RefusedListener): string => `listener \`${rival?.name?.value ?? ''}\``;

const SAYS: Readonly<Record<Why, (refused: RefusedListener) => string>> = {
  'same-name': () => 'has the name of another one',
  'same-address': (refused) => `has the port, protocol and host name of ${nameOf(refused)}`,
  'protocol-conflict': (refused) =>
    `speaks ${refused.listener.protocol?.value} on port ${refused.listener.port?.value}, where ${nameOf(refused)} speaks ${refused.rival?.protocol?.value}`,
  'tls-without-tls': ({ listener }) => `has \`tls\`, and its protocol is ${listener.protocol?.value}`,
  'no-certificate': () => 'ends TLS, and names no certificate',
  passthrough: () => 'speaks HTTPS, which cannot be passed through',
  'no-tls': ({ listener }) => `speaks ${listener.protocol?.value}, and has no \`tls\``,
  hostname: ({ listener }) => `has a host name, and ${listener.protocol?.value} carries none`,
  'no-selector': () => 'takes namespaces by a selector, and has none',
};

const LABELS: Readonly<Record<Why, string>> = {
  'same-name': 'names are unique in a Gateway',
  'same-address': 'the same once more',
  'protocol-conflict': 'another protocol on the same port',
  'tls-without-tls': 'only HTTPS and TLS have this',
  'no-certificate': 'no `certificateRefs`',
  passthrough: 'HTTPS ends TLS here',
  'no-tls': 'needs a certificate',
  hostname: 'no host name is seen here',
  'no-selector': 'selects by what is not there',
};

const REFUSED = 'the API server refuses the whole object';
const CONFLICTED = 'the controller serves neither, or the first one only, and the status says';

const NOTES: Readonly<Record<Why, string>> = {
  'same-name': REFUSED,
  'same-address': REFUSED,
  'protocol-conflict': `${CONFLICTED} \`ProtocolConflict\``,
  'tls-without-tls': REFUSED,
  'no-certificate': REFUSED,
  passthrough: REFUSED,
  'no-tls': 'the controller has nothing to end TLS with, so the listener is not programmed',
  hostname: REFUSED,
  'no-selector': 'without a selector no namespace is taken, so that no route attaches',
};

const HELP: Readonly<Record<Why, string>> = {
  'same-name': 'give each listener a name of its own',
  'same-address': 'take one of them out, or give them different host names',
  'protocol-conflict': 'give each protocol a port of its own',
  'tls-without-tls': 'write `protocol: HTTPS`, or take `tls` out',
  'no-certificate': 'name the Secret of the certificate in `tls.certificateRefs`',
  passthrough: 'write `mode: Terminate` and a certificate, or `protocol: TLS` with a TLSRoute',
  'no-tls': 'write `tls` with a certificate in `certificateRefs`, or `mode: Passthrough` for TLS',
  hostname: 'take `hostname` out, or let the listener speak TLS, HTTPS or HTTP',
  'no-selector': 'write `selector` beside `from`, or `from: All`',
};

export default refusedListener;
