import { isHeadless } from '../../model/headless.ts';
import type { ConfigMap, Resource, Service, ServicePort } from '../../model/model.ts';
import { isPlaceholder, portNumber } from '../../model/ports.ts';
import { protocolOf } from '../../model/protocol.ts';
import type { Model } from '../../model/resource-set.ts';
import { type Address, addressesInFile, addressesInValue } from '../../text/addresses/addresses.ts';
import { isPortApart, pairsIn } from '../../text/addresses/pairs.ts';
import { portOfScheme } from '../../text/addresses/ports-of-schemes.ts';
import { areNear } from '../../text/bundle.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Located } from '../../text/source.ts';
import type { ClientLink } from '../links/caller-links.ts';
import { definitionsNamed } from '../links/definitions.ts';
import { end, endPort, servicePortEnd } from '../links/end.ts';
import { type Unproved, unproved, type Verdict } from '../links/lacks/lacking.ts';
import { broken, whole } from '../links/proofs/proving.ts';
import type { TargetPortLink } from '../links/service-links.ts';
import { servicesMeant } from './host-name.ts';
import { NOT_DIALLED } from './names.ts';
import { placeWithin } from './place.ts';
import { type ClientText, clientTexts } from './texts.ts';

/** An address that was found, and what is known of how it is used. */
interface Dialled {
  readonly from: ClientText;
  readonly host: string;
  readonly number: number;
  readonly scheme: string | undefined;
  readonly at: Located<string>;
  /** Whether it is sure that this is an address and that this very port is dialled. */
  readonly certain: boolean;
  /** An argument without a port, behind which the program may put its own. */
  readonly open: boolean;
}

/**
 * Every address of a Service of the input, in env, args and configuration, followed to the Service port. A name that
 * is no Service of the input makes no link: it may be anything.
 */
export function resolveClients(model: Model, targetPorts: readonly TargetPortLink[]): ClientLink[] {
  if (model.services.length === 0) return [];
  const targets = groupBy(targetPorts, ({ service }) => service);
  const seen = new Set<string>();
  const links: ClientLink[] = [];
  for (const dialled of dialledIn(model)) {
    const { source, start } = dialled.at;
    const place = `${source.path}\0${start}\0${dialled.host}`;
    if (seen.has(place)) continue;
    seen.add(place);
    for (const link of follow(model, dialled, targets)) links.push(link);
  }
  return links;
}

function* dialledIn(model: Model): Generator<Dialled> {
  for (const from of clientTexts(model)) {
    const { text, kind, name } = from;
    const found = kind === 'file' ? addressesInFile(text.value) : addressesInValue(text.value);
    for (const address of found) {
      const port = address.port ?? portOfScheme(address.scheme)?.port;
      if (port === undefined) continue;
      const { host, scheme, start, end: last } = address;
      const at = placeWithin(text, start, last);
      if (address.port === undefined && isPortApart(name, isBeside(from))) continue;
      const open = address.port === undefined && /\.(args|command)\[/.test(from.field);
      const certain = isCertain(address) && !NOT_DIALLED.test(name);
      yield { from, host, number: port, scheme, at, certain, open };
    }
  }
  yield* pairsOf(model);
}

/** Whether a variable of the same container, or a key of the same ConfigMap, has a name. */
const isBeside =
  ({ client, container }: ClientText) =>
  (name: string): boolean =>
    container
      ? container.env.some((one) => one.name.value === name)
      : client.kind === 'ConfigMap' && (client as ConfigMap).data.has(name);

const isCertain = ({ form, port, scheme }: Address): boolean =>
  form !== 'loose' && (port !== undefined || portOfScheme(scheme)!.certain);

function* pairsOf(model: Model): Generator<Dialled> {
  for (const client of model.workloads) {
    for (const container of client.template.containers) {
      if (!container.env.some(({ name }) => name.value.endsWith('PORT'))) continue;
      const values = new Map(
        container.env.flatMap(({ name, value }) => (value ? [[name.value, value]] : [])),
      );
      for (const { prefix, host, port } of pairsIn(values)) {
        const field = `containers[${container.name}].env[${prefix}PORT]`;
        const from = { client, container, field, name: `${prefix}PORT`, text: port, kind: 'value' } as const;
        yield pairOf(from, host.value, port);
      }
    }
  }
  for (const client of model.configMaps) {
    for (const { prefix, host, port } of pairsIn(client.data)) {
      const name = `${prefix}port`;
      const from = {
        client,
        container: undefined,
        field: `data.${name}`,
        name,
        text: port,
        kind: 'value',
      } as const;
      yield pairOf(from, host.value, port);
    }
  }
}

const pairOf = (from: ClientText, host: string, port: Located<string>): Dialled => ({
  from,
  host: host.toLowerCase(),
  number: Number(port.value),
  scheme: undefined,
  at: port,
  certain: !NOT_DIALLED.test(from.name),
  open: false,
});

function follow(
  model: Model,
  dialled: Dialled,
  targets: ReadonlyMap<Service, readonly TargetPortLink[]>,
): ClientLink[] {
  const { client } = dialled.from;
  for (const { service: name, namespace, pod } of servicesMeant(dialled.host, client.namespace)) {
    const services = nearestOf(
      client,
      definitionsNamed(model.budget, client, model.servicesNamed(namespace, name)),
    );
    const links = services.flatMap(
      (service) => linkTo(dialled, service, pod, targets.get(service) ?? []) ?? [],
    );
    if (services.length > 0) return links;
  }
  return [];
}

/** Of equal names, those that lie beside the client: samples of many applications share names like `redis`. */
function nearestOf(client: Resource, services: readonly Service[]): readonly Service[] {
  const near = services.filter((service) => areNear(service, client));
  return near.length > 0 ? near : services;
}

function linkTo(
  dialled: Dialled,
  service: Service,
  pod: string | undefined,
  targets: readonly TargetPortLink[],
): ClientLink | undefined {
  const { from, host, number, scheme, at, certain, open } = dialled;
  // An ExternalName is a name for another host, and which ports that has nobody here knows (S-047).
  if (service.type?.value === 'ExternalName') return undefined;
  const servicePort = portFor(service, number, scheme);
  const link = {
    kind: 'client',
    evidence: 'declared',
    client: from.client,
    container: from.container,
    address: `${scheme === undefined ? '' : `${scheme}://`}${host}:${number}`,
    service,
    number,
    from: end(from.client, from.field, at, {
      container: from.container?.name,
      port: endPort(undefined, number, undefined),
    }),
  } as const;
  const to = servicePort ? servicePortEnd(service, servicePort) : end(service, 'spec.ports', service.nameAt);
  const headless = isHeadless(service) || pod !== undefined;
  if (headless) return { ...link, ...throughDns(service, number, targets, servicePort), to };
  if (servicePort) {
    return {
      ...link,
      servicePort,
      to,
      fault: undefined,
      ...whole('service-port'),
    };
  }
  if (!certain) return undefined;
  const doubt = doubtOf(dialled, service, targets);
  const fault = service.ports.some(({ port }) => portNumber(port) === number) ? 'protocol' : 'no-port';
  if (doubt) return { ...link, servicePort, to, fault: undefined, ...doubt };
  // The program is told the Service's port by itself, and puts it behind the host.
  if (open && isToldBeside(from, service)) return undefined;
  if (open) return { ...link, servicePort, to, fault, ...unproved('address-without-port') };
  const what = fault === 'protocol' ? 'port-of-other-protocol' : 'no-service-port';
  return { ...link, servicePort, to, fault, ...broken(what, { service: service.name, number }) };
}

/** Whether a flag or variable of the same container that is called a port gives one of the Service's. */
function isToldBeside({ container }: ClientText, service: Service): boolean {
  const ports = new Set(service.ports.map(({ port }) => String(portNumber(port) ?? '')));
  const words = [...(container?.command ?? []), ...(container?.args ?? [])].map(({ value }) => value);
  const flags = words.some((word, index) => {
    const flag = PORT_FLAG.exec(word);
    return flag !== null && ports.has(flag[1] ?? words[index + 1] ?? '');
  });
  return (
    flags ||
    (container?.env ?? []).some(
      ({ name, value }) => /port$/i.test(name.value) && ports.has(value?.value ?? ''),
    )
  );
}

/** `--server-port=9000`, or the number as the next word. */
const PORT_FLAG = /^--?[\w.-]{0,100}port(?:=(\d{1,5}))?$/i;

/** A URL of the web is dialled by TCP; anything else may be either. */
const portFor = (service: Service, number: number, scheme: string | undefined): ServicePort | undefined =>
  service.ports.find(
    ({ port, protocol }) =>
      portNumber(port) === number &&
      (scheme === 'udp' || protocolOf(protocol) === 'TCP' || !portOfScheme(scheme)?.certain),
  );

/** Why a port that the Service lacks proves nothing here. */
function doubtOf(
  { from: { client } }: Dialled,
  service: Service,
  targets: readonly TargetPortLink[],
): Unproved | undefined {
  if (service.ports.some(({ port }) => isPlaceholder(port))) return unproved('filled-in');
  if (targets.some(({ workload }) => workload === client)) return unproved('own-address');
  return areNear(service, client) ? undefined : unproved('beside-another');
}

/** Behind a headless Service or a Pod's own name the Pod itself is dialled, on the port that it listens on (S-043). */
function throughDns(
  service: Service,
  number: number,
  targets: readonly TargetPortLink[],
  servicePort: ServicePort | undefined,
): Verdict & Pick<ClientLink, 'servicePort' | 'fault'> {
  const target = targets.find((one) => one.number === number);
  const found = target?.servicePort ?? (targets.length === 0 ? servicePort : undefined);
  const answer = { servicePort: found, fault: undefined };
  if (found) return { ...answer, ...whole('dialled-directly') };
  return { ...answer, ...unproved('dialled-directly', { service: service.name, number }) };
}
