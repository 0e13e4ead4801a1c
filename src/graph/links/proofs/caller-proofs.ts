import type { Nothing, Wordings } from '../../../process/listeners/doubts/wording.ts';
import type { Named } from '../lacks/lack.ts';

/** What proves policies, clients, monitors and webhooks, or that they mean nothing. */
export interface CallerProofs {
  readonly 'sent-by-service': { readonly service: string };
  readonly 'no-port-of-policy': { readonly workload: Named; readonly name: string };
  /** `own`: where the traffic of the Service arrives. */
  readonly 'service-port-of-policy': {
    readonly number: number | undefined;
    readonly service: string;
    readonly own: number;
  };
  readonly 'dialled-directly': Nothing;
  readonly 'port-of-other-protocol': { readonly service: string; readonly number: number };
  readonly 'scrapes-declared': Nothing;
  readonly 'scrapes-service': Nothing;
  readonly 'service-port-of-name': Nothing;
  readonly 'endpoint-port-of-name': Nothing;
  readonly 'no-service-port-of-name': { readonly service: string };
  readonly 'no-port-to-scrape': { readonly workload: Named };
  readonly 'no-tcp-port': { readonly service: string; readonly port: unknown };
}

export const CALLER_PROOFS: Wordings<CallerProofs> = {
  'sent-by-service': ({ service }) => `Service ${service} sends traffic to this port`,
  'no-port-of-policy': ({ workload, name }) =>
    `no container of ${workload.kind} ${workload.name} declares a port ${name}`,
  'service-port-of-policy': ({ number, service, own }) =>
    `${number} is a port of Service ${service}, whose traffic arrives at the Pods on ${own}`,
  'dialled-directly': () => 'the Pods listen on this port, and are dialled directly',
  'port-of-other-protocol': ({ service, number }) =>
    `Service ${service} has port ${number} for another protocol only`,
  'scrapes-declared': () => 'without a port every declared port is scraped',
  'scrapes-service': () => 'without port and targetPort every port is scraped',
  'service-port-of-name': () => 'the Service has a port of this name',
  'endpoint-port-of-name': () => 'the endpoints of the Service have a port of this name',
  'no-service-port-of-name': ({ service }) => `no port of Service ${service} has this name`,
  'no-port-to-scrape': ({ workload }) =>
    `no container of ${workload.kind} ${workload.name} declares it, so Prometheus finds no such port`,
  'no-tcp-port': ({ service, port }) => `Service ${service} has no TCP port ${port}`,
};
