import { placeWithin } from '../../graph/clients/place.ts';
import type { ClientLink } from '../../graph/links/caller-links.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { Container, Service, Workload } from '../../model/model.ts';
import { holds } from '../../process/environment/variables.ts';
import { addressesInValue } from '../../text/addresses/addresses.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Location } from '../../text/source.ts';
import { LOOPBACK_HINT, mayHold } from '../processes/may-hold.ts';
import { mountedTexts } from '../processes/mounted-texts.ts';
import { nameOf, settingsInFile } from '../processes/settings-in-file.ts';
import { LOCALHOST } from './localhost-dialled.ts';
import { wordsByName, wordsHold } from './words-by-name.ts';

/** A program that tells others to come to localhost for it. */
export type AdvertisedLocalhost = Advertised &
  (
    | {
        readonly to: 'clients';
        readonly service: Service /** Who dials the Service. */;
        readonly client: ClientLink;
      }
    | { readonly to: 'members' }
    | { readonly to: 'registry' /** The host that it registers at. */; readonly registry: string }
  );

interface Advertised {
  readonly workload: Workload;
  readonly container: Container;
  /** `KAFKA_ADVERTISED_LISTENERS`. */
  readonly setting: string;
  readonly at: Location;
  readonly host: string;
}

interface Said {
  readonly setting: string;
  readonly value: string;
  readonly at: Location;
}

/**
 * Settings by which clients are told where to come back to, as variables, flags and files have them: of Kafka and
 * Redpanda (metadata of brokers), Redis (MOVED), Cassandra (system.local), Pulsar (lookups).
 */
const ADVERTISES =
  /(?:^|\.)(?:advertised\.(?:listeners|host\.name)|advertise\.kafka\.addr|advertisedaddress|cluster\.announce\.(?:ip|hostname)|replica\.announce\.ip|broadcast\.rpc\.address)$/;
/** A rough sieve, as a name is put into one form only where it may be meant. */
const HINT = /advertise|announce|broadcast|publish|eureka/i;

/**
 * What members of Elasticsearch and OpenSearch tell one another (docs: Advanced network settings), and what others get
 * from a Eureka server (EurekaInstanceConfigBean of spring-cloud-netflix).
 */
const TOLD_TO_OTHERS =
  /(?:^|\.)(?:(?:network|transport)\.publish\.host|eureka\.instance\.(?:hostname|ip\.?address))$/;
const REGISTRY = /(?:^|\.)eureka\.client\.service\.?url\.default\.?zone$/;
/** By these it enters as an address that it finds itself, or not at all. */
const BY_ADDRESS = /(?:^|\.)eureka\.instance\.prefer\.?ip\.?address$/;
const REGISTERS = /(?:^|\.)eureka\.client\.register\.?with\.?eureka$/;

/** What values hold; the same patterns for all containers. */
const YES = /true/i;
const NO = /false/i;
const URL_HINT = /:\/\//;

/** Of each container, the first setting that leads others to localhost. */
export function* advertisedLocalhost(graph: PortGraph): Generator<AdvertisedLocalhost> {
  yield* toClients(graph);
  yield* toOthers(graph);
}

/** Containers of which nobody need be seen to dial them: others get their addresses from one another or a registry. */
function* toOthers(graph: PortGraph): Generator<AdvertisedLocalhost> {
  for (const workload of graph.model.workloads) {
    for (const container of workload.template.containers) {
      const [found] = saidBy(graph, workload, container, TOLD_TO_OTHERS).filter(({ value }) =>
        LOCALHOST.test(value),
      );
      if (!found) continue;
      const at = { workload, container, ...foundAs(found) };
      if (!/eureka/i.test(found.setting)) {
        if (Number(workload.replicas?.value) > 1) yield { to: 'members', ...at };
        continue;
      }
      const registry = registryOf(graph, workload, container);
      if (registry !== undefined) yield { to: 'registry', registry, ...at };
    }
  }
}

/** Where a container enters under its host name; undefined where it enters under its address, or not at all. */
function registryOf(graph: PortGraph, workload: Workload, container: Container): string | undefined {
  const says = (names: RegExp, values: RegExp): Said[] => saidBy(graph, workload, container, names, values);
  if (says(BY_ADDRESS, YES).length > 0 || says(REGISTERS, NO).length > 0) return undefined;
  return says(REGISTRY, URL_HINT)
    .flatMap(({ value }) => addressesInValue(value))
    .find(({ host }) => !LOCALHOST.test(host))?.host;
}

const foundAs = ({ setting, value, at }: Said): Pick<AdvertisedLocalhost, 'setting' | 'host' | 'at'> => ({
  setting,
  host: value,
  at,
});

/** Of each container behind a Service that other Pods of the input dial, the first setting. */
function* toClients(graph: PortGraph): Generator<AdvertisedLocalhost> {
  const dialling = groupBy(
    graph.clients.filter(({ service, state }) => service && state !== 'broken'),
    ({ service }) => service!,
  );
  const told = new Set<Container>();
  for (const [service, clients] of dialling) {
    for (const workload of graph.workloadsOf(service)) {
      const client = clients.find((one) => one.client !== workload);
      if (!client) continue;
      for (const container of workload.template.containers) {
        if (told.has(container)) continue;
        const [found] = saidBy(graph, workload, container, ADVERTISES).flatMap((said) => {
          const host = localhostIn(said.value, portsOf(graph, service, workload, client));
          return host === undefined ? [] : [{ setting: said.setting, at: said.at, host }];
        });
        if (!found) continue;
        told.add(container);
        yield { to: 'clients', workload, container, service, client, ...found };
      }
    }
  }
}

/** The number that is dialled, and those of the Pod behind it. */
function portsOf(
  graph: PortGraph,
  service: Service,
  workload: Workload,
  { number, servicePort }: ClientLink,
): ReadonlySet<number | undefined> {
  const behind = graph
    .targetPortsOf(service)
    .filter((link) => link.workload === workload && (!servicePort || link.servicePort === servicePort));
  return new Set([number, ...behind.map((link) => link.number)]);
}

/** `INSIDE://kafka:9092,OUTSIDE://localhost:9094`: the listener that is dialled counts; a host alone counts for all. */
function localhostIn(value: string, dialled: ReadonlySet<number | undefined>): string | undefined {
  for (const one of value.split(',')) {
    const address = one.trim().replace(/^[\w-]+:\/\//, '');
    const [, port] = /:(\d{1,5})$/.exec(address) ?? [];
    const host = port === undefined ? address : address.slice(0, -port.length - 1);
    if (LOCALHOST.test(host) && (port === undefined || dialled.has(Number(port)))) return host;
  }
  return undefined;
}

function saidBy(
  graph: PortGraph,
  workload: Workload,
  container: Container,
  names: RegExp,
  values: RegExp = LOOPBACK_HINT,
): Said[] {
  const isMeant = ({ setting, value }: Said): boolean =>
    HINT.test(setting) &&
    values.test(value) &&
    names.test(setting.toLowerCase().replace(/^-+/, '').replace(/[_-]/g, '.'));
  return [
    ...inVariables(graph, workload, container, values),
    ...(wordsHold(container, values) ? wordsByName(container) : []).map(({ name, value }) => ({
      setting: name,
      value: value.value,
      at: value.at,
    })),
    ...inFiles(graph, workload, container, values),
  ].filter(isMeant);
}

function inVariables(graph: PortGraph, workload: Workload, container: Container, values: RegExp): Said[] {
  if (!mayHold(graph.model, workload, container, values)) return [];
  return graph
    .environmentOf(workload, container)
    .variables.where(holds(values))
    .flatMap(({ name, value, at, secret }) => (at && value && !secret ? [{ setting: name, value, at }] : []));
}

const inFiles = (graph: PortGraph, workload: Workload, container: Container, values: RegExp): Said[] =>
  [...mountedTexts(workload, container, graph, values)].flatMap(({ text, kind }) =>
    kind === 'Secret' || !HINT.test(text.value)
      ? []
      : [...settingsInFile(text.value)].map((one) => ({
          setting: nameOf(one),
          value: one.value,
          at: placeWithin(text, one.start, one.end).at,
        })),
  );
