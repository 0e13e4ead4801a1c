import type { ContainerPort } from '../../../model/model.ts';
import { isQuotedNumber, wantedPort } from '../../../model/ports.ts';
import { type Protocol, protocolOf } from '../../../model/protocol.ts';
import type { EndpointLink, SelectorLink, TargetPortLink } from '../service-links.ts';
import type { Disagreement } from '../stated.ts';
import { listed } from './listed.ts';

/** Labels have the values that the Pods of the nearest workload have. */
export function inSelector({ service, nearest }: SelectorLink): Disagreement[] {
  const asked = [...service.selector];
  if (!nearest)
    return asked.map(([key, { value }]) => ({ what: `label ${key}`, from: value, to: undefined }));
  const { workload, why, key, meantKey } = nearest;
  const { labels } = workload.template;
  if (why === 'namespace') return [{ what: why, from: service.namespace, to: workload.namespace }];
  if (key !== undefined && meantKey !== undefined) {
    const value = service.selector.get(key)?.value ?? '';
    return [{ what: 'label', from: `${key}: ${value}`, to: `${meantKey}: ${value}` }];
  }
  return asked
    .map(([key, { value }]) => ({ what: `label ${key}`, from: value, to: labels.get(key)?.value }))
    .filter(({ from, to }) => from !== to);
}

export const inTargetPort = (link: TargetPortLink | EndpointLink): Disagreement[] =>
  link.through === 'selector' ? inPods(link) : inEndpoints(link);

/** A name, and what the Pods call their ports; of one name, whatever else keeps them apart. */
function inPods({ proof, servicePort, workload, protocol }: TargetPortLink): Disagreement[] {
  const wanted = wantedPort(servicePort);
  const asked = String(wanted?.value ?? '');
  if (proof?.what === 'no-port-number') return [{ what: 'port', from: asked, to: '1-65535' }];
  // Init containers are gone when traffic comes (S-029).
  const ports = workload.template.containers.flatMap(({ role, ports }) => (role === 'init' ? [] : ports));
  const from = isQuotedNumber(wanted) ? `"${asked}"` : asked;
  return inNames(
    from,
    protocol,
    ports,
    ports.filter(({ name }) => name?.value === asked),
  );
}

/** Joined by name and protocol alone. */
function inEndpoints({ servicePort, endpoints }: EndpointLink): Disagreement[] {
  const asked = servicePort.name?.value ?? '';
  const ports = (endpoints?.ports ?? []).map(({ port, ...more }) => ({ ...more, number: port }));
  const namesakes = ports.filter(({ name }) => (name?.value ?? '') === asked);
  return inNames(asked || 'no name', protocolOf(servicePort.protocol), ports, namesakes);
}

type Port = Pick<ContainerPort, 'name' | 'number' | 'protocol'>;

function inNames(
  from: string,
  protocol: Protocol,
  ports: readonly Port[],
  namesakes: readonly Port[],
): Disagreement[] {
  if (namesakes.length === 0)
    return [{ what: 'port name', from, to: listed(ports.flatMap(({ name }) => name?.value ?? [])) }];
  const ofProtocol = namesakes.find((one) => protocolOf(one.protocol) === protocol);
  return ofProtocol
    ? [{ what: 'port', from: '1-65535', to: String(ofProtocol.number?.value ?? 'none') }]
    : [
        {
          what: 'protocol',
          from: protocol,
          to: listed(namesakes.map((one) => protocolOf(one.protocol))),
        },
      ];
}
