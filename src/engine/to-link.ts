import { disagreementsOf } from '../graph/links/disagreeing/disagreements.ts';
import type { End } from '../graph/links/end.ts';
import { endsOf } from '../graph/links/ends.ts';
import { wordLink } from '../graph/links/evidence.ts';
import { resourcesOf } from '../graph/links/joined.ts';
import type { Link } from '../graph/links/link.ts';
import type { Resource } from '../model/model.ts';
import type { ReportEnd, ReportLink, ReportResource } from '../report/report.ts';
import { causeWithoutText, type LocatedFault } from '../text/fault.ts';
import type { Locator } from './locate.ts';
import { toGrounds, toMissing } from './to-grounds.ts';

/** Of one finding; nobody looks at more places at once. */
export const MOST_LABELS = 20;

/** Each resource is told of at many ends, and stands in memory once. */
const toldResources = new WeakMap<Resource, ReportResource>();

export function toResource(resource: Resource): ReportResource {
  const there = toldResources.get(resource);
  if (there) return there;
  const { apiVersion, kind, namespace, name } = resource;
  const made = { apiVersion, kind, namespace, name };
  toldResources.set(resource, made);
  return made;
}

/** Field by field: an object that is spread from three others has a hidden class of its own, which is larger than it is. */
function toPort({ name, number, protocol }: NonNullable<End['port']>): NonNullable<ReportEnd['port']> {
  const port: Mutable<NonNullable<ReportEnd['port']>> = {};
  if (name !== undefined) port.name = name;
  if (number !== undefined) port.number = number;
  if (protocol !== undefined) port.protocol = protocol;
  return port;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function toEnd({ resource, container, port, targetPort, at }: End, locate: Locator): ReportEnd {
  return {
    resource: toResource(resource),
    ...(container === undefined ? {} : { container }),
    ...(port ? { port: toPort(port) } : {}),
    ...(targetPort === undefined ? {} : { targetPort }),
    location: at ? locate(at) : null,
    ...(at ? locate.originOf(at) : {}),
  };
}

export function toLink(
  id: string,
  set: string,
  link: Link,
  locate: Locator,
  paths: readonly string[],
): ReportLink {
  const { from, to, nearest, forwards = [] } = endsOf(link);
  const { kind, state, evidence } = link;
  const disagreeing = disagreementsOf(link).slice(0, MOST_LABELS);
  return {
    id,
    set,
    kind,
    from: toEnd(from, locate),
    to: to ? toEnd(to, locate) : null,
    state,
    evidence,
    reason: wordLink(link),
    grounds: toGrounds(link, locate),
    missing: toMissing(link, paths),
    ...(disagreeing.length > 0
      ? {
          disagreeing: disagreeing.map(({ what, from: said, to: there = null }) => ({
            what,
            from: said,
            to: there,
          })),
        }
      : {}),
    ...(nearest && state === 'broken' ? { nearest: toEnd(nearest, locate) } : {}),
    ...(forwards.length > 0 ? { forwards: forwards.map((end) => toEnd(end, locate)) } : {}),
  };
}

/** A link whose words threw: it stands with its state and without its reason, as findings and chains tell of it. */
export function wordless(
  id: string,
  set: string,
  link: Link,
  thrown: unknown,
): { readonly link: ReportLink; readonly fault: LocatedFault } {
  const { kind, state, evidence } = link;
  const [resource] = resourcesOf(link);
  // What is worded may be what only a Secret should hold.
  const cause = causeWithoutText(thrown);
  const reason = `the words for this link failed: ${cause}`;
  const message = `a link of kind ${kind} stands without its reason, as its words failed: ${cause}`;
  return {
    link: {
      ...{ id, set, kind, from: { resource: toResource(resource!), location: null }, to: null },
      ...{ state, evidence, reason, grounds: [], missing: [] },
    },
    fault: { part: 'link', name: kind, cause, at: resource!.nameAt, message },
  };
}
