import type { Model } from '../../model/resource-set.ts';
import type { ClientLink } from '../link.ts';

/** Every address of a Service of the input, in env, args and configuration, followed to the Service port. */
export const resolveClients = (_model: Model): ClientLink[] => [];
