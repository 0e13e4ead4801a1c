import { type Edit, textOf } from '../text/source.ts';
import type { ServicePort } from './model.ts';
import { isPortName, portNumber } from './ports.ts';
import type { Backend } from './route.ts';

/** Edits that make a backend which names its port by name give it by number. */
export function numberPort({ portName, portNameKeyAt }: Backend, number: number): Edit[] {
  if (!portName) return [];
  const value = { at: portName.at, text: String(number) };
  if (!portNameKeyAt) return [value];
  // JSON keeps its quotes.
  return [{ at: portNameKeyAt, text: textOf(portNameKeyAt).replace('name', 'number') }, value];
}

/** Edits that send a backend to another Service port, by what it says already: its name, or its number. */
export function sendTo(
  backend: Backend,
  meant: ServicePort,
): { readonly port: string; readonly edits: readonly Edit[] } | undefined {
  const name = meant.name?.value;
  const number = portNumber(meant.port);
  if (backend.portName && name && isPortName(name)) {
    return { port: `\`${name}\``, edits: [{ at: backend.portName.at, text: name }] };
  }
  if (number === undefined) return undefined;
  const text = String(number);
  const edits = backend.portNumber ? [{ at: backend.portNumber.at, text }] : numberPort(backend, number);
  return { port: text, edits };
}

/** The same for an API that compares with endpoints: they have the name of the Service port, and another number. */
export function sendToEndpoint(backend: Backend, meant: ServicePort): ReturnType<typeof sendTo> {
  const asked = backend.portName ?? backend.portNumber;
  const name = meant.name?.value;
  if (!asked || !name) return undefined;
  return { port: `\`${name}\``, edits: [{ at: asked.at, text: name }] };
}
