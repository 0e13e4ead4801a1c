import type { ConfigMap, Container, Workload } from '../../model/model.ts';
import type { Model } from '../../model/resource-set.ts';
import type { KnownListener } from '../../process/listeners/container-process.ts';
import type { Located, Location } from '../../text/source.ts';

/** The ConfigMap whose text decides a port. */
export interface ConfigBehind {
  readonly configMap: ConfigMap;
  readonly key: string;
  /** Where the workload refers to it. */
  readonly reference: Location;
}

/** Undefined where no ConfigMap of the input decides: an image's default, a variable with a value, an argument. */
export function configBehind(
  model: Model,
  workload: Workload,
  container: Container,
  { at }: KnownListener,
): ConfigBehind | undefined {
  if (!at) return undefined;
  for (const name of configMapsOf(workload, container)) {
    const configMap = model.configMap(workload.namespace, name.value);
    if (configMap?.source !== at.source) continue;
    for (const [key, value] of configMap.data) {
      if (value.start <= at.start && at.end <= value.end) return { configMap, key, reference: name.at };
    }
  }
  return undefined;
}

/** The names of ConfigMaps that a container takes variables or files from, where they stand. */
function configMapsOf({ template }: Workload, { envFrom, env, mounts }: Container): Located<string>[] {
  const mounted = new Set(mounts.map(({ volume }) => volume));
  return [
    ...envFrom.flatMap(({ kind, name }) => (kind === 'ConfigMap' ? [name] : [])),
    ...env.flatMap(({ valueFrom }) => (valueFrom?.kind === 'ConfigMap' ? [valueFrom.name] : [])),
    ...template.volumes.flatMap(({ name, kind, from }) =>
      kind === 'configMap' && from && mounted.has(name) ? [from] : [],
    ),
  ];
}
