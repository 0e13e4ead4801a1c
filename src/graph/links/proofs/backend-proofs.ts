import type { Protocol } from '../../../model/protocol.ts';
import type { Nothing, Wordings } from '../../../process/listeners/doubts/wording.ts';
import { withArticle } from '../../../text/article.ts';

/** What proves backends of routes of any kind, or that they lead nowhere. */
export interface BackendProofs {
  readonly 'no-name': Nothing;
  readonly 'no-such-port': { readonly service: string };
  readonly 'kind-no-backend': { readonly kind: string | undefined };
  readonly 'takes-over': { readonly kind: string | undefined; readonly name: string };
  /** `carries`: by whom the protocol is taken, and which: `Contour takes TCP alone`. */
  readonly 'port-for-protocol': {
    readonly number: number | undefined;
    readonly service: string;
    readonly protocol: Protocol;
    readonly carrier: Carrier;
  };
  readonly 'switches-selector': Nothing;
  readonly 'only-port': Nothing;
  readonly 'port-for-other-than': { readonly protocol: string };
  readonly 'service-leads-to-controller': { readonly service: string };
  readonly 'controller-on-node': Nothing;
  readonly redirects: Nothing;
  readonly responds: { readonly status: unknown };
  readonly aborts: { readonly status: unknown };
  readonly 'no-backend': Nothing;
  readonly 'no-share': Nothing;
}

/** Who takes one protocol of transport and no other. */
export type Carrier =
  | { readonly is: 'contour' | 'istio' }
  | { readonly is: 'route'; readonly kind: string; readonly carries: Protocol };

export const BACKEND_PROOFS: Wordings<BackendProofs> = {
  'no-name': () => 'the backend names no Service',
  'no-such-port': ({ service }) => `Service ${service} has no such port`,
  'kind-no-backend': ({ kind }) => `${withArticle(kind ?? 'resource')} cannot be a backend`,
  'takes-over': ({ kind, name }) => `${kind} ${name} takes over`,
  'port-for-protocol': ({ number, service, protocol, carrier }) =>
    `port ${number} of Service ${service} is one for ${protocol}, and ${wordCarrier(carrier)}`,
  'switches-selector': () => 'the Rollout switches the selector of this Service',
  'only-port': () => 'it names the Service, which has one port',
  'port-for-other-than': ({ protocol }) => `the Service has this port for another protocol than ${protocol}`,
  'service-leads-to-controller': ({ service }) => `Service ${service} leads to this port of the controller`,
  'controller-on-node': () => 'the controller opens this port on its node',
  redirects: () => 'the route answers by itself, with a redirect',
  responds: ({ status }) => `the route answers by itself${status === undefined ? '' : `, with ${status}`}`,
  aborts: ({ status }) =>
    `a fault that is injected answers every request${status === undefined ? '' : ` with ${status}`}`,
  'no-backend': () => 'the rule has no backend, and nothing that answers',
  'no-share': () => 'no backend of the rule has a share of its traffic: each has weight 0',
};

function wordCarrier(carrier: Carrier): string {
  switch (carrier.is) {
    case 'contour':
      return 'Contour takes TCP alone';
    case 'istio':
      return 'Istio carries TCP';
    case 'route':
      return `${withArticle(carrier.kind)} carries ${carrier.carries}`;
  }
}
