import type { Service } from '../../model/model.ts';
import { type Environment, findVariable } from '../../process/environment/environment.ts';
import type { Variable } from '../../process/environment/variables.ts';

/** A port variable that nobody sets, beside a host that somebody does, and that a Service's link therefore sets. */
export interface LeftToLink {
  readonly host: Variable;
  readonly variable: string;
  readonly service: Service;
  /** `tcp://<clusterIP>:3306`. */
  readonly value: string;
}

const HOST: RegExp = /_(?:SERVICE_)?(?:HOST|HOSTNAME)$/;

export const namesHost = ({ name }: Pick<Variable, 'name'>): boolean => HOST.test(name);

/**
 * `DB_HOST` without `DB_PORT`, and `DB_SERVICE_HOST` without `DB_SERVICE_PORT` or with the plain `DB_PORT`, which a
 * program may take in its place (S-111, S-112).
 */
export function leftToLinks(environment: Environment): LeftToLink[] {
  // A source that is not in the input may set it.
  if (!environment.complete) return [];
  return environment.variables.where(namesHost).flatMap((host) => {
    const own = host.name.replace(/(?:HOST|HOSTNAME)$/, 'PORT');
    const plain = own.replace(/_SERVICE_PORT$/, '_PORT');
    const isOpen = (name: string): boolean =>
      (findVariable(environment, name)?.origin ?? 'service') === 'service';
    // Who sets the port of the same name needs no other.
    if (!isOpen(own)) return [];
    for (const variable of new Set([own, plain])) {
      const { service, shape } = environment.links.find(variable) ?? {};
      const isLeft = findVariable(environment, variable)?.origin === 'service';
      if (isLeft && service && shape?.startsWith('tcp://'))
        return [{ host, variable, service, value: shape }];
    }
    return [];
  });
}
