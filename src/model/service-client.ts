import type { Located, Location } from '../text/source.ts';
import type { Scalar } from '../text/yaml-node.ts';
import type { Resource } from './model.ts';

/** What makes the API server call Services: webhooks, aggregated APIs, conversions of custom resources. */
export interface ServiceClient extends Resource {
  readonly shape: 'service-client';
  readonly references: readonly ServiceReference[];
}

export interface ServiceReference {
  /** What calls, before the resource's name: webhook `pier.example.com` of; empty where that says it all. */
  readonly caller: string;
  /** `webhooks[pier.example.com].clientConfig.service`. */
  readonly field: string;
  readonly namespace: Located<string>;
  readonly name: Located<string>;
  /** Undefined: 443. */
  readonly port: Located<Scalar> | undefined;
  /** The whole reference. */
  readonly at: Location;
}

export const isServiceClient = (resource: Resource): resource is ServiceClient =>
  resource.shape === 'service-client';

export const SERVICE_CLIENT_KINDS = [
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
  'APIService',
  'CustomResourceDefinition',
] as const;
