import type { ServicePort } from '../../model/model.ts';

/** A targetPort that is left out, 0 or empty: the API server then writes the Service port there (S-013). */
export const isImplicitTargetPort = ({ targetPort }: ServicePort): boolean =>
  targetPort === undefined || targetPort.value === 0 || targetPort.value === '';
