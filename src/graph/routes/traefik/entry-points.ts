import type { Container, Workload } from '../../../model/model.ts';
import type { Protocol } from '../../../model/protocol.ts';
import type { Model } from '../../../model/resource-set.ts';
import type { Located } from '../../../text/source.ts';

/** The ports that a Traefik of the input opens, by name: a flag for each. */
export interface EntryPoints {
  readonly workload: Workload;
  readonly container: Container;
  /** Lower-case names to the flags that define them. */
  readonly flags: ReadonlyMap<string, Located<string>>;
  /** The ports that their addresses say; empty where one of them says none that is plain to see. */
  readonly ports: readonly EntryPointPort[];
}

export interface EntryPointPort {
  readonly name: string;
  readonly number: number;
  readonly protocol: Protocol;
  readonly at: Located<string>;
}

const ADDRESS = /^--entrypoints\.([^.=]+)\.address=[^,]*:(\d+)(?:\/(tcp|udp))?$/i;
const FLAG = /^--entrypoints\.([^.=]+)/i;

/**
 * Undefined unless the input shows all of them: one Traefik, configured by flags. Traefik reads one static
 * configuration, and a file goes before flags.
 */
export function entryPointsOf(model: Model): EntryPoints | undefined {
  const [only, ...others] = model.workloads.flatMap((workload) =>
    workload.template.containers.filter(isTraefik).map((container) => ({ workload, container })),
  );
  if (!only || others.length > 0 || mayReadFile(only.container)) return undefined;
  const flags = new Map<string, Located<string>>();
  for (const flag of flagsOf(only.container)) {
    const name = FLAG.exec(flag.value)?.[1];
    if (name && !flags.has(name.toLowerCase())) flags.set(name.toLowerCase(), flag);
  }
  const ports = flagsOf(only.container).flatMap((flag) => portOf(flag) ?? []);
  return flags.size > 0 ? { ...only, flags, ports: ports.length === flags.size ? ports : [] } : undefined;
}

function portOf(flag: Located<string>): EntryPointPort | undefined {
  const [, name, number, protocol] = ADDRESS.exec(flag.value) ?? [];
  if (!name) return undefined;
  return {
    name,
    number: Number(number),
    protocol: protocol?.toLowerCase() === 'udp' ? 'UDP' : 'TCP',
    at: flag,
  };
}

export const isTraefik = ({ image }: Container): boolean =>
  /(?:^|\/)traefik(?:[:@]|$)/.test(image?.value ?? '');

const flagsOf = ({ command, args }: Container): readonly Located<string>[] => [
  ...(command ?? []),
  ...(args ?? []),
];

/**
 * Whether a setting of Traefik is switched on: `providers.kubernetescrd.allowcrossnamespace`. Names of flags are the
 * same in any case.
 */
export const isSwitchedOn = ({ container }: EntryPoints, setting: string): boolean =>
  flagsOf(container).some(({ value }) => {
    const [name = '', said = 'true'] = value.toLowerCase().split('=');
    return name === `--${setting}` && said === 'true';
  });

const mayReadFile = (container: Container): boolean =>
  flagsOf(container).some(({ value }) => /^--configfile\b/i.test(value) || /\s|\$\(/.test(value)) ||
  container.mounts.some(({ mountPath }) => /^\/etc\/traefik\b/.test(mountPath.value));
