import type { ComposeService } from './read-compose.ts';

/** A port of a service that others use, whether or not it says so itself. */
export interface ReachedPort {
  readonly container: number;
  /** The service that names it; undefined where it is known of the image. */
  readonly by: string | undefined;
}

/** TCP ports that an image is known to open as it is shipped, the main one first. */
export type KnownPorts = (image: string) => readonly number[];

/**
 * Services of a project reach each other at every port, said or not: those that others name (`db:5432`), and where the
 * name alone is said (`DB_HOST: db`) those that its image is known for.
 */
export function reachedPorts(
  service: ComposeService,
  all: readonly ComposeService[],
  knownPorts: KnownPorts,
): ReachedPort[] {
  const names = [service.name, ...service.aliases].map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const named = new RegExp(`(?<![\\w.-])(?:${names.join('|')})(?::(\\d{1,5}))?(?![\\w.-])`, 'g');
  const found = new Map<number, ReachedPort>();
  let isNamed = false;
  for (const other of all) {
    if (other === service) continue;
    for (const text of textsOf(other))
      for (const [, port] of text.matchAll(named)) {
        isNamed = true;
        const container = Number(port);
        if (port !== undefined && container > 0 && container <= 65_535 && !found.has(container))
          found.set(container, { container, by: other.name });
      }
  }
  const isSaid = found.size > 0 || service.ports.length > 0;
  if (isNamed && !isSaid && service.image !== undefined)
    for (const container of knownPorts(service.image)) found.set(container, { container, by: undefined });
  return [...found.values()];
}

/** All in which a service can name another one. */
const textsOf = ({ environment, command = [], entrypoint = [], mounts }: ComposeService): string[] => [
  ...environment.values(),
  ...command,
  ...entrypoint,
  ...mounts.flatMap(({ files }) => [...(files?.values() ?? [])]),
];
