import type { YamlNode } from '../../text/yaml-node.ts';
import { groupOf, type KindDecoder } from '../kind.ts';
import type { OtherResource } from '../model.ts';
import { get, mapsIn, type Reader } from '../reader.ts';
import type { ServiceClient, ServiceReference } from '../service-client.ts';
import { readMetadata } from './metadata.ts';

/** A place that may name a Service, with its path and who calls. */
interface Place {
  readonly node: YamlNode | undefined;
  readonly field: string;
  readonly caller: string;
}

/** All of these kinds belong to the whole cluster. One that calls no Service is not followed. */
const decoder =
  (kind: string, placesIn: (read: Reader, root: YamlNode) => readonly Place[]) =>
  (read: Reader, root: YamlNode): ServiceClient | OtherResource => {
    const metadata = { ...readMetadata(read, root, ''), kind, namespace: '' };
    const references = placesIn(read, root).flatMap((place) => readReference(read, place) ?? []);
    return references.length > 0
      ? { ...metadata, shape: 'service-client', references }
      : { ...metadata, shape: 'other', group: groupOf(metadata.apiVersion) };
  };

function readReference(read: Reader, { node, field, caller }: Place): ServiceReference | undefined {
  const namespace = read.string(node, 'namespace', `${field}.namespace`);
  const name = read.string(node, 'name', `${field}.name`);
  if (!node || !namespace || !name) return undefined;
  return {
    caller,
    field,
    namespace,
    name,
    port: read.integer(node, 'port', `${field}.port`),
    at: read.at(node),
  };
}

const inWebhooks = (read: Reader, root: YamlNode): Place[] =>
  mapsIn(root, 'webhooks').map((webhook, index) => {
    const field = `webhooks[${index}]`;
    const name = read.string(webhook, 'name', `${field}.name`)?.value ?? String(index);
    return {
      node: get(webhook, 'clientConfig', 'service'),
      field: `webhooks[${name}].clientConfig.service`,
      caller: `webhook \`${name}\` of `,
    };
  });

const inApi = (_: Reader, root: YamlNode): Place[] => [
  { node: get(root, 'spec', 'service'), field: 'spec.service', caller: '' },
];

const inConversion = (_: Reader, root: YamlNode): Place[] => [
  {
    node: get(root, 'spec', 'conversion', 'webhook', 'clientConfig', 'service'),
    field: 'spec.conversion.webhook.clientConfig.service',
    caller: 'the conversion webhook of ',
  },
];

const links = ['webhook'];

export const SERVICE_CLIENTS: readonly KindDecoder[] = [
  ...['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'].map((kind) => ({
    kind,
    groups: ['admissionregistration.k8s.io'],
    links,
    decode: decoder(kind, inWebhooks),
  })),
  { kind: 'APIService', groups: ['apiregistration.k8s.io'], links, decode: decoder('APIService', inApi) },
  {
    kind: 'CustomResourceDefinition',
    groups: ['apiextensions.k8s.io'],
    links,
    // A schema may have ten thousand lines, and few definitions are converted by a webhook.
    needs: 'clientConfig',
    decode: decoder('CustomResourceDefinition', inConversion),
  },
];
