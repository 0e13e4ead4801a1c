import type { Report, ReportLink } from '../report/report.ts';
import { tracedOf } from '../report/trace/select.ts';
import { isStopped, traceTarget } from '../report/trace/trace.ts';

/** The chains that are meant, or why none is: those of a target, else all of a namespace, else all there are. */
export function chosenChains(
  report: Report,
  target: string | undefined,
  namespace: string | undefined,
): ReturnType<typeof traceTarget> {
  if (target !== undefined) return traceTarget(report, target, namespace);
  const chains = report.chains.filter(
    ({ entry }) => namespace === undefined || entry.resource.namespace === namespace,
  );
  if (chains.length > 0) {
    const traced = tracedOf(report, chains);
    return { traced, isBroken: traced.some((one) => isStopped(report, one)), missing: undefined };
  }
  const where = namespace === undefined ? 'the cluster' : `namespace ${namespace}`;
  return {
    traced: [],
    isBroken: false,
    missing: `${where} has no Service or route with a port to verify`,
  };
}

/**
 * The links that are looked at: those of the chains, and what lies behind a Service that a route does not reach, as it
 * is asked for a port that the Service does not have.
 */
export function chosenLinks(
  { links }: Report,
  { traced }: ReturnType<typeof chosenChains>,
  isAll: boolean,
  namespace: string | undefined,
): ReportLink[] {
  const own = new Set(traced.flatMap((one) => one.links.map(({ id }) => id)));
  const services = new Set(traced.flatMap((one) => one.links.flatMap(({ to }) => (to ? [keyOf(to)] : []))));
  return links.filter(
    ({ id, from }) =>
      own.has(id) ||
      services.has(keyOf(from)) ||
      (isAll && (namespace === undefined || from.resource.namespace === namespace)),
  );
}

const keyOf = ({ resource: { kind, namespace, name } }: ReportLink['from']): string =>
  [kind, namespace, name].join('\0');
