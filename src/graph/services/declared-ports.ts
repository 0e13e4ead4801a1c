import type { ContainerPort, Workload } from '../../model/model.ts';

/** The ports that a Pod declares, in whatever container stays: a task that ends before the others serves nothing. */
export const declaredPorts = ({ template }: Workload): ContainerPort[] =>
  template.containers.filter(({ role }) => role !== 'init').flatMap(({ ports }) => ports);
