import type { ParentLink } from '../graph/links/route-links.ts';
import { namespaceOf } from '../graph/routes/gateway/gateway-parents.ts';
import { describe } from '../model/describe.ts';
import { isListenerOwner } from '../model/gateway-api.ts';
import { groupOf } from '../model/kind.ts';
import type { Resource, Service } from '../model/model.ts';
import { portNumber } from '../model/ports.ts';
import type { Model } from '../model/resource-set.ts';
import type { ParentRef, Route } from '../model/route.ts';
import type { Located, Location } from '../text/source.ts';
import { nearest } from '../text/suggest.ts';
import type { Scalar } from '../text/yaml-node.ts';
import { defineRule, type Fix, type Label, type Report, type Rule } from './rule.ts';

const undefinedParent: Rule = defineRule({
  id: 'undefined-parent',
  severity: 'error',
  summary: 'A route attaches to a Gateway, a listener or a port that is not there.',

  *check({ parents, model }) {
    for (const link of parents) {
      const { parentRef, parent, state, fault } = link;
      if (!parentRef) continue;
      // What is no port number is wrong by itself, and told by other rules.
      if (parentRef.port && portNumber(parentRef.port) === undefined) continue;
      if (fault === 'kind') yield noSuchKind(link, parentRef);
      else if (state === 'broken' && fault === 'no-listener' && parent)
        yield noListener(link, parentRef, parent);
      else if (state === 'broken' && fault === 'no-parent') yield noParent(link, parentRef, []);
      else if (state === 'unproved' && fault === 'no-parent') {
        const meant = meantBy(link.route, parentRef, model);
        const stranger = meant.length === 0 ? ofOtherApi(link.route, parentRef, model) : undefined;
        if (stranger) yield { ...noParentOfApi(link, parentRef, stranger), severity: 'warning' };
        // Gateways often lie elsewhere, so a missing one is told only where another one was plainly meant.
        if (meant.length > 0) yield { ...noParent(link, parentRef, meant), severity: 'warning' };
      }
    }
  },
});

function noSuchKind(link: ParentLink, { kind, kindAt, group, at }: ParentRef): Report {
  const meant = PARENT_KINDS.find((one) => one.toLowerCase() === kind.toLowerCase());
  const isKnown = link.state === 'broken';
  return {
    ...(isKnown ? {} : { severity: 'warning' as const, stopsTraffic: true as const }),
    message: `${describe(link.route)} attaches to a \`${kind}\` of group \`${group}\`, ${isKnown ? 'which has no listeners' : 'which no release that is known here has'}`,
    resources: [link.route],
    field: `${link.from.field}.kind`,
    link,
    labels: [{ at: kindAt ?? at, message: isKnown ? 'no route attaches to this kind' : 'no such kind' }],
    notes: ['the API server takes it, no controller serves the route, and its status stays empty'],
    help: [`write \`kind: ${meant ?? 'Gateway'}\`${meant ? '' : ', or leave `kind` out'}`],
  };
}

const PARENT_KINDS = ['Gateway', 'ListenerSet'] as const;

/** What a parent offers to attach to: listeners, or the ports of a Service. */
interface Offer {
  readonly name: Located<string> | undefined;
  readonly port: Located<Scalar> | undefined;
  readonly at: Location;
}

const offersOf = (parent: Resource): readonly Offer[] => {
  if (isListenerOwner(parent)) return parent.listeners;
  return parent.kind === 'Service' ? (parent as Service).ports : [];
};

function noListener(link: ParentLink, { sectionName, port, at }: ParentRef, parent: Resource): Report {
  const offers = offersOf(parent);
  const named = sectionName && offers.find(({ name }) => name?.value === sectionName.value);
  // Where the name is there, the port beside it is what is wrong.
  const wrong = named && port ? port : (sectionName ?? port ?? { at, value: '' });
  const what = parent.kind === 'Service' ? 'port' : 'listener';
  const asked = [
    sectionName ? `${what} \`${sectionName.value}\`` : undefined,
    port
      ? `${sectionName ? 'on ' : what === 'listener' ? 'a listener on ' : ''}port ${port.value}`
      : undefined,
  ];
  const shown = asked.filter(Boolean).join(' ') || `the ${what}s`;
  return {
    message: `${describe(link.route)} attaches to ${shown} of ${describe(parent)}, which has no such ${what}`,
    resources: [link.route, parent],
    field: link.from.field,
    link,
    labels: [
      { at: wrong.at, message: wrong === port ? `no ${what} has this number` : `no ${what} has this name` },
      ...(named
        ? [labelOf(named)]
        : offers.length > 0
          ? offers.slice(0, 4).map(labelOf)
          : [nothing(parent, what)]),
    ],
    notes: [
      isIstio(link.route)
        ? 'a Gateway without servers opens no port, and Istio says nothing of its routes'
        : 'the route is accepted by the API server and by no listener: its status says `NoMatchingParent`, and requests are answered with 404',
    ],
    fixes: fixesTo(offers, wrong, sectionName, what === 'listener'),
  };
}

const labelOf = ({ name, port, at }: Offer): Label => ({
  at: (name ?? port ?? { at }).at,
  message: port ? `on port ${port.value}` : 'another one',
});

const nothing = (parent: Resource, what: string): Label => ({
  at: parent.nameAt,
  message: `has no ${what}s`,
});

function fixesTo(
  offers: readonly Offer[],
  wrong: { at: Location },
  name: Located<string> | undefined,
  isListener: boolean,
): Fix[] {
  const only = offers.length === 1 ? offers[0] : undefined;
  if (wrong === name) {
    const names = offers.flatMap((offer) => offer.name?.value ?? []);
    const meant = nearest(name.value, names)[0] ?? only?.name?.value;
    const there = offers.filter((offer) => offer.name?.value === meant);
    return meant === undefined
      ? []
      : [
          fix(`attach to \`${meant}\``, wrong.at, meant),
          ...(there.length === 1 && isListener
            ? [fix(`call the listener \`${name.value}\``, there[0]!.name!.at, name.value)]
            : []),
        ];
  }
  const port = only?.port?.value;
  return port === undefined ? [] : [fix(`attach to port ${port}`, wrong.at, String(port))];
}

const fix = (title: string, at: Location, text: string): Fix => ({
  title,
  applicability: 'unsafe',
  edits: [{ at, text }],
});

/** Objects that the reference was probably meant for: of this name elsewhere, or of a similar name in its namespace. */
function meantBy(route: Route, ref: ParentRef, model: Model): Resource[] {
  // Two APIs have a Gateway.
  const all = ref.kind === 'Service' ? model.services : model.ofKind(ref.kind);
  if (!model.budget.allows(all.length, route)) return [];
  const candidates = all.filter(({ apiVersion }) => groupOf(apiVersion) === ref.group);
  const namespace = namespaceOf(route, ref);
  const here = candidates.filter((one) => one.namespace === namespace);
  if (here.length === 0)
    return candidates.filter(
      (one) => one.name === ref.name.value && !one.unplaced && !(route.unplaced && !ref.namespace),
    );
  const [similar] = nearest(
    ref.name.value,
    here.map(({ name }) => name),
  );
  return here.filter(({ name }) => name === similar);
}

/** A Gateway of that very name, in the API that its author did not mean: two have one. */
const ofOtherApi = (route: Route, ref: ParentRef, model: Model): Resource | undefined =>
  ref.kind === 'Gateway' && model.budget.allows(model.ofKind('Gateway').length, route)
    ? model
        .ofKind('Gateway')
        .find(
          ({ name, namespace, apiVersion }) =>
            name === ref.name.value &&
            namespace === namespaceOf(route, ref) &&
            groupOf(apiVersion) !== ref.group,
        )
    : undefined;

function noParentOfApi(link: ParentLink, { name, group }: ParentRef, stranger: Resource): Report {
  const route = link.route as Route;
  const other = groupOf(stranger.apiVersion);
  return {
    message: `${describe(route)} attaches to Gateway \`${name.value}\` of group \`${group}\`, and the one of this name is of group \`${other}\``,
    resources: [route, stranger],
    field: link.from.field,
    link,
    labels: [
      { at: name.at, message: `no Gateway of \`${group}\` has this name` },
      { at: stranger.nameAt, message: `of \`${other}\`` },
    ],
    notes: [
      isIstio(route)
        ? 'Istio serves a VirtualService on Gateways of its own API alone'
        : 'a route of the Gateway API attaches to Gateways of that API alone',
    ],
    help: [
      isIstio(route)
        ? 'write an HTTPRoute for this Gateway, or a Gateway of `networking.istio.io` for the VirtualService'
        : 'write a VirtualService for this Gateway, or a Gateway of `gateway.networking.k8s.io` for the route',
    ],
  };
}

function noParent(link: ParentLink, ref: ParentRef, meant: readonly Resource[]): Report {
  const route = link.route as Route;
  const { name, kind } = ref;
  const [similar] = meant;
  const namespace = namespaceOf(route, ref);
  const isElsewhere = similar !== undefined && similar.namespace !== namespace;
  const where = isElsewhere ? `; there is one in namespace \`${similar.namespace}\`` : '';
  // A Service under the group of Gateways is none.
  const isGroup = kind === 'Service' && ref.group !== '';
  return {
    message: isGroup
      ? `${describe(route)} attaches to a Service of group \`${ref.group}\`, which has none`
      : `${describe(route)} attaches to ${kind} \`${name.value}\`, which namespace \`${namespace}\` does not have${where}`,
    resources: similar ? [route, similar] : [route],
    field: link.from.field,
    link,
    labels: [
      {
        at: (isElsewhere ? (ref.namespace ?? name) : name).at,
        message: isGroup
          ? 'a Service is of the group `""`'
          : `no ${kind} of namespace \`${namespace}\` has this name`,
      },
      ...(similar
        ? [
            {
              at: similar.nameAt,
              message: isElsewhere ? `in namespace \`${similar.namespace}\`` : 'the nearest name',
            },
          ]
        : []),
    ],
    notes: [
      isGroup
        ? 'the group of a parentRef is `gateway.networking.k8s.io` unless it says otherwise, and a mesh looks for `group: ""`'
        : noteOn(route, kind),
    ],
    help: isGroup
      ? ['write `group: ""` beside `kind: Service`']
      : isElsewhere
        ? [adviceFor(route, similar)]
        : [],
    fixes: similar && !isElsewhere ? [fix(`attach to \`${similar.name}\``, name.at, similar.name)] : [],
  };
}

const isIstio = (route: ParentLink['route']): boolean => route.api === 'istio';

function noteOn(route: Route, kind: string): string {
  if (route.api === 'traefik')
    return 'Traefik makes no router for a route whose parent it does not find, and the log alone says so';
  if (!isIstio(route))
    return 'nothing serves a route whose parent does not exist, and its status stays empty';
  return kind === 'Service'
    ? 'clients of the mesh ask for hosts that it knows, so rules for another host are never asked'
    : 'Istio serves a route on the Gateways that it names, and says nothing of one that does not exist';
}

function adviceFor(route: Route, { namespace, name, kind }: Resource): string {
  if (!isIstio(route)) return `write \`namespace: ${namespace}\` in the parentRef`;
  return kind === 'Service'
    ? `write \`${name}.${namespace}.svc.cluster.local\``
    : `write \`${namespace}/${name}\``;
}

export default undefinedParent;
