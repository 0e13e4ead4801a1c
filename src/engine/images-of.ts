import type { Resource } from '../model/model.ts';
import { isWorkload } from '../model/resource-set.ts';

/** Every image that the workloads run, once, as they name it. */
export const imagesOf = (resources: readonly Resource[]): string[] => [
  ...new Set(
    resources
      .filter(isWorkload)
      .flatMap(({ template }) => template.containers.flatMap(({ image }) => image?.value ?? [])),
  ),
];
