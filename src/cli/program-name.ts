import { basename } from 'node:path';

const name = (): string => basename(process.argv[1] ?? '');

/** kubectl starts the program `kubectl-portolan` for `kubectl portolan`. */
export const isKubectlPlugin = (): boolean => name().startsWith('kubectl-');

/** It asks the program `kubectl_complete-portolan` what may follow. */
export const isKubectlCompletion = (): boolean => name().startsWith('kubectl_complete-');
