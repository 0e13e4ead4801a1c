import type { Nothing } from '../../../process/listeners/doubts/wording.ts';
import { lack, type Named, type WantedObject, type Wordings } from './lack.ts';

/** What policies, clients, monitors and webhooks can lack. */
export interface CallerLacks {
  readonly 'port-of-policy': { readonly workload: Named };
  readonly 'own-address': Nothing;
  readonly 'address-without-port': Nothing;
  readonly 'dialled-directly': { readonly service: string; readonly number: number };
  readonly 'external-name-of-webhook': Nothing;
  readonly 'selected-pods': { readonly object: WantedObject };
  readonly 'selected-services': { readonly object: WantedObject };
  readonly 'others-selected': { readonly object: WantedObject };
  readonly 'service-beside-input': { readonly object: WantedObject; readonly service: string };
  readonly 'pods-of-service': { readonly object: WantedObject; readonly service: string };
  readonly 'prober-service': { readonly object: WantedObject };
  readonly 'past-ports': Nothing;
  readonly pattern: Nothing;
  readonly 'scrape-configuration': { readonly port: string };
  readonly 'scraped-service-port': { readonly number: number };
  readonly 'scraped-undeclared': { readonly workload: Named; readonly number: number };
}

export const CALLER_LACKS: Wordings<CallerLacks> = {
  'port-of-policy': lack(
    'observation',
    ({ workload }) =>
      `${workload.kind} ${workload.name} declares no such port; a log line or an open socket would prove it`,
  ),
  'own-address': lack(
    'observation',
    () => 'the Service selects this workload, so the address may be the one that it listens on',
  ),
  'address-without-port': lack(
    'observation',
    () => 'a program may put a port of its own behind an address without one; a connection would prove it',
  ),
  'dialled-directly': lack(
    'observation',
    ({ service, number }) =>
      `the Pods behind Service ${service} are dialled directly; an open socket ${number} of theirs would prove it`,
  ),
  'external-name-of-webhook': lack(
    'observation',
    () => 'an ExternalName is dialled as it is; a connection would prove it',
  ),
  'selected-pods': lack(
    'object',
    () => 'no Pod template of the input has the labels that it selects; one would prove it',
  ),
  'selected-services': lack(
    'object',
    () => 'no Service of the input has the labels that it selects; the manifest of one would prove it',
  ),
  'others-selected': lack(
    'object',
    () => 'it selects without saying a namespace or a label, and others that it selects may have the port',
  ),
  'service-beside-input': lack(
    'object',
    ({ service }) =>
      `the input has no Pods of Service ${service}, and whoever makes them may make a Service with this port; the Services of the cluster would prove it`,
  ),
  'pods-of-service': lack(
    'object',
    ({ service }) => `Service ${service} selects no Pods of the input; their manifest would prove it`,
  ),
  'prober-service': lack(
    'object',
    ({ object }) =>
      `Service ${object.name} of namespace ${object.namespace} is not in the input; its manifest would prove it`,
  ),
  'past-ports': lack(
    'observation',
    () => 'the name leads past the ports of the Service; a connection would prove it',
  ),
  pattern: lack('operator', () => 'the regular expression is not followed; a scrape would prove it'),
  'scrape-configuration': lack(
    'operator',
    ({ port }) =>
      `the usual scrape configuration takes a number, and passes over ${port}; that of this Prometheus would prove it`,
  ),
  'scraped-service-port': lack(
    'observation',
    ({ number }) =>
      `${number} is the port of the Service, and its Pods are scraped on their own; an open socket would prove it`,
  ),
  'scraped-undeclared': lack(
    'observation',
    ({ workload, number }) =>
      `${workload.kind} ${workload.name} declares no port ${number}; a log line or an open socket would prove it`,
  ),
};
