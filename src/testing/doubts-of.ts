import type { ContainerProcess } from '../process/listeners/container-process.ts';

/** What keeps a process from being known, in words. */
export const doubtsOf = ({ missing }: Pick<ContainerProcess, 'missing'>): string[] =>
  missing.map(({ says }) => says);
