import type { InputError } from '../sources/input-error.ts';

/** What could not be had of a cluster: no mistake of the input, and nothing is known of it. */
export const clusterFault = (message: string): InputError => ({
  path: '',
  line: 1,
  column: 1,
  message,
  fault: { part: 'cluster', name: 'cluster', cause: message },
});
