import type { Nothing, Wordings } from '../../../process/listeners/doubts/wording.ts';
import type { Named } from '../lacks/lack.ts';

/** What proves hostPorts and nodePorts, or that they cannot be had. */
export interface NodeProofs {
  readonly 'forwarded-to-pod': Nothing;
  readonly 'host-network': Nothing;
  readonly 'host-port-taken': { readonly rival: Named };
  readonly 'forwarded-to-service': Nothing;
  readonly 'node-port-of-cluster-ip': Nothing;
  readonly 'node-port-out-of-range': { readonly first: number; readonly last: number };
  readonly 'node-port-taken': Nothing;
}

export const NODE_PROOFS: Wordings<NodeProofs> = {
  'forwarded-to-pod': () => 'the node forwards this port to the Pod',
  'host-network': () => 'with hostNetwork the hostPort must equal the containerPort',
  'host-port-taken': ({ rival }) =>
    `${rival.kind} ${rival.name} takes the same port of every node that it runs on`,
  'forwarded-to-service': () => 'every node forwards this port to the Service',
  'node-port-of-cluster-ip': () => 'a Service of type ClusterIP may not have a nodePort',
  'node-port-out-of-range': ({ first, last }) =>
    `a nodePort is a number from ${first} to ${last} unless the cluster is set up otherwise`,
  'node-port-taken': () => 'a nodePort can be given to one Service port only',
};
