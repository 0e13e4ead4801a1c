import type { FrameworkFact, ImageFact } from '../../knowledge/image-fact.ts';
import type { Container } from '../../model/model.ts';
import type { Environment } from '../environment/environment.ts';
import { referencesIn } from '../environment/expansion.ts';
import type { Variable } from '../environment/variables.ts';
import { parseAddress, parsePort } from '../listeners/bind-address.ts';
import type { IgnoredPortVariable, MisunderstoodVariable } from '../listeners/container-process.ts';
import { type Doubt, doubt } from '../listeners/doubts/doubt.ts';

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

export const isPortVariable = (name: string): boolean => PORT_VARIABLES.has(name);

type Facts = ImageFact | FrameworkFact;

/** Port variables that the program is known not to read, and that nothing else in the container passes on to it. */
export function ignoredPortVariables(
  container: Container,
  fact: Facts,
  { variables }: Environment,
  readByShell: ReadonlySet<string> = new Set(),
): IgnoredPortVariable[] {
  if (fact.status !== 'verified' || !fact.variablesComplete) return [];
  const ports = variables.where(givesPort);
  if (ports.length === 0) return [];
  const read = new Set([...namesIn(fact), ...passedOn(container), ...readByShell]);
  if (fact.honoursPort === 'other-meaning') read.add('PORT');
  return ports.flatMap(({ name, value, at, from }) => {
    const port = parsePort(value ?? '');
    return port === undefined || read.has(name) ? [] : [{ name, port, at, from }];
  });
}

const givesPort = ({ name, value }: Variable): boolean =>
  isPortVariable(name) && parsePort(value ?? '') !== undefined;

/** Port variables that mean another port than one to listen on. */
export const misunderstoodVariables = (fact: Facts, { variables }: Environment): MisunderstoodVariable[] =>
  ('match' in fact ? (fact.misleadingVariables ?? []) : []).flatMap(({ name, means }) => {
    const variable = variables.get(name);
    const port = parsePort(variable?.value ?? '');
    return variable && port !== undefined
      ? [{ name, port, means, at: variable.at, from: variable.from }]
      : [];
  });

const PORT_NAME = /(^|_)(PORT|LISTEN|BIND|ADDR|ADDRESS)(_|$)/i;
/** What a name begins with that is about another server. */
const OF_ANOTHER =
  /^(AMQP|CACHE|CLICKHOUSE|CONSUL|DATABASE|DB|ELASTIC(SEARCH)?|EMAIL|IMAP|KAFKA|LDAP|MAIL|MARIADB|MEMCACHED?|MONGO(DB)?|MQTT|MYSQL|NATS|OTEL|PG|POSTGRES(QL)?|RABBITMQ|REDIS|SENTRY|SMTP|SQL|STATSD|VAULT|ZOOKEEPER)_/i;

/**
 * Where the source of the facts does not name all variables: those that are set here, hold a port and are in no list.
 */
export function unlistedVariables(container: Container, fact: Facts, environment: Environment): Doubt[] {
  const { variables, unseen } = environment;
  if (fact.variablesComplete) return [];
  if (!environment.complete) {
    return [doubt('unseen-sets-unknown', { unseen, fact })];
  }
  const ports = variables.where(looksLikePort);
  if (ports.length === 0) return [];
  const listed = new Set([...namesIn(fact), ...passedOn(container)]);
  const own = fact.id.toUpperCase().replaceAll('-', '_').slice(0, 5);
  return ports.flatMap(({ name, from }) => {
    const isOther = OF_ANOTHER.test(name) && !name.toUpperCase().startsWith(own);
    return isOther || listed.has(name) ? [] : [doubt('variable-unlisted', { variable: name, from, fact })];
  });
}

const looksLikePort = ({ name, value = '' }: Variable): boolean =>
  PORT_NAME.test(name) && (parsePort(value) !== undefined || parseAddress(value) !== undefined);

/** Variables that the facts know. */
const namesIn = (fact: Facts): string[] => [
  ...fact.ports.flatMap(({ moves, opensWith = [] }) => [...moves.env.map(({ name }) => name), ...opensWith]),
  ...(fact.otherVariables ?? []),
  ...('match' in fact ? (fact.misleadingVariables ?? []).map(({ name }) => name) : []),
];

/** Names that `$(NAME)` carries into an argument or another variable. */
const passedOn = ({ command, args, env }: Container): string[] =>
  [...(command ?? []), ...(args ?? []), ...env.flatMap(({ value }) => value ?? [])].flatMap(({ value }) =>
    referencesIn(value),
  );
