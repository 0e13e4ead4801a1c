import { portNumber, wantedPort } from '../../model/ports.ts';
import { protocolOf } from '../../model/protocol.ts';
import type { Location } from '../../text/source.ts';
import { containerKeyOf, containerPortEnd, type End, end, endPort, keyOf, servicePortEnd } from './end.ts';
import type { Link } from './link.ts';

/** The two ends of a link. Links hold what they are about; this words it for reports. */
export function endsOf(link: Link): { readonly from: End; readonly to: End | undefined } {
  switch (link.kind) {
    case 'parent':
    case 'policy':
    case 'client':
    case 'monitor':
    case 'webhook':
      return link;
    case 'backend': {
      const { holder, backend, field, service, servicePort, delegate } = link;
      const at = (backend.portNumber ?? backend.portName ?? backend.service ?? backend.resource ?? backend)
        .at as Location | undefined;
      const asked = endPort(backend.portName?.value, portNumber(backend.portNumber), undefined);
      const from = end(holder, field, at ?? backend.at, { port: asked });
      if (!service) return { from, to: delegate && end(delegate, 'spec', delegate.nameAt) };
      return {
        from,
        to: servicePort ? servicePortEnd(service, servicePort) : end(service, 'spec.ports', service.nameAt),
      };
    }
    case 'selector': {
      const { service, workload } = link;
      const from = end(service, 'spec.selector', service.selectorAt);
      return { from, to: workload && end(workload, 'template.labels', workload.template.labelsAt) };
    }
    case 'target-port': {
      const { service, servicePort } = link;
      const wanted = wantedPort(servicePort);
      const said = wanted?.value;
      const from: End = {
        ...servicePortEnd(service, servicePort),
        field: `spec.ports[${keyOf(servicePort)}].targetPort`,
        at: wanted?.at ?? servicePort.at,
        targetPort: typeof said === 'string' || typeof said === 'number' ? said : undefined,
      };
      if ('endpoints' in link) {
        const { endpoints, endpointPort } = link;
        if (!endpoints) return { from, to: undefined };
        if (!endpointPort) return { from, to: end(endpoints, 'ports', endpoints.nameAt) };
        const to = endPort(
          endpointPort.name?.value,
          portNumber(endpointPort.port),
          protocolOf(endpointPort.protocol),
        );
        return {
          from,
          to: end(endpoints, `ports[${to.name ?? ''}]`, (endpointPort.port ?? endpointPort).at, { port: to }),
        };
      }
      const { workload, number, declared, container, protocol } = link;
      if (number === undefined)
        return { from, to: end(workload, 'containers', workload.template.containersAt) };
      return {
        from,
        to: declared
          ? containerPortEnd(workload, container?.name, declared)
          : end(workload, 'containers', workload.template.containersAt, {
              port: endPort(undefined, number, protocol),
            }),
      };
    }
    case 'bind': {
      const { workload, number, protocol, declared, container, listener } = link;
      const pod = endPort(declared?.name?.value, number, protocol);
      const from = declared
        ? { ...containerPortEnd(workload, container?.name, declared), port: pod }
        : end(workload, `port ${number}/${protocol}`, workload.template.containersAt, {
            container: container?.name,
            port: pod,
          });
      const to =
        listener &&
        end(workload, 'process', listener.at, {
          container: container?.name,
          port: endPort(undefined, listener.port, listener.protocol),
        });
      return { from, to };
    }
    case 'probe': {
      const { workload, container, probe, number, declared } = link;
      const name = typeof probe.port.value === 'string' ? probe.port.value : undefined;
      const from = end(
        workload,
        `containers[${container.name}].${probe.type}.${probe.handler}.port`,
        probe.port.at,
        {
          container: container.name,
          port: endPort(name, portNumber(probe.port), 'TCP'),
        },
      );
      if (number === undefined) return { from, to: undefined };
      const to = declared
        ? containerPortEnd(workload, container.name, declared)
        : end(workload, `containers[${container.name}]`, container.nameAt, {
            container: container.name,
            port: endPort(undefined, number, 'TCP'),
          });
      return { from, to };
    }
    case 'host': {
      if ('service' in link) {
        const { service, servicePort } = link;
        const from = end(service, `spec.ports[${keyOf(servicePort)}].nodePort`, servicePort.nodePort?.at, {
          port: endPort(undefined, portNumber(servicePort.nodePort), protocolOf(servicePort.protocol)),
        });
        return { from, to: servicePortEnd(service, servicePort) };
      }
      const { workload, container, containerPort } = link;
      // With hostNetwork the containerPort is the node's as well (S-065).
      const taken = portNumber(containerPort.hostPort) ? containerPort.hostPort : containerPort.number;
      const from = end(
        workload,
        `containers[${container.name}].ports[${containerKeyOf(containerPort)}].hostPort`,
        taken?.at,
        {
          container: container.name,
          port: endPort(undefined, portNumber(taken), protocolOf(containerPort.protocol)),
        },
      );
      return { from, to: containerPortEnd(workload, container.name, containerPort) };
    }
    case 'config': {
      const { workload, container, reference, object, key, objectName } = link;
      const name = 'prefix' in reference ? `envFrom[${objectName}]` : `env[${reference.name.value}]`;
      const at = 'prefix' in reference ? reference.name.at : reference.name.at;
      const from = end(workload, `containers[${container.name}].${name}`, at, { container: container.name });
      if (!object) return { from, to: undefined };
      const value = key === undefined ? undefined : object.data.get(key);
      return {
        from,
        to: end(object, key === undefined ? 'data' : `data.${key}`, value?.at ?? object.nameAt),
      };
    }
  }
}
