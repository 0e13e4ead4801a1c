import type { Container, ContainerPort, Workload } from '../../model/model.ts';
import { isPlaceholder, isQuotedNumber, portNumber } from '../../model/ports.ts';
import type { Located } from '../../text/source.ts';
import type { Scalar } from '../../text/yaml-node.ts';
import type { MonitorLink } from '../links/caller-links.ts';
import { containerPortEnd } from '../links/end.ts';
import { type Unproved, unproved, type Verdict } from '../links/lacks/lacking.ts';
import { broken, whole } from '../links/proofs/proving.ts';
import { portPattern } from './port-pattern.ts';

type Answer = Verdict & Pick<MonitorLink, 'to' | 'workload' | 'fault'>;

/**
 * The declared container ports that a monitor asks for, by name or by number: to Prometheus a Pod has no others
 * (S-184, S-185). Pods that lack it are simply not scraped, so it is missing only where none has it.
 *
 * @param doubt why Pods without it prove nothing; undefined where they do
 */
export function podPorts(
  wanted: Located<Scalar>,
  workloads: readonly Workload[],
  doubt: Unproved | undefined,
): Answer[] {
  const fits = fitting(wanted);
  if (fits === undefined || isPlaceholder(wanted)) {
    const lack = unproved(fits === undefined ? 'pattern' : 'filled-in');
    return [{ to: undefined, workload: workloads[0], fault: undefined, ...lack }];
  }
  const found = workloads.flatMap((workload): Answer[] => {
    const there = declarationOf(workload, fits);
    const to = there && containerPortEnd(workload, there.container.name, there.port);
    return to ? [{ to, workload, fault: undefined, ...whole('pod-port') }] : [];
  });
  if (found.length > 0) return found;
  return workloads.map((workload) => ({
    to: undefined,
    workload,
    fault: isQuotedNumber(wanted) ? 'number-as-name' : 'undeclared',
    ...(doubt ?? broken('no-port-to-scrape', { workload })),
  }));
}

function fitting({ value }: Located<Scalar>): ((port: ContainerPort) => boolean) | undefined {
  if (typeof value !== 'string') return ({ number }) => portNumber(number) === value;
  const pattern = portPattern(value);
  return pattern && (({ name }) => name !== undefined && pattern(name.value));
}

function declarationOf(
  { template }: Workload,
  fits: (port: ContainerPort) => boolean,
): { readonly container: Container; readonly port: ContainerPort } | undefined {
  for (const container of template.containers) {
    const port = container.ports.find(fits);
    if (port) return { container, port };
  }
  return undefined;
}
