import type { Model } from '../model/resource-set.ts';
import type { WebhookLink } from './link.ts';

/** Every Service that the API server calls, followed to its port. */
export const resolveWebhooks = (_model: Model): WebhookLink[] => [];
