import { shellWord } from '../../text/shell-word.ts';

/** kubectl as a person would call it for this cluster. */
export type Kubectl = (...words: readonly string[]) => string;

export const kubectlFor =
  (flags: readonly string[]): Kubectl =>
  (...words) =>
    `kubectl ${[...flags, ...words].map(shellWord).join(' ')}`;
