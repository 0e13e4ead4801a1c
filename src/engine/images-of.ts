import type { Resource, Workload } from '../model/model.ts';

/** Every image that the workloads run, once, as they name it. */
export function imagesOf(resources: readonly Resource[]): string[] {
  const workloads = resources.filter((one): one is Workload => 'template' in one);
  return [
    ...new Set(
      workloads.flatMap(({ template }) => template.containers.flatMap(({ image }) => image?.value ?? [])),
    ),
  ];
}
