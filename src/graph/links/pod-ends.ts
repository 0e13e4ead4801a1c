import { portNumber } from '../../model/ports.ts';
import { containerPortEnd, type Ends, end, endPort } from './end.ts';
import type { BindLink, ConfigLink, ProbeLink } from './pod-links.ts';

export function bindEnds(link: BindLink): Ends {
  const { workload, number, protocol, declared, listener } = link;
  const container = link.container?.name;
  const port = endPort(declared?.name?.value, number, protocol);
  return {
    from: declared
      ? { ...containerPortEnd(workload, container, declared), port }
      : end(workload, `port ${number}/${protocol}`, workload.template.containersAt, { container, port }),
    to:
      listener &&
      end(workload, 'process', listener.at, {
        container,
        port: endPort(undefined, listener.port, listener.protocol),
      }),
  };
}

export function probeEnds({
  workload,
  container: { name, nameAt },
  probe,
  number,
  declared,
}: ProbeLink): Ends {
  const { type, handler, port } = probe;
  const said = typeof port.value === 'string' ? port.value : undefined;
  const from = end(workload, `containers[${name}].${type}.${handler}.port`, port.at, {
    container: name,
    port: endPort(said, portNumber(port), 'TCP'),
  });
  if (number === undefined) return { from, to: undefined };
  const to = declared
    ? containerPortEnd(workload, name, declared)
    : end(workload, `containers[${name}]`, nameAt, {
        container: name,
        port: endPort(undefined, number, 'TCP'),
      });
  return { from, to };
}

export function configEnds({ workload, container, reference, object, key, objectName }: ConfigLink): Ends {
  const entry = reference.list === 'envFrom' ? `envFrom[${objectName}]` : `env[${reference.name.value}]`;
  const from = end(workload, `containers[${container.name}].${entry}`, reference.name.at, {
    container: container.name,
  });
  if (!object) return { from, to: undefined };
  if (key === undefined) return { from, to: end(object, 'data', object.nameAt) };
  return { from, to: end(object, `data.${key}`, object.data.get(key)?.at ?? object.nameAt) };
}
