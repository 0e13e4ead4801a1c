import { type Address, addressesInFile, addressesInValue } from '../../text/addresses/addresses.ts';
import { isPortApart, pairsIn } from '../../text/addresses/pairs.ts';
import { portOfScheme } from '../../text/addresses/ports-of-schemes.ts';
import type { ComposeService } from './read-compose.ts';

/** A port of a service that others use, whether or not it says so itself. */
export interface ReachedPort {
  readonly container: number;
  /** The service that names it; undefined where it is known of the image. */
  readonly by: string | undefined;
}

/** TCP ports that the image of a service is known to open as it is shipped, or exposes; the main one first. */
export type KnownPorts = (service: ComposeService) => readonly number[];

/**
 * Services of a project reach each other at every port, said or not: those that others dial (`db:5432`, `http://api`,
 * `DB_HOST` beside `DB_PORT`), and where the name alone is said (`DB_HOST: db`) those that its image is known for.
 */
export function reachedPorts(
  service: ComposeService,
  all: readonly ComposeService[],
  knownPorts: KnownPorts,
): ReachedPort[] {
  const names = [service.name, ...service.aliases];
  const isIt = new Set(names.map((name) => name.toLowerCase()));
  const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const named = new RegExp(`(?<![\\w.-])(?:${escaped.join('|')})(?::(\\d{1,5}))?(?![\\w.-])`, 'g');
  const found = new Map<number, ReachedPort>();
  let isNamed = false;
  for (const other of all) {
    if (other === service) continue;
    const add = (container: number): void => {
      if (container > 0 && container <= 65_535 && !found.has(container))
        found.set(container, { container, by: other.name });
    };
    for (const text of textsOf(other))
      for (const [, port] of text.matchAll(named)) {
        isNamed = true;
        if (port !== undefined) add(Number(port));
      }
    for (const { host, port } of dialledBy(other)) if (isIt.has(host.toLowerCase())) add(port);
  }
  const isSaid = found.size > 0 || service.ports.length > 0;
  if (isNamed && !isSaid)
    for (const container of knownPorts(service)) found.set(container, { container, by: undefined });
  return [...found.values()];
}

/** All in which a service can name another one. */
const textsOf = (service: ComposeService): string[] => [
  ...service.environment.values(),
  ...wordsOf(service),
  ...filesOf(service),
];

const wordsOf = ({ command = [], entrypoint = [] }: ComposeService): string[] => [...command, ...entrypoint];

const filesOf = ({ mounts }: ComposeService): string[] =>
  mounts.flatMap(({ files }) => [...(files?.values() ?? [])]);

interface Dialled {
  readonly host: string;
  readonly port: number;
}

/** Addresses whose port stands apart from their host, or is what their scheme says. */
function dialledBy(service: ComposeService): Dialled[] {
  const { environment } = service;
  const values = new Map([...environment].map(([name, value]) => [name, { value }]));
  return [
    ...pairsIn(values).map(({ host, port }) => ({ host: host.value, port: Number(port.value) })),
    ...[...environment].flatMap(([name, value]) =>
      isPortApart(name, (other) => environment.has(other)) ? [] : ofSchemes(addressesInValue(value)),
    ),
    ...wordsOf(service).flatMap((word) => ofSchemes(addressesInValue(word))),
    ...filesOf(service).flatMap((text) => ofSchemes(addressesInFile(text))),
  ];
}

/** Who gives a database no port may give it elsewhere; the web's is part of the scheme. */
const ofSchemes = (addresses: readonly Address[]): Dialled[] =>
  addresses.flatMap(({ host, port, scheme }) => {
    const meant = port === undefined ? portOfScheme(scheme) : undefined;
    return meant?.certain ? [{ host, port: meant.port }] : [];
  });
