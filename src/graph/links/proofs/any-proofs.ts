import type { Nothing, Wordings } from '../../../process/listeners/doubts/wording.ts';
import { type Ground, wordGround } from '../../../process/listeners/grounds/ground.ts';
import type { Scalar } from '../../../text/yaml-node.ts';

/** What proves links of several kinds. */
export interface AnyProofs {
  /** It was seen of what runs. */
  readonly seen: { readonly ground: Ground };
  readonly 'pod-port': Nothing;
  /** Asked for by its name. */
  readonly 'quoted-number': Nothing;
  readonly 'service-port': Nothing;
  /** `number`: as it is asked for. */
  readonly 'no-service-port': { readonly service: string; readonly number: Scalar | undefined };
  readonly 'no-service': { readonly namespace: string; readonly service: string };
  readonly 'no-service-in-cluster': { readonly namespace: string; readonly service: string };
}

export const ANY_PROOFS: Wordings<AnyProofs> = {
  seen: ({ ground }) => wordGround(ground),
  'pod-port': () => 'the Pod declares this port',
  'quoted-number': () => 'a quoted number is a name to Kubernetes, and no port can be called that',
  'service-port': () => 'the Service has this port',
  'no-service-port': ({ service, number }) => `Service ${service} has no port ${number}`,
  'no-service': ({ namespace, service }) => `namespace ${namespace} has no Service ${service}`,
  'no-service-in-cluster': ({ namespace, service }) =>
    `namespace ${namespace} of the cluster has no Service ${service}`,
};
