import { newTrail, type Trail } from '../command/trail.ts';
import type { Environment, FoundVariable } from '../environment/environment.ts';

type Inherited = Pick<Trail, 'environment' | 'unseen'> & {
  readonly assigned: ReadonlyMap<string, FoundVariable>;
};

/** The way to one of several programs goes on from the way to what starts them, which learns nothing of it. */
export function ownTrail(
  { environment, assigned, unseen }: Inherited,
  found: Environment = environment,
): Trail {
  const trail = newTrail(found);
  for (const [name, variable] of assigned) trail.assigned.set(name, variable);
  trail.unseen = unseen;
  return trail;
}
