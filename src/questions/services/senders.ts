import { keyOf } from '../../graph/links/end.ts';
import type { BindLink } from '../../graph/links/pod-links.ts';
import type { TargetPortLink } from '../../graph/links/service-links.ts';
import type { Location } from '../../text/source.ts';
import { isImplicitTargetPort } from './implicit-target-port.ts';

/**
 * The Service ports that send traffic to a Pod port, in an order that the order of documents does not decide: those
 * that say so themselves before those that leave targetPort out, those nearby before those of another folder.
 */
export const sendersOf = ({ from }: BindLink): TargetPortLink[] =>
  from.toSorted(
    (a, b) =>
      Number(isImplicitTargetPort(a.servicePort)) - Number(isImplicitTargetPort(b.servicePort)) ||
      Number(a.distant) - Number(b.distant) ||
      (nameOf(a) < nameOf(b) ? -1 : 1),
  );

const nameOf = ({ service, servicePort }: TargetPortLink): string =>
  `${service.namespace}/${service.name}/${keyOf(servicePort)}`;

/** What says where the traffic of a Service port goes: its targetPort, else the number that stands for it. */
export const sentFrom = ({ servicePort }: TargetPortLink): Location =>
  (servicePort.targetPort ?? servicePort.port ?? servicePort).at;
