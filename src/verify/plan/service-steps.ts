import type { Subject } from '../../model/observation.ts';
import { type Step, servicePath } from '../step/step.ts';
import type { Kubectl } from './kubectl.ts';

/** A Service's port through the API server's proxy, which takes one of its endpoints. */
export function serviceStep(
  subject: Subject,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  port: number,
  kubectl: Kubectl,
): Step {
  const asked = { namespace, name, port, path: '/' };
  return { kind: 'service', subject, ...asked, command: kubectl('get', '--raw', servicePath(asked)) };
}
