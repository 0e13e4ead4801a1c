import type { ReportLink, ReportResource } from '../../report/report.ts';
import type { Traced } from '../../report/trace/select.ts';
import type { Step } from '../step/step.ts';
import { choosePod, type PodState } from './choose-pod.ts';
import { isSame, type PlanContext, subjectOf, wordResource } from './context.ts';
import { insideSteps, type ServedPort } from './inside-steps.ts';
import { outsideSteps } from './outside-steps.ts';
import { podSteps } from './pod-steps.ts';
import { routeSteps } from './route-steps.ts';
import { serviceStep } from './service-steps.ts';

export interface Plan {
  readonly steps: readonly Step[];
  /** What cannot be asked, and why. */
  readonly left: readonly string[];
}

/**
 * Every step for the chains of a target, inside out: what is nearest to the process first.
 *
 * @param links of the chains, and whatever else is looked at
 */
export async function planFor(
  traced: readonly Traced[],
  links: readonly ReportLink[],
  context: PlanContext,
): Promise<Plan> {
  const left = new Set<string>();
  const leave = (why: string): void => void left.add(why);
  const pods = new Map<ReportResource, PodState>();
  for (const [resource, numbers] of workloadsOf(links)) {
    const workload = context.workloadOf(resource);
    const pod = workload && choosePod(workload, await context.podsOf(workload));
    if (pod) pods.set(resource, { ...pod, ports: [...new Set([...numbers, ...pod.ports])] });
    else leave(`${wordResource(resource)} has no Pod to look at`);
  }
  const ofPods = [...pods].flatMap(([resource, pod]) => podSteps(subjectOf(resource), pod, context.kubectl));
  const services = servicesOf(links);
  const ofServices = services.flatMap(({ resource, port }) => {
    if (context.serviceOf(resource)?.type?.value !== 'ExternalName')
      return [serviceStep(subjectOf(resource), resource, port, context.kubectl)];
    leave(
      `${wordResource(resource)} is of type ExternalName: a name of the DNS, which the API server asks for nobody`,
    );
    return [];
  });
  const ofRoutes = await Promise.all(traced.map((one) => routeSteps(one, context, leave)));
  const podOf = (resource: ReportResource): PodState | undefined =>
    [...pods].find(([one]) => isSame(one, resource))?.[1];
  const outside = context.outside ? await outsideSteps(links, services, podOf, context, leave) : [];
  const inside = context.fromInside ? insideSteps(services, pods, context) : [];
  return {
    steps: unique([...ofPods, ...ofServices, ...outside, ...ofRoutes.flat(), ...inside]),
    left: [...left],
  };
}

/** The workloads that a chain leads to, with the ports that something sends traffic to or that were inferred. */
function workloadsOf(links: readonly ReportLink[]): [ReportResource, number[]][] {
  const found = new Map<string, [ReportResource, number[]]>();
  const add = (resource: ReportResource, ...ports: (number | undefined)[]): void => {
    const key = Object.values(resource).join('\0');
    const known = found.get(key) ?? [resource, []];
    for (const port of ports) if (port !== undefined) known[1].push(port);
    found.set(key, known);
  };
  for (const { kind, from, to } of links) {
    if (kind === 'selector' && to) add(to.resource);
    const isTcp = (from.port?.protocol ?? 'TCP') === 'TCP';
    if (kind === 'bind') add(from.resource, ...(isTcp ? [from.port?.number, to?.port?.number] : []));
  }
  return [...found.values()];
}

const servicesOf = (links: readonly ReportLink[]): ServedPort[] => [
  ...new Map(
    links.flatMap(({ kind, from }) => {
      const { number, protocol = 'TCP' } = from.port ?? {};
      if (kind !== 'target-port' || number === undefined || protocol !== 'TCP') return [];
      const { namespace, name } = from.resource;
      return [[`${namespace}/${name}:${number}`, { resource: from.resource, port: number }] as const];
    }),
  ).values(),
];

/** Two ways may lead through one Service, and several paths to one host. */
const unique = (steps: readonly Step[]): Step[] => [
  ...new Map(steps.map((step) => [JSON.stringify(step), step])).values(),
];
