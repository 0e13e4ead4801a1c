import type { ProbeLink } from '../../graph/links/pod-links.ts';
import type { TargetPortLink } from '../../graph/links/service-links.ts';
import type { Edit } from '../../text/source.ts';
import { isImplicitTargetPort } from './implicit-target-port.ts';

/** A change that sends traffic to another port of the Pod. */
export interface Repointing {
  /** Imperative: point targetPort at `80`. */
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** Changes each number that was sent to; where a name was, the containerPort that the name stands for. */
export function repoint(
  senders: readonly (TargetPortLink | ProbeLink)[],
  port: number,
): Repointing | undefined {
  const text = String(port);
  const edits = new Map<string, Edit>();
  let field = 'containerPort';
  for (const sender of senders) {
    const wanted = sender.kind === 'probe' ? sender.probe.port : explicitTargetPort(sender);
    if (!wanted) continue;
    const named = typeof wanted.value === 'string';
    const at = named ? sender.declared?.number : wanted;
    if (!at) continue;
    if (!named) field = sender.kind === 'probe' ? 'the probe' : 'targetPort';
    edits.set(`${at.source.path}\0${at.start}`, { at: at.at, text });
  }
  if (edits.size === 0) return undefined;
  const title =
    field === 'containerPort' ? `change containerPort to \`${text}\`` : `point ${field} at \`${text}\``;
  return { title, edits: [...edits.values()] };
}

const explicitTargetPort = ({ servicePort }: TargetPortLink): TargetPortLink['servicePort']['targetPort'] =>
  isImplicitTargetPort(servicePort) ? undefined : servicePort.targetPort;
