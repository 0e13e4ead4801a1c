import type { FactPort, ImageFact, Setting, SinceVersion, Subcommand } from '../knowledge/image-fact.ts';
import { imageFacts } from '../knowledge/lookup.ts';
import { nearest } from '../text/suggest.ts';

const BINDS: Readonly<Record<ImageFact['bind'], string>> = {
  all: 'all addresses',
  loopback: 'loopback only: nothing outside its Pod reaches it',
  hostname: 'the address behind HOSTNAME, which in a container is the Pod itself: localhost does not answer',
  ipv6: '`[::]`, which needs IPv6 on the node',
};

/** What is known of an image and where it was read, for people. */
export function describeFact(image: string, fact: ImageFact): string {
  const lines = [
    `${image} is \`${fact.id}\` (${fact.status}; looked at on ${fact.checked})`,
    '',
    ...(fact.ports.length === 0 ? ['  listens on nothing that the image alone decides'] : []),
    ...fact.ports.map((port) => `  ${portLine(port)}`),
    ...(fact.subcommands ?? []).map((one) => `  ${subcommandLine(one)}`),
    ...(fact.withoutSubcommand ? ['  otherwise   nothing is started: a subcommand has to be named'] : []),
    `  binds       ${BINDS[fact.bind]}`,
    `  PORT        ${portWord(fact)}`,
    ...(fact.user === undefined ? [] : [`  runs as     ${fact.user}`]),
    ...section('variables', namesOf(fact, 'env')),
    ...section('flags', namesOf(fact, 'flags')),
    ...section('also read', fact.otherVariables ?? []),
    ...(fact.misleadingVariables ?? []).map(({ name, means }) => `  not a port  ${name} is ${means}`),
    ...(fact.serviceLinks ?? []).map(
      ({ service, variable, effect, note }) =>
        `  beware      a Service called ${service} sets ${variable}: ${note ?? EFFECTS[effect]}`,
    ),
    ...section('configured', fact.configPaths),
    ...section('keeps', fact.statePaths ?? []),
    ...(fact.notes ? ['', `  ${fact.notes}`] : []),
    '',
    ...(fact.source.length > 0
      ? fact.source.map((source, index) => `  ${index === 0 ? 'source' : '      '}      ${source}`)
      : ['  source      from memory: it can raise a warning, never an error']),
  ];
  return `${lines.join('\n')}\n`;
}

/** What to say of an image that nobody has looked up. */
export function unknownImage(image: string): string {
  const names = imageFacts().flatMap(({ match }) => match);
  const near = nearest(image.split(/[:@]/, 1)[0] ?? '', names, 4, names.length);
  const hint = near.length > 0 ? `; known names that are near: ${near.join(', ')}` : '';
  return `nothing is known of the image ${image}${hint}; \`images\` in portolan.config.yaml can say what it listens on`;
}

function portLine(factPort: FactPort): string {
  const {
    port,
    protocol,
    role,
    about,
    speaks,
    bind,
    conditional,
    closed,
    moves,
    configPaths = [],
    opensWith,
  } = factPort;
  const words = [
    about ?? (role === 'main' ? '' : role),
    versionsOf(factPort),
    speaks ?? '',
    bind ? `binds ${BINDS[bind]}` : '',
    closed ? 'closed until a setting gives it a number' : conditional ? 'open under some settings only' : '',
    opensWith ? `closed unless ${opensWith.join(' or ')} is true` : '',
    settingsOf(moves.env),
    settingsOf(moves.flags),
    configPaths.length > 0 ? `moved by ${configPaths.join(', ')}` : '',
  ].filter((word) => word !== '');
  return `listens on  ${`${port}/${protocol}`.padEnd(10)}${words.join(', ')}`.trimEnd();
}

const settingsOf = (settings: readonly Setting[]): string =>
  settings.length === 0
    ? ''
    : `moved by ${settings.map((one) => [one.name, versionsOf(one)].filter((word) => word !== '').join(' ')).join(', ')}`;

const versionsOf = ({ since, before }: SinceVersion): string =>
  [
    since === undefined ? '' : since === 'unknown' ? 'in the newest version' : `since ${since}`,
    before === undefined ? '' : `before ${before}`,
  ]
    .filter((word) => word !== '')
    .join(' ');

/** `start     listens on 8080/TCP, 9000/TCP`. */
function subcommandLine({ names, ports }: Subcommand): string {
  const opened = (ports ?? [])
    .filter(({ conditional, closed }) => !conditional && !closed)
    .map(({ port, protocol }) => `${port}/${protocol}`);
  const what =
    ports === undefined
      ? 'as above'
      : opened.length > 0
        ? `listens on ${opened.join(', ')}`
        : 'listens on nothing';
  return `${names.join(', ').padEnd(12)}${what}`;
}

const namesOf = ({ ports }: ImageFact, kind: 'env' | 'flags'): string[] => [
  ...new Set(ports.flatMap(({ moves }) => moves[kind].map(({ name }) => name))),
];

const section = (title: string, words: readonly string[]): string[] =>
  words.length === 0 ? [] : [`  ${title.padEnd(12)}${words.join(', ')}`];

const EFFECTS: Readonly<Record<NonNullable<ImageFact['serviceLinks']>[number]['effect'], string>> = {
  crash: 'it does not start',
  'wrong-port': 'it listens on another port',
  'wrong-target': 'it connects to another place',
  handled: 'current versions bear it',
  unknown: 'what then happens is not known',
};

function portWord({ honoursPort, ports }: ImageFact): string {
  if (honoursPort === 'yes') return `moves its port${ports[0] ? ` (default ${ports[0].port})` : ''}`;
  if (honoursPort === 'other-meaning') return 'means something else here';
  return honoursPort === 'template-only' ? 'is read by templates of your own only' : 'is not read';
}
