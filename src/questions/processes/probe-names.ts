import type { Probe } from '../../model/model.ts';

/** How people call them. */
export const PROBE_NAMES: Readonly<Record<Probe['type'], string>> = {
  liveness: 'the liveness probe',
  readiness: 'the readiness probe',
  startup: 'the startup probe',
  postStart: 'the postStart hook',
  preStop: 'the preStop hook',
};
