import type { Service } from '../../model/model.ts';
import { type Environment, findVariable, type Variable } from '../../process/environment/environment.ts';

/** A port variable that nobody sets, beside a host that somebody does, and that a Service's link therefore sets. */
export interface LeftToLink {
  readonly host: Variable;
  readonly variable: string;
  readonly service: Service;
  /** `tcp://<clusterIP>:3306`. */
  readonly value: string;
}

export const HOST: RegExp = /_(?:SERVICE_)?(?:HOST|HOSTNAME)$/;

/** `DB_HOST` without `DB_PORT`, and `DB_SERVICE_HOST` without `DB_SERVICE_PORT` (S-111, S-112). */
export function leftToLinks(environment: Environment): LeftToLink[] {
  // A source that is not in the input may set it.
  if (!environment.complete) return [];
  return [...environment.variables.values()].flatMap((host) => {
    if (!HOST.test(host.name)) return [];
    const variable = host.name.replace(/(?:HOST|HOSTNAME)$/, 'PORT');
    if (findVariable(environment, variable)?.origin !== 'service') return [];
    const { service, shape } = environment.links.find(variable) ?? {};
    return service && shape?.startsWith('tcp://') ? [{ host, variable, service, value: shape }] : [];
  });
}
