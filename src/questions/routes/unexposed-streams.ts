import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { Service } from '../../model/model.ts';
import { portNumber } from '../../model/ports.ts';
import { protocolOf } from '../../model/protocol.ts';
import { Located } from '../../text/source.ts';
import type { UnexposedListener } from './unexposed-listener.ts';

/** Ports that a ConfigMap opens on an ingress controller, and that no Service before it carries (S-135). */
export function unexposedStreams({ parents }: PortGraph): UnexposedListener[] {
  return parents.flatMap(({ route, parent, state, from, port }): UnexposedListener[] => {
    if (route.api !== 'ingress-nginx' || state !== 'unproved') return [];
    if (parent?.kind !== 'Service' || !from.at || port === undefined) return [];
    const by = parent as Service;
    return [
      {
        owner: route,
        field: from.field,
        port: new Located(port, from.at.source, from.at.start, from.at.end),
        number: port,
        lacks: 'service-port',
        by,
        opened: by.ports.flatMap(({ port: own, name, protocol }) => {
          const number = portNumber(own);
          return number === undefined
            ? []
            : [{ number, name: name?.value ?? protocolOf(protocol), at: own!.at }];
        }),
        meant: undefined,
        controller: { name: 'ingress-nginx', certain: true, className: undefined },
      },
    ];
  });
}
