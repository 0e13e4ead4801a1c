import type { ImageFact } from '../knowledge/image-fact.ts';
import type { ImageFacts } from '../knowledge/lookup.ts';
import type { ImageConfig } from '../model/image-config.ts';
import { type Doubt, doubt } from './listeners/doubts/doubt.ts';
import { overlap } from './mounted/mounts.ts';

/** Facts about what a container starts unless it is told otherwise. */
export interface KnownImage {
  readonly fact: ImageFact | undefined;
  /** Why there is none, though what it is built on is known. */
  readonly doubts: readonly Doubt[];
}

/**
 * What everybody knows of an image by its name. What a Dockerfile of the user's makes is not that; it is what is known
 * of the image that it builds on, where the build leaves alone what that one starts and reads.
 */
export function factOf(image: string, config: ImageConfig | undefined, facts: ImageFacts): KnownImage {
  if (!config?.isDockerfile) return { fact: facts(image), doubts: [] };
  const { madeOf, from } = config;
  const below = madeOf && facts(madeOf.image);
  if (!below) return { fact: undefined, doubts: [] };
  const values = { dockerfile: from, image: below.id };
  const doubts = [
    ...(madeOf.runs ? [doubt('build-runs', values)] : []),
    ...madeOf.places
      .filter((path) => isOfProgram(path, below))
      .map((path) => doubt('build-replaces', { ...values, path })),
  ];
  return doubts.length > 0 ? { fact: undefined, doubts } : { fact: builtBy(config, below), doubts };
}

/** Where programs and their configuration lie in any image. */
const OF_PROGRAMS = [
  ...['/etc', '/bin', '/sbin', '/lib', '/lib64', '/usr/bin', '/usr/sbin', '/usr/lib', '/usr/libexec'],
  ...['/usr/local/bin', '/usr/local/sbin', '/usr/local/lib', '/usr/local/etc'],
];

/** Scripts that official images start, and folders of what they run. */
const ENTRYPOINT = /^\/[^/]*(?:entrypoint|\.sh$|^\/init$)/;

function isOfProgram(path: string, { configPaths, statePaths = [], ports }: ImageFact): boolean {
  const own = [...configPaths, ...statePaths, ...ports.flatMap((port) => port.configPaths ?? [])];
  return ENTRYPOINT.test(path) || [...OF_PROGRAMS, ...own].some((one) => overlap(one, path));
}

/** Containers of one image have one fact. */
const built = new WeakMap<ImageConfig, ImageFact>();

function builtBy(config: ImageConfig, below: ImageFact): ImageFact {
  const kept = built.get(config) ?? { ...below, builtBy: config.from };
  built.set(config, kept);
  return kept;
}
