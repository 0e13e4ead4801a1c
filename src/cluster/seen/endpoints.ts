import type { Observation, SeenPort } from '../../model/observation.ts';
import { at, type Json, type JsonObject, listAt, textAt } from '../json.ts';

/** What an EndpointSlice holds, told of its Service; a slice without the label is of none (S-048). */
export function endpointsOf(slice: JsonObject, now: string): Observation[] {
  const service = textAt(slice, 'metadata', 'labels', 'kubernetes.io/service-name');
  if (service === undefined) return [];
  const endpoints = listAt(slice, 'endpoints');
  // What says nothing of it is ready (EndpointConditions).
  const notReady = endpoints.filter((one) => at(one, 'conditions', 'ready') === false).length;
  return [
    {
      subject: {
        kind: 'Service',
        group: '',
        namespace: textAt(slice, 'metadata', 'namespace'),
        name: service,
      },
      at: now,
      what: {
        kind: 'endpoints',
        slice: textAt(slice, 'metadata', 'name') ?? '',
        ports: listAt(slice, 'ports').flatMap(portOf),
        ready: endpoints.length - notReady,
        notReady,
      },
    },
  ];
}

function portOf(one: Json): SeenPort[] {
  const port = at(one, 'port');
  const protocol = textAt(one, 'protocol') ?? 'TCP';
  if (typeof port !== 'number' || (protocol !== 'TCP' && protocol !== 'UDP' && protocol !== 'SCTP'))
    return [];
  return [{ name: textAt(one, 'name') ?? '', port, protocol }];
}

/** The controller makes slices of the selector and the Pods: what it writes is seen, and nobody declared it. */
export const isMadeOfSelector = (slice: JsonObject): boolean =>
  textAt(slice, 'metadata', 'labels', 'endpointslice.kubernetes.io/managed-by') ===
  'endpointslice-controller.k8s.io';
