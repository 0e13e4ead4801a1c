import { isEmpty } from '../../model/label-selector.ts';
import type { Monitor, MonitorEndpoint } from '../../model/monitor.ts';
import { portNumber } from '../../model/ports.ts';
import type { Model } from '../../model/resource-set.ts';
import { unreadNear } from '../../model/unread.ts';
import type { MonitorLink } from '../links/caller-links.ts';
import { end, endPort } from '../links/end.ts';
import { type Unproved, unproved, type Verdict } from '../links/lacks/lacking.ts';
import { mayDefine } from '../links/lacks/may-define.ts';

/** A link of which only the beginning is known. */
export type Start = Omit<MonitorLink, keyof Verdict>;

/** Where an endpoint of a monitor says its port, by the field that counts (S-184, S-185). */
export function startOf(
  monitor: Monitor,
  { field, port, portNumber: numbered, targetPort }: MonitorEndpoint,
): Start {
  const key = port?.value ? 'port' : numbered ? 'portNumber' : targetPort ? 'targetPort' : undefined;
  const asked = port?.value ? port : (numbered ?? targetPort);
  const name = typeof asked?.value === 'string' ? asked.value : undefined;
  return {
    kind: 'monitor',
    monitor,
    evidence: 'declared',
    from: end(monitor, key ? `${field}.${key}` : field, asked?.at ?? monitor.nameAt, {
      port: endPort(name, portNumber(asked), undefined),
    }),
    to: undefined,
    service: undefined,
    servicePort: undefined,
    workload: undefined,
    fault: undefined,
  };
}

/** Why a port that is missing proves nothing: others that are selected, and not in the input, may have it. */
export function doubtOf(model: Model, monitor: Monitor, isCut: boolean): Unproved | undefined {
  const { kind, selector, namespaces } = monitor;
  if (isEmpty(selector) || namespaces === 'any') {
    const wanted = kind === 'PodMonitor' ? 'Pods' : 'Services';
    return unproved('others-selected', { object: { kind: wanted, namespace: '', name: undefined } });
  }
  if (isCut) return unproved('too-many', { of: 'selected' });
  const unread = unreadNear(model, monitor);
  return unread && mayDefine(unread, monitor, 'port');
}
