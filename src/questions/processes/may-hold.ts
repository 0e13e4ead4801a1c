import type { ConfigMap, Container, EnvVar, PodTemplate, Secret, Workload } from '../../model/model.ts';
import type { Model } from '../../model/resource-set.ts';
import { givenBy, holds, type Variable } from '../../process/environment/variables.ts';

/**
 * Whether a variable of a container may have a value in which the pattern is found. An environment costs more to build
 * than all it is made of costs to look at, and a rule asks for those of all containers.
 */
export function mayHold(
  { configMap, secret }: Pick<Model, 'configMap' | 'secret'>,
  { namespace, template }: Workload,
  { env, envFrom }: Container,
  pattern: RegExp,
): boolean {
  const objectOf = (kind: 'ConfigMap' | 'Secret', name: string): ConfigMap | Secret | undefined =>
    kind === 'ConfigMap' ? configMap(namespace, name) : secret(namespace, name);
  const mayBe = ({ value, valueFrom }: EnvVar): boolean => {
    // What another variable gives is looked at there, but for what is put together of pieces.
    if (value !== undefined && (pattern.test(value.value) || value.value.includes('$('))) return true;
    if (valueFrom?.kind === 'field')
      return WRITTEN.test(valueFrom.path.value) && isWritten(template, pattern);
    if (valueFrom?.kind !== 'ConfigMap' && valueFrom?.kind !== 'Secret') return false;
    const held = objectOf(valueFrom.kind, valueFrom.name.value)?.data.get(valueFrom.key.value);
    return held !== undefined && pattern.test(held.value);
  };
  return (
    env.some(mayBe) ||
    envFrom.some(({ kind, name, prefix }) => {
      const object = objectOf(kind, name.value);
      return object !== undefined && givenBy(object, prefix, holds(pattern)).length > 0;
    })
  );
}

/** Of all fields of a Pod, the template says what these are (`environment.ts`). */
const WRITTEN = /^metadata\.(?:labels|annotations)\[/;

const isWritten = ({ labels, annotations }: PodTemplate, pattern: RegExp): boolean =>
  [labels, annotations].some((map) => [...map.values()].some(({ value }) => pattern.test(value)));

/**
 * Whether a container may have a variable that passes by its name, which costs less than building its environment.
 *
 * @param passes the same function for all containers
 */
export const mayGive = (
  { configMap, secret }: Pick<Model, 'configMap' | 'secret'>,
  { namespace }: Workload,
  { env, envFrom }: Container,
  passes: (variable: Pick<Variable, 'name'>) => boolean,
): boolean =>
  env.some(({ name }) => passes({ name: name.value })) ||
  envFrom.some(({ kind, name, prefix }) => {
    const object = (kind === 'ConfigMap' ? configMap : secret)(namespace, name.value);
    return object !== undefined && givenBy(object, prefix, passes).length > 0;
  });

/** What every address on loopback has something of. */
export const LOOPBACK_HINT: RegExp = /localhost|127\.|\[::1\]/i;
