import type { ContainerProcess } from '../process/listeners/container-process.ts';
import { wordDoubt } from '../process/listeners/doubts/doubt.ts';

/** What keeps a process from being known, in words. */
export const doubtsOf = ({ missing }: Pick<ContainerProcess, 'missing'>): string[] =>
  missing.map(({ doubt }) => wordDoubt(doubt));
