import type { WebhookLink } from '../graph/links/caller-links.ts';
import type { PortGraph } from '../graph/links/port-graph.ts';
import { DEFAULT_WEBHOOK_PORT } from '../graph/webhooks/resolve.ts';
import { roleOfName } from '../knowledge/port-role.ts';
import { describe, qualify } from '../model/describe.ts';
import type { Service, ServicePort } from '../model/model.ts';
import { renumberServicePort } from '../model/port-edits.ts';
import { isPortNumber, portNumber } from '../model/ports.ts';
import { protocolOf } from '../model/protocol.ts';
import { portsElsewhere } from '../questions/services/ports-elsewhere.ts';
import { insertField } from '../text/insert-field.ts';
import { nearest } from '../text/suggest.ts';
import { defineRule, type Fix, type Label, type Report, type Rule } from './rule.ts';

const undefinedWebhookPort: Rule = defineRule({
  id: 'undefined-webhook-port',
  severity: 'error',
  summary: 'The API server is told to call a Service, or a port of it, that is not there.',

  *check(graph) {
    for (const link of graph.webhooks) {
      if (link.state !== 'broken') continue;
      if (link.fault === 'no-service') yield noService(graph, link);
      else if (link.service && isPort(link)) yield noPort(graph, link, link.service);
    }
  },
});

/** What is no number, or none from 1 to 65535, is refused before anything is called. */
const isPort = ({ reference: { port } }: WebhookLink): boolean =>
  port === undefined || (typeof port.value === 'number' && isPortNumber(port.value));

const callerOf = ({ reference, webhook }: WebhookLink): string => `${reference.caller}${describe(webhook)}`;

function noPort(graph: PortGraph, link: WebhookLink, service: Service): Report {
  const { reference, webhook, from } = link;
  const number = portNumber(reference.port) ?? DEFAULT_WEBHOOK_PORT;
  const elsewhere = portsElsewhere(graph, number, service);
  const meant = meantBy(graph, service, number, elsewhere.sibling !== undefined);
  const own = meant && portNumber(meant.port);
  const isDefault = reference.port === undefined;
  return {
    message: `${callerOf(link)} calls ${describe(service)} on port ${number}${isDefault ? ', as none is said,' : ','} which the Service does not have`,
    resources: [webhook, service],
    field: `${from.field}.port`,
    link,
    labels: [
      {
        at: (reference.port ?? reference.name).at,
        message: isDefault
          ? `without a port, ${number} is called`
          : 'no TCP port of the Service has this number',
      },
      ...portsOf(service, meant),
    ],
    notes: [
      ...(meant && own !== number && meant.targetPort?.value === number
        ? [`${number} is the targetPort: the API server dials the Service, never its Pods`]
        : []),
      consequenceOf(link),
    ],
    help: [...elsewhere.says, ...(own === undefined ? advice(graph, service, number) : [])],
    fixes:
      own === undefined
        ? []
        : [
            callPort(link, own),
            ...renumberServicePort(meant!, number).map((one): Fix => ({ ...one, applicability: 'unsafe' })),
          ],
  };
}

/** The port that sends to the wanted number, or the only one that there is. */
function meantBy(
  graph: PortGraph,
  service: Service,
  number: number,
  isSiblings: boolean,
): ServicePort | undefined {
  const ports = service.ports.filter(({ protocol }) => protocolOf(protocol) === 'TCP');
  const behind = graph.targetPortsOf(service).find((target) => target.number === number)?.servicePort;
  return (
    behind ??
    ports.find(({ targetPort }) => targetPort?.value === number) ??
    (ports.length === 1 && !isSiblings && !isForOthers(graph, service) ? ports[0] : undefined)
  );
}

/** Whether the Pods call the port behind a Service's only one something else than that of a webhook. */
function isForOthers(graph: PortGraph, service: Service): boolean {
  const roles = graph
    .targetPortsOf(service)
    .flatMap(({ declared }) => (declared?.name && roleOfName(declared.name.value)) ?? []);
  return roles.some((role) => role !== 'https' && role !== 'web');
}

/** The container port that is called for it. */
function advice(graph: PortGraph, service: Service, number: number): string[] {
  const ports = graph
    .targetPortsOf(service)
    .flatMap(({ workload }) => workload.template.containers.flatMap((one) => one.ports));
  const own = ports.find(({ name }) => name && /webhook/.test(name.value));
  return own?.name
    ? [`give ${describe(service)} a port ${number} whose targetPort is \`${own.name.value}\``]
    : [];
}

function portsOf({ ports, nameAt }: Service, meant: ServicePort | undefined): Label[] {
  if (ports.length === 0) return [{ at: nameAt, message: 'a Service without ports' }];
  return (meant ? [meant] : ports.slice(0, 4)).map(({ port, protocol, at }) => ({
    at: (port ?? { at }).at,
    message: `a ${protocolOf(protocol)} port of the Service`,
  }));
}

function callPort({ reference: { port, name, at } }: WebhookLink, number: number): Fix {
  return {
    title: `call port ${number}`,
    applicability: 'unsafe',
    edits: [port ? { at: port.at, text: String(number) } : insertField(at, 'port', String(number), name)],
  };
}

function noService({ model }: PortGraph, link: WebhookLink): Report {
  const { reference, webhook, from } = link;
  const { name, namespace } = reference;
  const here = model.servicesIn(namespace.value).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const [near] = nearest(
    name.value,
    here.map((one) => one.name),
  );
  const meant = here.find((one) => one.name === near);
  return {
    message: `${callerOf(link)} calls Service \`${qualify(namespace.value, name.value)}\`, which namespace \`${namespace.value}\` does not have`,
    resources: meant ? [webhook, meant] : [webhook],
    field: `${from.field}.name`,
    link,
    labels: [
      { at: name.at, message: `no Service of namespace \`${namespace.value}\` has this name` },
      ...(meant ? [{ at: meant.nameAt, message: 'the nearest name' }] : []),
    ],
    notes: [consequenceOf(link)],
    fixes:
      near === undefined
        ? []
        : [
            {
              title: `call Service \`${near}\``,
              applicability: 'unsafe',
              edits: [{ at: name.at, text: near }],
            },
          ],
  };
}

function consequenceOf({ webhook }: WebhookLink): string {
  switch (webhook.kind) {
    case 'APIService':
      return 'the API group that it serves is unavailable: `kubectl get apiservices` shows FailedDiscoveryCheck or MissingEndpoints';
    case 'CustomResourceDefinition':
      return 'no object of this kind can be read or written in a version that needs conversion: the API server answers `conversion webhook failed`';
    default:
      return 'every request that it is for is refused with `failed calling webhook`, unless its failurePolicy is Ignore; then its checks never run';
  }
}

export default undefinedWebhookPort;
