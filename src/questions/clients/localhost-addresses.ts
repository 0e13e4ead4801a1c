import type { PortGraph } from '../../graph/links/port-graph.ts';
import { areApart } from '../../model/apart.ts';
import { LARGEST_VALUE } from '../../model/largest-object.ts';
import type { Container, Service, ServicePort, Workload } from '../../model/model.ts';
import { portNumber } from '../../model/ports.ts';
import type { Variable } from '../../process/environment/variables.ts';
import { addressesInValue } from '../../text/addresses/addresses.ts';
import { mayAddress, pairsIn } from '../../text/addresses/pairs.ts';
import { portOfScheme } from '../../text/addresses/ports-of-schemes.ts';
import { groupBy } from '../../text/group-by.ts';
import { Located } from '../../text/source.ts';
import { LOOPBACK_HINT, mayHold } from '../processes/may-hold.ts';
import { isForOthers, LOCALHOST, type LocalhostDialled } from './localhost-dialled.ts';
import { localhostInFiles } from './localhost-in-files.ts';
import { wordsByName, wordsHold } from './words-by-name.ts';

/** An address on localhost where nothing listens, and the Service that was meant. */
export interface LocalhostAddress extends LocalhostDialled {
  readonly workload: Workload;
  readonly container: Container;
  readonly service: Service;
  readonly servicePort: ServicePort;
}

/** A bare `host:port` may as well be one to listen on. */
const DIALLED =
  /URL|URI|ENDPOINT|UPSTREAM|BROKER|BOOTSTRAP|SERVERS|DSN|CONNECTION|TARGET|BACKEND|REMOTE|DATABASE|CACHE|QUEUE|(?:^|[_.-])DB(?:$|[_.-])|REDIS|MONGO|POSTGRES|MYSQL|KAFKA|AMQP|MEMCACHE/i;
/** Ports that so many programs have that a number alone tells nobody apart. */
const COMMON: ReadonlySet<number> = new Set([80, 443, 3000, 5000, 8000, 8080, 8081, 8443, 9000, 9090]);
/** Annotations by which another container is put into the Pod. */
const INJECTED = /inject|dapr\.io|sidecar|vault\.hashicorp/;

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
    const isAllKnown = (): boolean =>
      workload.template.containers.every(
        (container) => container.role === 'init' || graph.processOf(workload, container).complete,
      );
    for (const container of workload.template.containers) {
      for (const dialled of addressesOf(workload, container, graph)) {
        const { number, setting, isSure } = dialled;
        if (told.has(`${setting}\0${number}`) || mayListen(workload, number, graph)) continue;
        const others = (byPort.get(number) ?? []).filter(
          ({ service }) => !own.has(service) && !areApart(workload, service),
        );
        const isOnly = others.length === 1 && isAllKnown();
        const meant = others
          .filter(({ service }) => isSure || DIALLED.test(setting) || isNamed(setting, service))
          .filter(({ service }) => !COMMON.has(number) || (isOnly && isSure) || isNamed(setting, service))
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

function* addressesOf(
  workload: Workload,
  container: Container,
  graph: PortGraph,
): Generator<LocalhostDialled> {
  if (mayHold(graph.model, workload, container, LOOPBACK_HINT))
    yield* inVariables(workload, container, graph);
  yield* inWords(container);
  yield* inPairsOfWords(container);
  yield* localhostInFiles(workload, container, graph);
}

const addresses = ({ name, value = '' }: Variable): boolean => mayAddress(name, value);

function* inVariables(
  workload: Workload,
  container: Container,
  graph: PortGraph,
): Generator<LocalhostDialled> {
  const { variables } = graph.environmentOf(workload, container);
  const addressing = variables.where(addresses);
  for (const { name, value = '', at, from, secret } of addressing) {
    if (value.length > LARGEST_VALUE || isForOthers(name)) continue;
    for (const { host, port, scheme, form } of addressesInValue(value)) {
      const number = port ?? portOfScheme(scheme)?.port;
      if (number === undefined || !LOCALHOST.test(host)) continue;
      yield { setting: name, at, from, secret, host, number, isSure: form === 'sure' };
    }
  }
  const values = new Map(
    addressing.map(({ name, value = '', at }) => [name, new Located(value, at.source, at.start, at.end)]),
  );
  const names = new Map([...values].map(([name, value]) => [value, name]));
  for (const { prefix, host, port } of pairsIn(values)) {
    const number = Number(port.value);
    const { from, secret } = variables.get(`${prefix}PORT`) ?? { from: 'env', secret: false };
    const isOwn = prefix === '' || isForOthers(`${prefix}HOST`);
    if (LOCALHOST.test(host.value.toLowerCase()) && !isOwn) {
      const setting = names.get(host) ?? prefix;
      yield { setting, at: host.at, from, secret, host: host.value, number, isSure: true };
    }
  }
}

function* inWords(container: Container): Generator<LocalhostDialled> {
  for (const [list, words] of [
    ['command', container.command ?? []],
    ['args', container.args ?? []],
  ] as const) {
    for (const [index, word] of words.entries()) {
      const flag = /^--?([\w.-]+)/.exec(word.value)?.[1] ?? words[index - 1]?.value ?? '';
      const from = `${list} of container ${container.name}`;
      if (LOOPBACK_HINT.test(word.value) && /\s/.test(word.value)) {
        for (const [, host = '', number] of word.value.matchAll(KNOCKS)) {
          yield {
            ...{ setting: list, at: word.at, from: `container ${container.name}`, secret: false },
            ...{ host, number: Number(number), isSure: true },
          };
        }
      }
      if (!/:\d/.test(word.value) || isForOthers(flag)) continue;
      for (const { host, port, form } of addressesInValue(word.value)) {
        if (port === undefined || !LOCALHOST.test(host)) continue;
        const isSure = form === 'sure';
        yield { setting: flag || list, at: word.at, from, secret: false, host, number: port, isSure };
      }
    }
  }
}

/** `--db-host localhost --db-port 5432`; the names have to say that they are dialled. */
function* inPairsOfWords(container: Container): Generator<LocalhostDialled> {
  if (!wordsHold(container, LOOPBACK_HINT)) return;
  const words = wordsByName(container);
  const byName = new Map(
    words.map((word) => [word.name, { ...word, value: word.value.value, at: word.value.at }]),
  );
  for (const { host, port } of pairsIn(byName)) {
    if (!LOCALHOST.test(host.value) || isForOthers(host.name)) continue;
    yield {
      ...{
        setting: host.name,
        at: host.at,
        from: `${host.list} of container ${container.name}`,
        secret: false,
      },
      ...{ host: host.value, number: Number(port.value), isSure: false },
    };
  }
}

/** What a script knocks with at a port of localhost: `nc -z localhost 6379`, `wait-for-it.sh 127.0.0.1:5432`. */
const KNOCKS =
  /\b(?:nc|ncat|telnet|wait-for-it(?:\.sh)?|wait-for(?:\.sh)?|pg_isready|redis-cli|mysqladmin)\b(?:[ \t]{1,8}-[\w-]{1,32}){0,4}[ \t]{1,8}(?:--host=)?(localhost|127\.0\.0\.1)(?:[: \t]|[ \t]{1,8}(?:-[pP]|--port)[= \t])[ \t]{0,8}(\d{2,5})\b/g;
