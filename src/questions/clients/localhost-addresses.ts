import { addressesInFile, addressesInValue } from '../../graph/clients/addresses.ts';
import { NOT_DIALLED } from '../../graph/clients/names.ts';
import { pairsIn } from '../../graph/clients/pairs.ts';
import { placeWithin } from '../../graph/clients/place.ts';
import { portOfScheme } from '../../graph/clients/ports-of-schemes.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import { areApart } from '../../model/apart.ts';
import { LARGEST_VALUE } from '../../model/largest-object.ts';
import type { Container, Service, ServicePort, Workload } from '../../model/model.ts';
import { portNumber } from '../../model/ports.ts';
import { groupBy } from '../../model/resource-set.ts';
import { Located, type Location } from '../../text/source.ts';
import { LOOPBACK_HINT, mayHold } from '../processes/may-hold.ts';

/** An address on localhost where nothing listens, and the Service that was meant. */
export interface LocalhostAddress {
  readonly workload: Workload;
  readonly container: Container;
  /** The name of the variable, or the argument's place. */
  readonly setting: string;
  readonly at: Location;
  /** Where a person would say it is: `env`, `Secret shop/keys`. */
  readonly from: string;
  readonly secret: boolean;
  readonly number: number;
  readonly service: Service;
  readonly servicePort: ServicePort;
}

const LOCALHOST = /^(?:localhost|127(?:\.\d{1,3}){3}|ip6-localhost)$/;
/** What browsers and people are told, and what a process tells of itself: no container dials it. */
const FOR_OTHERS =
  /PUBLIC|EXTERNAL|FRONT_?END|CLIENT_URL|NEXTAUTH|(^|_)(APP|BASE|ROOT|SITE|WEB|UI|HOME|SELF|SERVER)_?(URL|URI|ADDR|ADDRESS|HOST)|PROBE|HEALTH|PPROF|DEBUG|METRICS/i;
/** A bare `host:port` may as well be one to listen on. */
const DIALLED =
  /URL|URI|ENDPOINT|UPSTREAM|BROKER|BOOTSTRAP|SERVERS|DSN|CONNECTION|TARGET|BACKEND|REMOTE|DATABASE|REDIS|MONGO|POSTGRES|MYSQL|KAFKA|AMQP|MEMCACHE/i;
/** Ports that so many programs have that a number alone tells nobody apart. */
const COMMON: ReadonlySet<number> = new Set([80, 443, 3000, 5000, 8000, 8080, 8081, 8443, 9000, 9090]);
/** Annotations by which another container is put into the Pod. */
const INJECTED = /inject|dapr\.io|sidecar|vault\.hashicorp/;

type Dialled = Pick<LocalhostAddress, 'setting' | 'at' | 'from' | 'secret' | 'number'>;

export function* localhostAddresses(graph: PortGraph): Generator<LocalhostAddress> {
  const byPort = groupBy(
    graph.model.services.flatMap((service) =>
      service.ports.map((servicePort) => ({ service, servicePort, number: portNumber(servicePort.port) })),
    ),
    ({ number }) => number,
  );
  const selecting = groupBy(graph.targetPorts, ({ workload }) => workload);
  for (const workload of graph.model.workloads) {
    if (
      workload.template.hostNetwork ||
      [...workload.template.annotations.keys()].some((key) => INJECTED.test(key))
    ) {
      continue;
    }
    const own = new Set((selecting.get(workload) ?? []).map(({ service }) => service));
    const told = new Set<string>();
    for (const container of workload.template.containers) {
      for (const dialled of addressesOf(workload, container, graph)) {
        const { number, setting } = dialled;
        if (told.has(`${setting}\0${number}`) || mayListen(workload, number, graph)) continue;
        const meant = (byPort.get(number) ?? [])
          .filter(({ service }) => !own.has(service) && !areApart(workload, service))
          .filter(({ service }) => !COMMON.has(number) || isNamed(setting, service))
          .toSorted((a, b) => rank(a.service, workload) - rank(b.service, workload))[0];
        if (!meant) continue;
        told.add(`${setting}\0${number}`);
        yield { workload, container, ...dialled, service: meant.service, servicePort: meant.servicePort };
      }
    }
  }
}

const rank = ({ namespace }: Service, workload: Workload): number =>
  namespace === workload.namespace ? 0 : 1;

/** `CATALOGUE_URL` and Service catalogue. */
const isNamed = (setting: string, { name }: Service): boolean => {
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  return plain(setting).includes(plain(name.replace(/-(?:service|svc)$/, '')));
};

/** Another container of which nothing is known may, as may the program itself where it declares the port. */
function mayListen(workload: Workload, number: number, { processOf }: PortGraph): boolean {
  const staying = workload.template.containers.filter(({ role }) => role !== 'init');
  return staying.some((container) => {
    const { complete, listeners, possible, missing } = processOf(workload, container);
    return (
      container.ports.some((port) => portNumber(port.number) === number) ||
      [...listeners, ...possible].some(({ port }) => port === number) ||
      (staying.length > 1 && !complete && missing.length > 0)
    );
  });
}

function* addressesOf(workload: Workload, container: Container, graph: PortGraph): Generator<Dialled> {
  if (mayHold(graph.model, workload, container, LOOPBACK_HINT))
    yield* inVariables(workload, container, graph);
  yield* inWords(container);
  yield* inFiles(workload, container, graph);
}

function* inVariables(workload: Workload, container: Container, graph: PortGraph): Generator<Dialled> {
  const { variables } = graph.environmentOf(workload, container);
  for (const { name, value = '', at, from, secret } of variables.values()) {
    if (!at || value.length > LARGEST_VALUE || NOT_DIALLED.test(name) || FOR_OTHERS.test(name)) continue;
    for (const { host, port, scheme, form } of addressesInValue(value)) {
      const number = port ?? portOfScheme(scheme)?.port;
      if (number === undefined || !LOCALHOST.test(host) || (form !== 'sure' && !DIALLED.test(name))) continue;
      yield { setting: name, at, from, secret, number };
    }
  }
  const values = new Map(
    Array.from(variables.values(), ({ name, value = '', at }) => [
      name,
      new Located(value, at.source, at.start, at.end),
    ]),
  );
  for (const { prefix, host, port } of pairsIn(values)) {
    const number = Number(port.value);
    const { from, secret } = variables.get(`${prefix}PORT`) ?? { from: 'env', secret: false };
    const isOwn = prefix === '' || NOT_DIALLED.test(prefix) || FOR_OTHERS.test(`${prefix}HOST`);
    if (LOCALHOST.test(host.value.toLowerCase()) && !isOwn) {
      const setting = [...variables.keys()].find((name) => values.get(name) === host) ?? prefix;
      yield { setting, at: host.at, from, secret, number };
    }
  }
}

function* inWords(container: Container): Generator<Dialled> {
  for (const [list, words] of [
    ['command', container.command ?? []],
    ['args', container.args ?? []],
  ] as const) {
    for (const [index, word] of words.entries()) {
      const flag = /^--?([\w.-]+)/.exec(word.value)?.[1] ?? words[index - 1]?.value ?? '';
      if (!word.value.includes('://') || NOT_DIALLED.test(flag) || FOR_OTHERS.test(flag.replaceAll('-', '_')))
        continue;
      for (const { host, port } of addressesInValue(word.value)) {
        if (port === undefined || !LOCALHOST.test(host)) continue;
        yield {
          setting: flag || list,
          at: word.at,
          from: `${list} of container ${container.name}`,
          secret: false,
          number: port,
        };
      }
    }
  }
}

/** URLs in the files that ConfigMaps and Secrets put into the container. */
function* inFiles(
  { namespace, template }: Workload,
  container: Container,
  { model }: PortGraph,
): Generator<Dialled> {
  for (const { volume: name } of container.mounts) {
    const volume = template.volumes.find((one) => one.name === name);
    for (const { kind, name: object } of volume?.sources ?? []) {
      const holder =
        kind === 'ConfigMap'
          ? model.configMap(namespace, object)
          : kind === 'Secret'
            ? model.secret(namespace, object)
            : undefined;
      for (const [key, text] of holder?.data ?? []) {
        if (
          text.value.length > LARGEST_VALUE ||
          !text.value.includes('://') ||
          !LOOPBACK_HINT.test(text.value)
        )
          continue;
        for (const { host, port, form, start, end } of addressesInFile(text.value)) {
          if (form !== 'sure' || port === undefined || !LOCALHOST.test(host)) continue;
          yield {
            setting: key,
            at: placeWithin(text, start, end).at,
            from: `${kind} ${namespace}/${object}`,
            secret: kind === 'Secret',
            number: port,
          };
        }
      }
    }
  }
}
