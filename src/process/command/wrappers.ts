import { programName, type Word } from './word.ts';

/** A program that starts the one named in its arguments, and is gone or only passes signals on. */
interface Wrapper {
  /** Words before the program besides flags: the user of `gosu`. */
  readonly operands?: number;
  /** Flags whose value is the next word. */
  readonly valued?: readonly string[];
}

const RUNS_BINARY: Wrapper = { valued: ['-p', '--package', '-c', '--call'] };
const RUNS_IN_ENVIRONMENT: Wrapper = {
  valued: ['--with', '--python', '-p', '--directory', '--env-file', '--extra', '--group'],
};

const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map<string, Wrapper>([
  ['exec', { valued: ['-a'] }],
  ['command', {}],
  ['tini', { valued: ['-e', '-p'] }],
  ['dumb-init', { valued: ['-r', '--rewrite'] }],
  ['catatonit', {}],
  ['gosu', { operands: 1 }],
  ['su-exec', { operands: 1 }],
  ['nice', { valued: ['-n'] }],
  ['nohup', {}],
  ['time', {}],
  ['timeout', { operands: 1, valued: ['-s', '-k'] }],
  ['stdbuf', { valued: ['-i', '-o', '-e'] }],
  ['busybox', {}],
  ['npx', RUNS_BINARY],
  ['pnpx', RUNS_BINARY],
  ['bunx', RUNS_BINARY],
  ['npm exec', RUNS_BINARY],
  ['pnpm exec', RUNS_BINARY],
  ['pnpm dlx', RUNS_BINARY],
  ['yarn exec', RUNS_BINARY],
  ['yarn dlx', RUNS_BINARY],
  ['bundle exec', {}],
  ['poetry run', {}],
  ['pipenv run', {}],
  ['pdm run', {}],
  ['uv run', RUNS_IN_ENVIRONMENT],
  ['uvx', RUNS_IN_ENVIRONMENT],
]);

/** Takes off one wrapper; undefined when there is none. */
export function unwrapped(words: readonly Word[]): readonly Word[] | undefined {
  const one = programName(words[0]);
  const two = `${one} ${words[1]?.text}`;
  const [wrapper, taken] = WRAPPERS.has(two) ? [WRAPPERS.get(two), 2] : [WRAPPERS.get(one), 1];
  if (!wrapper) return undefined;
  const rest = withoutFlags(words.slice(taken), wrapper.valued ?? []);
  return rest.slice(wrapper.operands ?? 0);
}

function withoutFlags(words: readonly Word[], valued: readonly string[]): readonly Word[] {
  let index = 0;
  for (; words[index]?.text?.startsWith('-'); index++) {
    if (valued.includes(words[index]!.text!)) index++;
  }
  return words.slice(index);
}

const MOST = 20;

/** The command without all its wrappers that set nothing. */
export function withoutWrappers(words: readonly Word[]): readonly Word[] {
  let inner = words;
  for (let count = 0; count < MOST; count++) inner = unwrapped(inner) ?? inner;
  return inner;
}
