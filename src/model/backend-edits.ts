import { type Edit, textOf } from '../text/source.ts';
import type { IngressBackend } from './model.ts';

/** Edits that make a backend which names its port by name give it by number. */
export function numberPort({ portName, portNameKeyAt }: IngressBackend, number: number): Edit[] {
  if (!portName) return [];
  const value = { at: portName.at, text: String(number) };
  if (!portNameKeyAt) return [value];
  // JSON keeps its quotes.
  return [{ at: portNameKeyAt, text: textOf(portNameKeyAt).replace('name', 'number') }, value];
}
