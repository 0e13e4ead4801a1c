import type { FrameworkFact, ImageFact, Setting } from '../../knowledge/image-fact.ts';
import type { Container } from '../../model/model.ts';
import { portNumber } from '../../model/ports.ts';
import { protocolOf } from '../../model/protocol.ts';
import { type Environment, findVariable } from '../environment/environment.ts';
import type { KnownListener, PossiblePort } from '../listeners/container-process.ts';
import { type Doubt, doubt } from '../listeners/doubts/doubt.ts';
import { isDoubt, type Placement, type Said } from './placement.ts';

/** A framework in the container of an image that nobody has read. */
interface Inside {
  readonly container: Container;
  readonly fact: FrameworkFact;
  readonly environment: Environment;
}

/**
 * What can move the port of a framework inside an image that nobody has read. A flag or a variable of
 * the Pod settles what it says where no stronger variable can be set in the image, and goes before its files.
 */
export function doubtsOfApplication(inside: Inside, placed: readonly Placement[]): Doubt[] {
  const { fact } = inside;
  const isSilent = fact.ports.length > 0 && placed.every(({ number, port }) => !number && port.closed);
  if (isSilent) return [doubt('application-port-unsaid', { fact }), ...inFiles(inside, 'port')];
  return placed.flatMap(({ number, port }) => {
    // What is closed by itself is known by what opens it.
    if (port.closed) return [];
    const named = port.moves.env.filter(({ form }) => form !== 'host');
    return doubtsOf(inside, number, named, 'port');
  });
}

/** Why a socket of a framework may be bound to more than loopback; undefined where that is settled. */
export function addressDoubtOf(inside: Inside, { number, host, port }: Placement): Doubt | undefined {
  if (!host && number && saysAddress(number)) return undefined;
  return doubtsOf(inside, host, port.moves.env.filter(saysHost), 'address')[0];
}

const saysHost = ({ form, bind }: Setting): boolean => form !== 'port' || bind !== undefined;

const saysAddress = ({ sockets }: Said): boolean =>
  !isDoubt(sockets) && sockets.every(({ bind }) => bind !== undefined);

/** What the image can say against what the Pod says, or against the default. */
function doubtsOf(inside: Inside, said: Said | undefined, named: readonly Setting[], part: Part): Doubt[] {
  const { fact, container, environment } = inside;
  if (said?.kind !== 'variable' && fact.firmDefaults?.includes(part)) return [];
  const stronger = named
    .slice(said ? named.indexOf(said.setting) + 1 : 0)
    .filter(({ rank }) => said?.kind !== 'flag' || rank === 'strong')
    .map(({ name }) => name);
  const others =
    said === undefined || stronger.length > 0
      ? [...(fact.otherVariables ?? []), ...(fact.argumentVariables ?? [])]
      : [];
  const unset = [...stronger, ...others].find((name) => !findVariable(environment, name));
  return [
    ...(unset && environment.image?.complete !== true
      ? [doubt('image-env-sets', { image: container.image?.value ?? '', variable: unset, fact })]
      : []),
    ...(said === undefined ? inFiles(inside, part) : []),
  ];
}

type Part = 'port' | 'address';

function inFiles({ fact, container }: Inside, part: Part): Doubt[] {
  const [file] = fact.configFiles ?? [];
  return file ? [doubt('image-file-says', { file, image: container.image?.value ?? '', part })] : [];
}

/**
 * The application can open ports beside the framework's. Where the container declares the framework's port and more,
 * its author says so; where it declares another one alone, that one is only wrong.
 */
export function possibleOfApplication(
  { ports }: Container,
  fact: ImageFact | FrameworkFact,
  listeners: readonly KnownListener[],
): PossiblePort[] {
  if ('match' in fact || !fact.runsApplication) return [];
  const declared = ports.flatMap(({ number, protocol }) => {
    const port = portNumber(number);
    return port === undefined ? [] : [{ port, protocol: protocolOf(protocol) }];
  });
  const isOpen = ({ port, protocol }: PossiblePort): boolean =>
    listeners.some((one) => one.port === port && one.protocol === protocol);
  return declared.some(isOpen) ? declared.filter((one) => !isOpen(one)) : [];
}

/** Why a port that something dials may be the application's own, where the container declares none. */
export const mayOpenMore = ({ ports }: Container, fact: ImageFact | FrameworkFact): Doubt | undefined =>
  !('match' in fact) && fact.runsApplication && ports.length === 0
    ? doubt('application-opens-more', { fact })
    : undefined;
