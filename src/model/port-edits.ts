import { insertField } from '../text/insert-field.ts';
import type { Edit } from '../text/source.ts';
import { spell } from '../text/spell.ts';
import type { ContainerPort, ServicePort } from './model.ts';
import { isPortName, portNumber } from './ports.ts';

/** What makes a port that of which somebody speaks. */
export interface PortChange {
  /** Imperative: give the Service port `80`. */
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** A container's port gets the name that is asked for, in place of its own or where it had none. */
export const callContainerPort = (port: ContainerPort, name: string): PortChange[] =>
  call(port, name, "call the container's port");

export const callServicePort = (port: ServicePort, name: string): PortChange[] =>
  call(port, name, "call the Service's port");

function call({ name: own, at }: ContainerPort | ServicePort, name: string, title: string): PortChange[] {
  if (!isPortName(name)) return [];
  return [
    { title: `${title} \`${name}\``, edits: [own ? spell(own.at, name) : insertField(at, 'name', name)] },
  ];
}

/** The Service's own port, by which it is dialled; where that was what it sends to as well, it goes on sending there. */
export function renumberServicePort({ port, targetPort, at }: ServicePort, number: number): PortChange[] {
  const own = portNumber(port);
  if (!port || own === undefined) return [];
  return [
    {
      title: `give the Service port ${number}`,
      edits: [
        { at: port.at, text: String(number) },
        ...(targetPort ? [] : [insertField(at, 'targetPort', String(own), port.at)]),
      ],
    },
  ];
}
