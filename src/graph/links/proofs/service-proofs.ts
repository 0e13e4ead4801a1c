import type { Protocol } from '../../../model/protocol.ts';
import type { Nothing, Wordings } from '../../../process/listeners/doubts/wording.ts';

/** What proves selectors and targetPorts, or that they meet nothing. */
export interface ServiceProofs {
  readonly 'labels-of-selector': Nothing;
  readonly 'no-labels-of-selector': { readonly namespace: string };
  readonly 'pod-port-of-name': Nothing;
  readonly 'no-pod-port-of-name': { readonly protocol: Protocol; readonly name: string };
  readonly 'no-port-number': Nothing;
  readonly 'number-undeclared': Nothing;
  readonly 'endpoint-port': Nothing;
  readonly 'port-of-other-endpoints': Nothing;
  readonly 'no-endpoint-port': Nothing;
}

export const SERVICE_PROOFS: Wordings<ServiceProofs> = {
  'labels-of-selector': () => 'the Pod template has every label of the selector',
  'no-labels-of-selector': ({ namespace }) =>
    `no Pod template of namespace ${namespace} has every label of the selector`,
  'pod-port-of-name': () => 'the Pod declares a port of this name and protocol',
  'no-pod-port-of-name': ({ protocol, name }) => `no ${protocol} port of the Pod is called ${name}`,
  'no-port-number': () => 'the Service port is no number from 1 to 65535',
  'number-undeclared': () => 'a number needs no declaration',
  'endpoint-port': () => 'name and protocol are those of the Service port',
  'port-of-other-endpoints': () => 'another set of endpoints of this Service carries the port',
  'no-endpoint-port': () => 'no port of the endpoints has the name and protocol of the Service port',
};
