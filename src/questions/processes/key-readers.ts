import type { ConfigMap, Secret, Workload } from '../../model/model.ts';
import type { Model } from '../../model/resource-set.ts';

/**
 * Answers whether a workload of the input takes this key of an object, in a variable or a file, or all that it holds.
 * Who reads such a key goes without it where it gets another name.
 */
export function keyReaders(model: Model): (object: ConfigMap | Secret, key: string) => boolean {
  let read: ReadonlySet<string> | undefined;
  return ({ kind, namespace, name }, key) => {
    read ??= new Set(model.workloads.flatMap(keysReadBy));
    return read.has(whole(kind, namespace, name)) || read.has(`${whole(kind, namespace, name)}\0${key}`);
  };
}

const whole = (kind: string, namespace: string, name: string): string => `${kind}\0${namespace}\0${name}`;

const keysReadBy = ({ namespace, template: { containers, volumes } }: Workload): string[] => [
  ...containers.flatMap(({ env, envFrom }) => [
    ...envFrom.map(({ kind, name }) => whole(kind, namespace, name.value)),
    ...env.flatMap(({ valueFrom }) =>
      valueFrom?.kind === 'ConfigMap' || valueFrom?.kind === 'Secret'
        ? [`${whole(valueFrom.kind, namespace, valueFrom.name.value)}\0${valueFrom.key.value}`]
        : [],
    ),
  ]),
  ...volumes.flatMap(({ sources }) =>
    sources.flatMap(({ kind, name, items }) => {
      const object = whole(kind, namespace, name);
      return items ? items.map(({ key }) => `${object}\0${key}`) : [object];
    }),
  ),
];
