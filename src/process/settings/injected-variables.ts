import type { FrameworkFact, ImageFact, ServiceLinkCollision } from '../../knowledge/image-fact.ts';
import { type FlagUse, nameOfUse } from '../command/flag-use.ts';
import { type Environment, findVariable } from '../environment/environment.ts';
import type { InjectedVariable } from '../listeners/container-process.ts';

/** Variables of the facts that nothing in the Pod sets and that a Service's link reaches (S-112). */
export function injectedVariables(
  fact: ImageFact | FrameworkFact,
  environment: Environment,
  flags: readonly FlagUse[],
): InjectedVariable[] {
  const documented = fact.serviceLinks ?? [];
  const read = [
    ...fact.ports.flatMap(({ moves }) => moves.env.map(({ name }) => name)),
    ...(fact.otherVariables ?? []),
  ];
  const ofOthers = 'match' in fact ? (fact.misleadingVariables ?? []).map(({ name }) => name) : [];
  const names = new Set([...documented.map(({ variable }) => variable), ...read, ...ofOthers]);
  const told = variablesBehindFlags(fact, flags);
  return [...names].flatMap((name) => {
    if (told.has(name)) return [];
    // A source that is not in the input may set it.
    if (!environment.complete || findVariable(environment, name)?.origin !== 'service') return [];
    const { service, shape } = environment.links.find(name)!;
    if (!service) return [];
    const collision: ServiceLinkCollision = documented.find(({ variable }) => variable === name) ?? {
      service: service.name,
      variable: name,
      effect: ofOthers.includes(name) ? 'wrong-target' : 'unknown',
    };
    return [{ collision, service, value: shape }];
  });
}

/** What a flag of the command line says is not looked up in the environment. */
const variablesBehindFlags = (
  { ports }: ImageFact | FrameworkFact,
  flags: readonly FlagUse[],
): ReadonlySet<string> =>
  new Set(
    ports.flatMap(({ moves }) => {
      const isTold = moves.flags.some((flag) => flags.some(({ name }) => name === nameOfUse(flag)));
      return isTold ? moves.env.flatMap(({ name, rank }) => (rank === 'strong' ? [] : name)) : [];
    }),
  );
