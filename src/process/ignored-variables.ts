import type { ImageFact } from '../knowledge/image-fact.ts';
import type { Container } from '../model/model.ts';
import { parsePort } from './bind-address.ts';
import type { IgnoredPortVariable } from './container-process.ts';
import type { Environment } from './environment.ts';
import { referencesIn } from './expansion.ts';

/** Names by which people mean the port that a process listens on, whatever the image. */
const PORT_VARIABLES: ReadonlySet<string> = new Set([
  'PORT',
  'HTTP_PORT',
  'SERVER_PORT',
  'APP_PORT',
  'APPLICATION_PORT',
  'LISTEN_PORT',
  'WEB_PORT',
  'NGINX_PORT',
]);

/** Port variables that the image is known not to read, and that nothing else in the container passes on to it. */
export function ignoredPortVariables(
  container: Container,
  fact: Pick<ImageFact, 'ports' | 'otherVariables' | 'honoursPort'>,
  { variables }: Environment,
): IgnoredPortVariable[] {
  const read = new Set([
    ...fact.ports.flatMap(({ moves }) => moves.env.map(({ name }) => name)),
    ...(fact.otherVariables ?? []),
    ...(fact.honoursPort === 'other-meaning' ? ['PORT'] : []),
    ...passedOn(container),
  ]);
  return [...variables.values()].flatMap(({ name, value, at, from }) => {
    const port = parsePort(value ?? '');
    return port === undefined || read.has(name) || !PORT_VARIABLES.has(name)
      ? []
      : [{ name, port, at, from }];
  });
}

/** Names that `$(NAME)` carries into an argument or another variable. */
const passedOn = ({ command, args, env }: Container): string[] =>
  [...(command ?? []), ...(args ?? []), ...env.flatMap(({ value }) => value ?? [])].flatMap(({ value }) =>
    referencesIn(value),
  );
