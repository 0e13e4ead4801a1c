import type { Observation, Subject } from '../../model/observation.ts';
import { at, type Json, type JsonObject, listAt, textAt } from '../json.ts';

/** Addresses that a status says; nothing of a Service that wants none. */
export function loadBalancerOf(object: JsonObject, subject: Subject, now: string): Observation[] {
  if (subject.kind !== 'Ingress' && textAt(object, 'spec', 'type') !== 'LoadBalancer') return [];
  const ways = listAt(object, 'status', 'loadBalancer', 'ingress');
  return [
    {
      subject,
      at: now,
      what: {
        kind: 'load-balancer',
        addresses: ways.flatMap((one) => textAt(one, 'ip') ?? textAt(one, 'hostname') ?? []),
        ports: ways.flatMap((one) => listAt(one, 'ports')).flatMap(portOf),
      },
    },
  ];
}

function portOf(one: Json): { port: number; protocol: 'TCP' | 'UDP' | 'SCTP'; error: string | undefined }[] {
  const port = at(one, 'port');
  const protocol = textAt(one, 'protocol') ?? 'TCP';
  if (typeof port !== 'number' || (protocol !== 'TCP' && protocol !== 'UDP' && protocol !== 'SCTP'))
    return [];
  return [{ port, protocol, error: textAt(one, 'error') }];
}
