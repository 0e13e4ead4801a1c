import type { Container } from '../../model/model.ts';
import type { Environment } from '../../process/environment/environment.ts';
import { referencesIn } from '../../process/environment/expansion.ts';
import { parseAddress, parsePort } from '../../process/listeners/bind-address.ts';
import { insideScalar } from '../../text/inside-scalar.ts';
import type { Located, Location } from '../../text/source.ts';

/** A reference that nobody replaces, so that the process gets its letters. */
export interface Unexpanded {
  /** `${PORT}`, `$(PORT)`. */
  readonly written: string;
  readonly name: string;
  readonly at: Location;
  /** `args`, `command`, `env[URL]`. */
  readonly where: string;
  /** `shell`: only a shell would, and none is there. `undefined`: nothing has the name. `later`: it is set further down. */
  readonly why: 'shell' | 'undefined' | 'later';
  /** The text is a shell's, which takes `$(NAME)` for a command. */
  readonly inShell: boolean;
}

export const unexpandedIn = (container: Container, environment: Environment): Unexpanded[] => [
  ...unexpandedWords(container, environment),
  ...unexpandedValues(container, environment),
];

interface Text {
  readonly text: Located<string>;
  readonly where: string;
}

const SHELL = /^(?:.*\/)?(?:sh|bash|ash|dash|zsh|ksh)$/;
/** Programs that replace `${NAME}` in their own arguments: Spring for one (its property placeholders). */
const EXPANDS_ITSELF = /^(?:.*\/)?(?:java|envsubst|eval)$|expand-env/;

function unexpandedWords(container: Container, environment: Environment): Unexpanded[] {
  const { command = [], args = [] } = container;
  const entrypoint = command.length > 0 ? [] : (environment.image?.entrypoint ?? []);
  const words = [
    ...command.map((text): Text => ({ text, where: 'command' })),
    ...args.map((text): Text => ({ text, where: 'args' })),
  ];
  const all = [...entrypoint, ...words.map(({ text }) => text.value)];
  const inShell = all.some((word) => SHELL.test(word));
  // Without a command the image decides, and its ENTRYPOINT may be a shell; a flag is nothing that a shell could run.
  const isPlain = command.length > 0 || (words[0]?.text.value.startsWith('-') ?? false);
  const forShell =
    inShell || !isPlain || all.some((word) => EXPANDS_ITSELF.test(word))
      ? []
      : words.flatMap((word) => shellReferences(word, environment));
  return [...forShell, ...words.flatMap((word) => undefinedReferences(word, environment, inShell))];
}

const SHELL_REFERENCE = /(?<!\$)\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g;
const PORT_NAME = /(?:^|_)(?:PORT|ADDR|ADDRESS|LISTEN|BIND)(?:_|$)/i;

/**
 * Only what the container's own env has, and holds a port: any other `${NAME}` may be filled in by another tool before
 * the manifest is applied.
 */
function shellReferences({ text, where }: Text, { variables }: Environment): Unexpanded[] {
  const placeOf = insideScalar(text);
  return [...text.value.matchAll(SHELL_REFERENCE)].flatMap((match) => {
    const [written, braced, bare] = match;
    const name = braced ?? bare ?? '';
    const variable = variables.get(name);
    if (!variable || !(PORT_NAME.test(name) || holdsPort(variable.value))) return [];
    const at = placeOf(match.index, match.index + written.length);
    return [{ written, name, at, where, why: 'shell', inShell: false }];
  });
}

const holdsPort = (value = ''): boolean =>
  parsePort(value) !== undefined || parseAddress(value) !== undefined;

/** Names as people give them to variables; `$(hostname)` in a script is a command. */
const VARIABLE = /^[A-Z][A-Z0-9_]*$/;

/** What `$(NAME)` finds neither in env and envFrom nor among the Services' links (S-101, S-105). */
function undefinedReferences(
  { text, where }: Text,
  { variables, links, complete }: Environment,
  inShell: boolean,
): Unexpanded[] {
  if (!complete || !text.value.includes('$(')) return [];
  return [...new Set(referencesIn(text.value))].flatMap((name) => {
    const isKnown = variables.has(name) || links.find(name) || links.mayBeOutside(name);
    return isKnown || !VARIABLE.test(name) ? [] : [{ ...spot(text, name), where, why: 'undefined', inShell }];
  });
}

/** Values of env see only what was set before them (S-101). */
function unexpandedValues({ env }: Container, environment: Environment): Unexpanded[] {
  const { variables, links, complete } = environment;
  if (!complete) return [];
  const own = new Set(env.map(({ name }) => name.value));
  const above = new Set<string>();
  const found: Unexpanded[] = [];
  for (const { name: entry, value } of env) {
    for (const name of new Set(value?.value.includes('$(') ? referencesIn(value.value) : [])) {
      const isKnown =
        above.has(name) ||
        (variables.has(name) && !own.has(name)) ||
        links.find(name) ||
        links.mayBeOutside(name);
      if (isKnown || !VARIABLE.test(name)) continue;
      const why = own.has(name) && name !== entry.value ? 'later' : 'undefined';
      found.push({ ...spot(value!, name), where: `env[${entry.value}]`, why, inShell: false });
    }
    above.add(entry.value);
  }
  return found;
}

function spot(text: Located<string>, name: string): Pick<Unexpanded, 'written' | 'name' | 'at'> {
  const written = `$(${name})`;
  const start = text.value.indexOf(written);
  return { written, name, at: insideScalar(text)(start, start + written.length) };
}
