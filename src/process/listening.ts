import type { FactPort, FrameworkFact, ImageFact } from '../knowledge/image-fact.ts';
import type { ImageFacts } from '../knowledge/lookup.ts';
import { isRemembered } from '../knowledge/remembered.ts';
import type { ImageConfig } from '../model/image-config.ts';
import type { Container, PodTemplate } from '../model/model.ts';
import { readArguments } from './command/argument-variables.ts';
import { type Start, startOf, startOfCommand } from './command/start.ts';
import { chooseSubcommand } from './command/subcommand.ts';
import type { Trail } from './command/trail.ts';
import { configReaderOf } from './config-files/index.ts';
import type { Environment, ObjectLookup } from './environment/environment.ts';
import { factOf, type KnownImage } from './image-facts.ts';
import type { ContainerProcess, KnownListener } from './listeners/container-process.ts';
import { type Doubt, doubt, keyOfDoubt } from './listeners/doubts/doubt.ts';
import { type MissingProof, missing } from './listeners/missing-proof.ts';
import { overConfig } from './mounted/config-precedence.ts';
import { listenersOfSnippets } from './mounted/controller-snippets.ts';
import { mountedConfig } from './mounted/mounted-config.ts';
import { coveringMounts, placeOf, stateMounts } from './mounted/mounts.ts';
import {
  ignoredPortVariables,
  misunderstoodVariables,
  unlistedVariables,
} from './settings/ignored-variables.ts';
import { injectedVariables } from './settings/injected-variables.ts';
import { overwrittenVariables } from './settings/overwritten-variables.ts';
import { type Placement, place } from './settings/placement.ts';
import { postStartDoubts } from './settings/post-start.ts';
import {
  addressDoubtOf,
  doubtsOfApplication,
  mayOpenMore,
  possibleOfApplication,
} from './settings/unseen-settings.ts';
import { ownTrail } from './supervised/own-trail.ts';
import { programsOf } from './supervised/programs-of.ts';
import { isQuiet } from './supervised/quiet.ts';
import type { SupervisedProgram } from './supervised/supervised.ts';
import { together } from './supervised/together.ts';

/** What a run knows besides the manifest. */
export interface ProcessContext {
  readonly facts: ImageFacts;
  /** The objects that the Pod's volumes are filled from. */
  readonly objects: ObjectLookup;
  /** What reads the files of a format; every format's own when left out. */
  readonly configReaderOf?: typeof configReaderOf;
}

/**
 * What the facts of its image or of the framework that it starts, its arguments, its environment and its mounts say of
 * a container's sockets.
 */
export function processOf(
  container: Container,
  template: PodTemplate,
  environment: Environment,
  context: ProcessContext,
): ContainerProcess {
  const image = container.image?.value;
  const { fact, doubts } = image ? factOf(image, environment.image, context.facts) : NO_IMAGE;
  if (doubts.length > 0 && !container.command?.length && !environment.image?.madeOf?.startsAnew)
    return unknown(undefined, [
      ...missing('observation', doubts),
      ...missing('image', exposed(environment.image)),
    ]);
  const start = startOf(container, environment, fact);
  const supervised = start.fact
    ? undefined
    : programsOf(start.words, start.trail, container, template, context.objects);
  const told = (one: Start): ContainerProcess =>
    processOfStart(one, container, template, one.trail.environment, context);
  const more = [...(supervised?.programs ?? []), ...besideOf(start.trail)]
    .flatMap(({ words, trail }) => withBeside(startOfCommand(words, trail, container, fact), container, fact))
    .filter(isLoud);
  if (supervised) return together(more.map(told), supervised, start.trail.remaining);
  if (more.length === 0) return told(start);
  return together([start, ...more].filter(isLoud).map(told), NO_SOCKETS, []);
}

/** False for a program that is not known, and known to open nothing. */
const isLoud = ({ fact, words }: Start): boolean => fact !== undefined || !isQuiet(words);

/** The commands that a script starts beside the one that stays. */
const besideOf = (trail: Trail): SupervisedProgram[] =>
  trail.beside.map(({ words, assigned }) => ({ words, trail: ownTrail({ ...trail, assigned }) }));

const withBeside = (start: Start, container: Container, fact: ImageFact | undefined): Start[] => [
  start,
  ...besideOf(start.trail).map(({ words, trail }) => startOfCommand(words, trail, container, fact)),
];

const NO_IMAGE: KnownImage = { fact: undefined, doubts: [] };

const NO_SOCKETS = { listeners: [], doubts: [] } as const;

function processOfStart(
  { trail, ...started }: Start,
  container: Container,
  template: PodTemplate,
  environment: Environment,
  { objects, configReaderOf: readerOf = configReaderOf }: ProcessContext,
): ContainerProcess {
  if (!started.fact || trail.unsettled.length > 0) {
    return unknown(started.fact, [...trail.unsettled, ...missing('image', exposed(environment.image))]);
  }
  const { fact, words, doubt: undecided } = chooseSubcommand(started.fact, started.words);
  if (undecided) return unknown(fact, missing('argument', [undecided]));
  const inside = withAssigned(environment, trail, container);
  const config =
    'match' in fact ? mountedConfig(container, template, fact, words, inside, objects, readerOf) : undefined;
  const { flags, doubts, openers } = readArguments(config?.words ?? words, fact, inside);
  // Any of these can move, add or close every port, so that none is known.
  const unsettled = [
    ...missing('argument', doubts),
    ...missing('file', config?.unsettled ?? []),
    ...missing('program', postStartDoubts(container, fact)),
  ];
  const setup = { fact, environment: inside, flags };
  const placed = fact.ports.map((port) => hiddenByMount(port, container) ?? place(port, setup));
  // What a framework is told on its command line goes before all that it reads.
  const isTold = 'commands' in fact && isToldByFlags(placed);
  if (!isTold) for (const one of unfollowed(inside, fact)) unsettled.push({ kind: 'variable', doubt: one });
  if (unsettled.length > 0) {
    return { ...unknown(fact, unsettled), ...(config?.fault ? { faults: [config.fault] } : {}) };
  }

  const application = 'match' in fact ? undefined : { container, fact, environment: inside };
  const usual = placed
    .filter(({ port }) => !port.conditional)
    .map((one) => (application ? withAddressDoubt(one, addressDoubtOf(application, one)) : one));
  const snippets = listenersOfSnippets(container, fact, objects, readerOf('nginx'));
  const {
    listeners: ownListeners,
    overridden,
    doubt: beside,
  } = config?.listeners
    ? overConfig(config.listeners, usual, 'match' in fact ? fact.configFormat : undefined, inside)
    : {
        listeners: usual.flatMap((one) => one.listeners),
        overridden: placed.flatMap((one) => one.overridden),
        doubt: undefined,
      };
  const listeners = [...ownListeners, ...snippets.listeners];
  const remaining = distinct([
    ...(isRemembered(fact) ? missing('observation', [doubt('facts-remembered', { fact })]) : []),
    ...placed.flatMap(({ doubt: why, number }) =>
      why === undefined ? [] : missing(number?.kind === 'flag' ? 'argument' : 'variable', [why]),
    ),
    ...(beside ? missing('file', [beside]) : []),
    ...missing('file', snippets.doubts),
    ...missing('file', config?.doubts ?? []),
    ...missing('argument', openers),
    ...trail.remaining,
    ...missing('variable', unlistedVariables(container, fact, inside)),
    ...('match' in fact ? missing('file', stateMounts(container, template, fact)) : []),
  ]);
  const ofNumbers = application ? missing('program', doubtsOfApplication(application, placed)) : [];
  const all = distinct([...remaining, ...ofNumbers]);
  return {
    fact,
    listeners: remaining.length === 0 && application ? listeners.map(orNowhere) : listeners,
    possible: [
      ...placed.flatMap(({ port: { conditional }, listeners: open }) =>
        conditional ? open.map(({ port, protocol }) => ({ port, protocol })) : [],
      ),
      ...possibleOfApplication(container, fact, listeners),
    ],
    complete: all.length === 0,
    mayOpenMore: mayOpenMore(container, fact),
    missing: all,
    ignoredPortVariables: ignoredPortVariables(container, fact, inside, trail.reads),
    misunderstood: misunderstoodVariables(fact, inside),
    overridden: [...overwrittenVariables(fact, inside), ...overridden],
    serviceLinks: injectedVariables(fact, inside, flags),
  };
}

/** A port whose own part of the configuration a mount replaces; the others stay where they are. */
function hiddenByMount(port: FactPort, container: Container): Placement | undefined {
  const [mount] = coveringMounts(container, port.configPaths ?? []);
  if (!mount) return undefined;
  const hidden = doubt('mount-hides-port', { ...placeOf(mount), port: port.port });
  return { port, listeners: [], doubt: hidden, number: undefined, host: undefined, overridden: [] };
}

/** A port that nothing has opened needs no flag. */
const isToldByFlags = (placed: readonly Placement[]): boolean =>
  placed.some(({ number }) => number?.kind === 'flag') &&
  placed.every(({ number, port }) => number?.kind === 'flag' || port.closed);

const withAddressDoubt = (placement: Placement, addressDoubt: Doubt | undefined): Placement => ({
  ...placement,
  listeners: placement.listeners.map((one) => (one.bind === 'loopback' ? { ...one, addressDoubt } : one)),
});

const orNowhere = (listener: KnownListener): KnownListener =>
  listener.bind === 'loopback' && !listener.addressDoubt ? { ...listener, neverOpen: true } : listener;

/** The environment with what a shell, `env` or another program sets on the way. */
function withAssigned(
  environment: Environment,
  { assigned, unseen }: Trail,
  { nameAt }: Container,
): Environment {
  const opened = unseen === undefined ? environment : { ...environment, complete: false, unseen };
  if (assigned.size === 0) return opened;
  const over = Array.from(assigned, ([name, one]) => [name, { ...one, at: one.at ?? nameAt }] as const);
  return { ...opened, variables: environment.variables.over(new Map(over)) };
}

/** A process that nothing is known of, and why. */
export const unknownProcess = (lacking: readonly MissingProof[]): ContainerProcess =>
  unknown(undefined, lacking);

const unknown = (
  fact: ImageFact | FrameworkFact | undefined,
  lacking: readonly MissingProof[],
): ContainerProcess => ({
  fact,
  complete: false,
  missing: lacking,
  ...NOTHING,
});

/** Said once, by the first. */
const distinct = (all: readonly MissingProof[]): readonly MissingProof[] =>
  all.length < 2
    ? all
    : [...new Map(all.toReversed().map((one) => [keyOfDoubt(one.doubt), one])).values()].toReversed();

/** Shared by all that nothing is known of. */
const NOTHING = {
  listeners: [],
  possible: [],
  ignoredPortVariables: [],
  misunderstood: [],
  overridden: [],
  serviceLinks: [],
} as const;

/** EXPOSE, as a hint for people. */
const exposed = (image: ImageConfig | undefined): Doubt[] =>
  image && image.exposed.length > 0
    ? [doubt('image-exposes', { ports: image.exposed.map(({ port }) => port) })]
    : [];

/** Variables that decide over ports in a way that is not followed. */
function unfollowed(environment: Environment, fact: ImageFact | FrameworkFact): Doubt[] {
  const { variables, complete, unseen } = environment;
  const { otherVariables = [] } = fact;
  const set = otherVariables.filter((name) => variables.has(name));
  if (set.length > 0) return set.map((variable) => doubt('variable-moves', { variable, fact }));
  const read = [...otherVariables, ...(('commands' in fact && fact.argumentVariables) || [])];
  const [variable] = complete ? [] : read;
  return variable ? [doubt('unseen-sets', { unseen, variable, fact })] : [];
}
