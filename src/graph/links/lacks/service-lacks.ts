import type { Nothing } from '../../../process/listeners/doubts/wording.ts';
import { withArticle } from '../../../text/article.ts';
import type { Bundle } from '../../../text/source.ts';
import { lack, type Named, type WantedObject, type Wordings } from './lack.ts';

interface Absent {
  /** The Service that a name asks for. */
  readonly object: WantedObject & { readonly name: string };
}

/** What the name of a Service, its selector and its ports can lack. */
export interface ServiceLacks {
  readonly 'service-outside': Absent;
  readonly 'service-elsewhere': Absent & { readonly bundle: Pick<Bundle, 'kind' | 'path'> };
  readonly 'service-of-knative': Absent;
  readonly 'service-of-operator': Absent & { readonly maker: string; readonly besides: string };
  readonly 'service-installed': Absent;
  readonly 'services-of-namespace': Absent;
  readonly 'namespace-unsaid': Absent & { readonly which: Named; readonly where: string };
  readonly service: Absent;
  readonly 'pods-of-selector': { readonly object: WantedObject };
  readonly 'endpoints-outside': Nothing;
  readonly 'external-name': Nothing;
  readonly endpoints: Nothing;
  readonly 'endpoints-unfilled': Nothing;
  readonly headless: Nothing;
}

export const SERVICE_LACKS: Wordings<ServiceLacks> = {
  'service-outside': lack(
    'object',
    ({ object }) =>
      `the configuration says that Service ${object.name} of namespace ${object.namespace} lives outside the input`,
  ),
  'service-elsewhere': lack(
    'object',
    ({ object, bundle }) =>
      `${bundle.kind} ${bundle.path} of the input has Service ${object.name}, and nothing says that it is applied along; both applied together would prove it`,
  ),
  'service-of-knative': lack(
    'object',
    ({ object }) =>
      `Knative makes Service ${object.name} for its own Service of that name; what it looks like, the cluster would prove`,
  ),
  'service-of-operator': lack(
    'object',
    ({ object, maker, besides }) =>
      `${withArticle(maker)} beside the ${besides} may make Service ${object.name}; the Services of the cluster would prove it`,
  ),
  'service-installed': lack(
    'object',
    ({ object }) =>
      `an installer makes Service ${object.name} of namespace ${object.namespace}; what it looks like, the cluster would prove`,
  ),
  'services-of-namespace': lack(
    'object',
    ({ object }) =>
      `the input has no Service of namespace ${object.namespace}; the manifest of Service ${object.name} would prove it`,
  ),
  'namespace-unsaid': lack(
    'object',
    ({ which, where }) =>
      `${which.kind} ${which.name} says no namespace, and may be applied to ${where}; the namespace it is applied to would prove it`,
  ),
  service: lack(
    'object',
    ({ object }) =>
      `the input has other Services of namespace ${object.namespace}, and nothing that was meant to be ${object.name}; its manifest would prove it`,
  ),
  'pods-of-selector': lack(
    'object',
    () => `no Pod template of the input matches; the Pods' labels would prove it`,
  ),
  'endpoints-outside': lack(
    'observation',
    () => 'the configuration says that this Service lives outside the input',
  ),
  'external-name': lack(
    'observation',
    () => 'an ExternalName leads out of the cluster; a connection would prove it',
  ),
  endpoints: lack(
    'observation',
    () => 'the Service has no selector; its Endpoints or EndpointSlice would prove it',
  ),
  'endpoints-unfilled': lack(
    'observation',
    () =>
      'the endpoints are empty in the input, and are filled by a program while it runs; the Endpoints of the cluster would prove it',
  ),
  headless: lack(
    'observation',
    () =>
      'a headless Service forwards nothing: clients dial its Pods at a port that they know; an open socket would prove it',
  ),
};
