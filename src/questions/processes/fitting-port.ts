import type { ProbeLink } from '../../graph/links/pod-links.ts';
import type { TargetPortLink } from '../../graph/links/service-links.ts';
import type { FactPort } from '../../knowledge/image-fact.ts';
import { type PortRole, roleOfName, SIDE, WEB } from '../../knowledge/port-role.ts';
import type { ProcessEnd } from './process-end.ts';

/**
 * The port of a process to send traffic to that misses it now; undefined where none is of the role that is asked for:
 * SSH is never sent to the port of HTTP, nor what a switch opens to the port beside it.
 */
export function fittingPort(
  { open, fact }: ProcessEnd,
  asked: readonly (TargetPortLink | ProbeLink)[],
  number: number,
): number | undefined {
  const ports = fact?.ports ?? [];
  const own = ports.find(({ port }) => port === number);
  if (own?.opensWith) return undefined;
  const wanted = namesOf(asked).flatMap((name) => roleOfName(name) ?? [])[0];
  if (wanted === undefined) return open[0];
  const roles = (port: number): readonly PortRole[] => {
    const known = ports.find((one) => one.port === port);
    return known ? rolesOf(known) : ['main'];
  };
  const possible = ports.flatMap((one) => (one.conditional && rolesOf(one).includes(wanted) ? one.port : []));
  const exact = [...open, ...possible].find((port) => roles(port).includes(wanted));
  if (exact !== undefined) return exact;
  if (WEB.has(wanted)) return open.find((port) => roles(port).some((role) => WEB.has(role)));
  return SIDE.has(wanted) && open.length === 1 ? open[0] : undefined;
}

/** A main port may be what a program is for: that of an SSH server. */
function rolesOf({ role, speaks }: FactPort): readonly PortRole[] {
  const spoken = speaks === undefined ? undefined : roleOfName(speaks.toLowerCase());
  return spoken === undefined ? [role] : [role, spoken];
}

const namesOf = (asked: readonly (TargetPortLink | ProbeLink)[]): string[] =>
  asked.flatMap((link) => {
    const written =
      link.kind === 'probe'
        ? [link.probe.port.value]
        : [link.servicePort.name?.value, link.servicePort.targetPort?.value];
    return [...written, link.declared?.name?.value].filter((one) => typeof one === 'string');
  });
