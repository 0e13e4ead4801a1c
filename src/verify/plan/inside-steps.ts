import type { ReportResource } from '../../report/report.ts';
import type { Dial, Step } from '../step/step.ts';
import type { PodState } from './choose-pod.ts';
import { type PlanContext, subjectOf } from './context.ts';

export interface ServedPort {
  readonly resource: ReportResource;
  readonly port: number;
}

/** One Pod for each namespace dials the Services by name, and the Pods behind them. */
export function insideSteps(
  services: readonly ServedPort[],
  pods: ReadonlyMap<ReportResource, PodState>,
  { kubectl, image }: Pick<PlanContext, 'kubectl' | 'image'>,
): Step[] {
  const dials = new Map<string, Dial[]>();
  const look = (namespace: string): string[] => [
    ...['-n', namespace, 'run', 'look', '--rm', '-it', '--restart=Never', `--image=${image}`],
  ];
  const add = (resource: ReportResource, dialled: Dial['dialled'], host: string, port: number): void => {
    const { namespace } = resource;
    const command = kubectl(...look(namespace), '--', 'wget', '-qO-', `http://${host}:${port}/`);
    const known = dials.get(namespace) ?? [];
    known.push({ subject: subjectOf(resource), command, dialled, host, port });
    dials.set(namespace, known);
  };
  for (const { resource, port } of services)
    add(resource, 'service', `${resource.name}.${resource.namespace}.svc`, port);
  // A Pod of which nothing runs yet refuses, and that tells nothing of where it will listen.
  for (const [resource, { address, ports, running }] of pods)
    for (const port of address === undefined || running.length === 0 ? [] : ports)
      add(resource, 'pod', address!, port);
  return [...dials].map(([namespace, all]) => ({
    kind: 'inside',
    subject: { namespace },
    namespace,
    dials: all,
    command: kubectl(...look(namespace), '--', 'sh'),
  }));
}
