import type { FrameworkFact, ImageFact } from '../../knowledge/image-fact.ts';
import { nounOf } from '../../knowledge/noun.ts';
import type { Container } from '../../model/model.ts';
import { portNumber } from '../../model/ports.ts';
import { protocolOf } from '../../model/protocol.ts';
import { type Environment, findVariable } from '../environment/environment.ts';
import type { KnownListener, PossiblePort } from '../listeners/container-process.ts';
import type { Placement } from './placement.ts';

/**
 * What can move the port of a framework inside an image that nobody has read, one phrase each. A flag settles what it
 * says; a variable of the Pod does so where no stronger one can be set in the image.
 */
export function doubtsOfApplication(
  container: Container,
  fact: FrameworkFact,
  placed: readonly Placement[],
  environment: Environment,
): string[] {
  const noun = nounOf(fact);
  const open = placed.flatMap(({ number, host, port }) => {
    const stronger = port.moves.env.slice(
      number?.kind === 'variable' ? port.moves.env.indexOf(number.setting) + 1 : 0,
    );
    return [
      ...(number?.kind === 'flag' ? [] : stronger.filter(({ form }) => form !== 'host')),
      ...(host ? [] : port.moves.env.filter(({ form }) => form === 'host')),
    ];
  });
  const unset = [
    ...open.map(({ name }) => name),
    ...(open.length > 0 ? (fact.otherVariables ?? []) : []),
  ].filter((name) => !findVariable(environment, name));
  const settled = placed.every(({ number, host }) => number?.kind === 'flag' && host?.kind === 'flag');
  const [file] = settled ? [] : (fact.configFiles ?? []);
  const declaresNothing = fact.runsApplication && container.ports.length === 0;
  return [
    ...(unset[0] && environment.image?.complete !== true
      ? [`ENV of the image ${container.image?.value ?? ''} can set ${unset[0]}, which ${noun} reads`]
      : []),
    ...(file ? [`${file} in the image ${container.image?.value ?? ''} can say another port or address`] : []),
    ...(declaresNothing ? [`the application that ${noun} runs can open ports of its own`] : []),
  ];
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
