import { placeWithin } from '../../graph/clients/place.ts';
import type { ClientLink } from '../../graph/links/caller-links.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { Container, Service, Workload } from '../../model/model.ts';
import { holds } from '../../process/environment/variables.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Location } from '../../text/source.ts';
import { LOOPBACK_HINT, mayHold } from '../processes/may-hold.ts';
import { mountedTexts } from '../processes/mounted-texts.ts';
import { settingsInFile } from '../processes/settings-in-file.ts';
import { LOCALHOST } from './localhost-dialled.ts';
import { wordsByName } from './words-by-name.ts';

/** A program that tells those who dial it to come back to localhost. */
export interface AdvertisedLocalhost {
  readonly workload: Workload;
  readonly container: Container;
  readonly service: Service;
  /** Who dials the Service. */
  readonly client: ClientLink;
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
const HINT = /advertise|announce|broadcast/i;

/** Of each container behind a Service that other Pods of the input dial, the first setting. */
export function* advertisedLocalhost(graph: PortGraph): Generator<AdvertisedLocalhost> {
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
        const [found] = saidBy(graph, workload, container).flatMap((said) => {
          const host = localhostIn(said.value, portsOf(graph, service, workload, client));
          return host === undefined ? [] : [{ setting: said.setting, at: said.at, host }];
        });
        if (!found) continue;
        told.add(container);
        yield { workload, container, service, client, ...found };
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

function saidBy(graph: PortGraph, workload: Workload, container: Container): Said[] {
  const isMeant = ({ setting, value }: Said): boolean =>
    HINT.test(setting) &&
    LOOPBACK_HINT.test(value) &&
    ADVERTISES.test(setting.toLowerCase().replace(/^-+/, '').replace(/[_-]/g, '.'));
  return [
    ...inVariables(graph, workload, container),
    ...wordsByName(container).map(({ name, value }) => ({ setting: name, value: value.value, at: value.at })),
    ...inFiles(graph, workload, container),
  ].filter(isMeant);
}

function inVariables(graph: PortGraph, workload: Workload, container: Container): Said[] {
  if (!mayHold(graph.model, workload, container, LOOPBACK_HINT)) return [];
  return graph
    .environmentOf(workload, container)
    .variables.where(holds(LOOPBACK_HINT))
    .flatMap(({ name, value, at, secret }) => (at && value && !secret ? [{ setting: name, value, at }] : []));
}

const inFiles = (graph: PortGraph, workload: Workload, container: Container): Said[] =>
  [...mountedTexts(workload, container, graph)].flatMap(({ text, kind }) =>
    kind === 'Secret' || !HINT.test(text.value) || !LOOPBACK_HINT.test(text.value)
      ? []
      : [...settingsInFile(text.value)].map(({ key, value, start, end }) => ({
          setting: key,
          value,
          at: placeWithin(text, start, end).at,
        })),
  );
