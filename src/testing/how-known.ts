import type { ContainerProcess } from '../process/listeners/container-process.ts';
import { wordListener } from '../process/listeners/grounds/listener-words.ts';

/** How the listeners of a process are known, in words. */
export const howKnown = ({ listeners }: Pick<ContainerProcess, 'listeners'>): string[] =>
  listeners.map(wordListener);
