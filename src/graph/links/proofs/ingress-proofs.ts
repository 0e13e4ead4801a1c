import type { Nothing, Wordings } from '../../../process/listeners/doubts/wording.ts';
import type { ControllerName } from '../controller.ts';

/** What proves backends of Ingresses, or that they lead nowhere. */
export interface IngressProofs {
  readonly 'name-of-no-port': { readonly name: string };
  readonly 'accepts-target-port': { readonly controller: ControllerName };
  readonly 'headless-behind-passthrough': Nothing;
  readonly 'no-node-port': Nothing;
  readonly 'port-for-only': { readonly protocol: string };
  readonly 'leaves-out-resources': { readonly controller: ControllerName };
  readonly 'first-port': Nothing;
  readonly 'no-action': { readonly annotation: string };
  readonly 'answers-itself': { readonly action: 'redirect' | 'fixed-response' };
}

export const INGRESS_PROOFS: Wordings<IngressProofs> = {
  'name-of-no-port': ({ name }) =>
    `an Ingress cannot name a port ${name}: the API server takes at most 15 characters, one of them a letter, and no --`,
  'accepts-target-port': ({ controller }) => `${controller} also accepts a targetPort`,
  'headless-behind-passthrough': () =>
    'ssl-passthrough goes to the cluster IP, and a headless Service has none',
  'no-node-port': () => 'the load balancer sends traffic to nodes, and the Service has no port there',
  'port-for-only': ({ protocol }) => `the Service has this port for ${protocol} only`,
  'leaves-out-resources': ({ controller }) => `${controller} leaves out backends that are no Service`,
  'first-port': () => 'ingress-nginx takes the first port of this Service',
  'no-action': ({ annotation }) => `no annotation ${annotation} defines this action`,
  'answers-itself': ({ action }) => `the load balancer answers by itself: ${action}`,
};
