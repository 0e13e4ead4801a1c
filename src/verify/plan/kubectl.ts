import type { ConnectOptions } from '../../cluster/cluster.ts';
import { shellWord } from '../../text/shell-word.ts';

/** What kubectl needs to mean the same cluster, and the same user. */
export const kubectlFlagsOf = ({ kubeconfig, context, as, asGroups = [] }: ConnectOptions): string[] => [
  ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]),
  ...(context === undefined ? [] : ['--context', context]),
  ...(as === undefined ? [] : ['--as', as]),
  ...asGroups.flatMap((group) => ['--as-group', group]),
];

/** kubectl as a person would call it for this cluster. */
export type Kubectl = (...words: readonly string[]) => string;

export const kubectlFor =
  (flags: readonly string[]): Kubectl =>
  (...words) =>
    `kubectl ${[...flags, ...words].map(shellWord).join(' ')}`;
