import { endsOf } from '../graph/links/ends.ts';
import { wordLink } from '../graph/links/evidence.ts';
import type { BackendFault, BackendLink } from '../graph/links/route-links.ts';
import { actionAnnotation } from '../graph/routes/ingress/alb-actions.ts';
import { describe } from '../model/describe.ts';
import { isSpared, wordsFor } from '../questions/routes/route-words.ts';
import { withArticle } from '../text/article.ts';
import type { Located } from '../text/source.ts';
import { nearest } from '../text/suggest.ts';
import { table } from '../text/table.ts';
import { defineRule, type Fix, type Label, type Rule } from './rule.ts';

const refusedBackend: Rule = defineRule({
  id: 'refused-backend',
  severity: 'error',
  summary: 'A route sends traffic to a Service in a way that its controller refuses.',

  *check({ backends }) {
    for (const link of backends) {
      const { route, service, state, fault } = link;
      // Across namespaces the Gateway API has grants, which are a rule of their own.
      if (state !== 'broken' || !isRefused(fault)) continue;
      if (route.api === 'gateway-api' && fault !== 'kind') continue;
      if (isToldOfItsText(link)) continue;
      yield {
        severity: isSpared(link) ? 'warning' : 'error',
        message: `${describe(route)} sends traffic to ${targetOf(link)}, ${WHY[fault](link)}`,
        resources: [route, ...(service ? [service] : []), ...(link.destinationRules ?? [])],
        field: endsOf(link).from.field,
        link,
        labels: labelsOf(link),
        notes: [
          wordsFor(link).lost,
          ...(fault === 'no-subset' ? ['`istioctl analyze` reports it as IST0101'] : []),
        ],
        help: [HELP[fault](link)],
        fixes: fixesOf(link),
      };
    }
  },
});

/** What stands in the backend itself, and is on no list of the API server, is told as a field. */
const isToldOfItsText = ({ holder, backend: { at }, fault }: BackendLink): boolean =>
  (fault === 'kind' || fault === 'scheme') &&
  (holder.refusals ?? []).some(
    (refusal) => refusal.at.source === at.source && refusal.at.start >= at.start && refusal.at.end <= at.end,
  );

function targetOf({ service, delegate, backend, fault }: BackendLink): string {
  const target = service ?? delegate;
  if (target) return describe(target);
  if (fault === 'no-subset') return `host \`${backend.service?.value}\``;
  if (fault === 'no-action') return `action \`${backend.service?.value}\``;
  return `${backend.resourceKind} \`${backend.resource?.value}\``;
}

const REFUSALS = [
  'not-permitted',
  'scheme',
  'headless',
  'kind',
  'no-action',
  'no-node-port',
  'no-subset',
] as const;

type Refusal = (typeof REFUSALS)[number];

const isRefused = (fault: BackendFault | undefined): fault is Refusal =>
  REFUSALS.some((one) => one === fault);

type Words = Readonly<Record<Refusal, (link: BackendLink) => string>>;

const WHY: Words = {
  'not-permitted': ({ route }) =>
    `and its controller lets ${withArticle(route.kind)} reach no other namespace`,
  scheme: ({ backend }) => `and its controller knows no scheme \`${backend.scheme?.value}\``,
  headless: () => 'which is headless, by the cluster IP that it does not have',
  kind: (link) =>
    link.route.api === 'gateway-api'
      ? `and ${wordLink(link)}`
      : 'and its controller takes no backends of this kind',
  'no-action': () => 'which no annotation of it defines',
  'no-node-port': () => 'which has no port on the nodes that its load balancer sends traffic to',
  'no-subset': ({ backend }) =>
    `by subset \`${backend.subset?.value}\`, which no DestinationRule for it defines`,
};

const HELP: Words = {
  'not-permitted': ({ service, route }) =>
    `put the ${route.kind} into namespace \`${service?.namespace}\`, or set \`--providers.kubernetescrd.allowCrossNamespace=true\``,
  scheme: () => 'Traefik takes `http`, `https` and `h2c`, and speaks HTTP where none is given',
  headless: ({ route }) => `take ${askedBy(route)} out, so that traffic goes to the Pods`,
  kind: ({ backend: { resourceKind } }) =>
    resourceKind === 'Service'
      ? 'leave `group` out, or write `""`: a Service is of the core group'
      : 'name the Service in front of it, and its port',
  'no-action': ({ backend }) =>
    `write an annotation \`${actionAnnotation(backend.service?.value ?? '')}\`, or the number of a Service port instead of \`use-annotation\``,
  'no-node-port': () =>
    'write `target-type: ip`, so that traffic goes to the Pods, or make the Service a NodePort',
  'no-subset': ({ destinationRules = [] }) =>
    `define the subset in ${destinationRules.slice(0, 1).map(describe)}, and apply that before the route`,
};

/** What makes the controller go to the cluster IP. */
const askedBy = (route: BackendLink['route']): string =>
  route.api !== 'ingress' ? '`nativeLB`' : '`ssl-passthrough`';

function labelsOf(link: BackendLink): readonly [Label, ...Label[]] {
  const { route, backend, service, fault } = link;
  switch (fault) {
    case 'not-permitted':
      return [
        { at: (backend.namespace ?? backend).at, message: 'another namespace than the route' },
        ...(service ? [{ at: service.nameAt, message: `in namespace \`${service.namespace}\`` }] : []),
      ];
    case 'scheme':
      return [{ at: (backend.scheme ?? backend).at, message: 'a scheme that is none' }];
    case 'headless':
      return [
        { at: (backend.service ?? backend).at, message: `asks for its cluster IP with ${askedBy(route)}` },
        ...(service?.clusterIP ? [{ at: service.clusterIP.at, message: 'has none' }] : []),
      ];
    case 'no-action':
      return [{ at: (backend.service ?? backend).at, message: 'no action has this name' }];
    case 'no-node-port':
      return [
        { at: (backend.service ?? backend).at, message: 'sends traffic to nodes' },
        ...(service ? [{ at: service.type?.at ?? service.nameAt, message: 'a ClusterIP' }] : []),
      ];
    case 'no-subset':
      return [
        { at: (backend.subset ?? backend).at, message: 'no subset has this name' },
        ...subsetsOf(link)
          .slice(0, 4)
          .map(({ at }) => ({ at, message: 'a subset' })),
      ];
    default:
      return [{ at: (backend.resource ?? backend).at, message: 'no Service' }];
  }
}

const subsetsOf = ({ destinationRules = [] }: BackendLink): readonly Located<string>[] =>
  destinationRules.flatMap(({ subsets }) => subsets);

/** gRPC without TLS is HTTP/2 in clear text, which has a name of its own. */
function fixesOf(link: BackendLink): Fix[] {
  const { scheme, subset } = link.backend;
  if (link.fault === 'no-subset' && subset) return toSubset(link, subset);
  const meant = table({ grpc: 'h2c', grpcs: 'https', tcp: 'http' })[scheme?.value.toLowerCase() ?? ''];
  return link.fault === 'scheme' && scheme && meant
    ? [{ title: `write \`${meant}\``, applicability: 'unsafe', edits: [{ at: scheme.at, text: meant }] }]
    : [];
}

const unversioned = (name: string): string => name.replace(/[0-9]+/g, '');

function toSubset(link: BackendLink, subset: Located<string>): Fix[] {
  // Another version is another thing, and no slip of the pen.
  const names = subsetsOf(link).map(({ value }) => value);
  const [meant] = nearest(
    subset.value,
    names.filter((name) => unversioned(name) !== unversioned(subset.value)),
  );
  return meant === undefined
    ? []
    : [
        {
          title: `take subset \`${meant}\``,
          applicability: 'unsafe',
          edits: [{ at: subset.at, text: meant }],
        },
      ];
}

export default refusedBackend;
