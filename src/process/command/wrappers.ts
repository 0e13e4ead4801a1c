import { programName, type Word } from './word.ts';

/** A program that starts the one named in its arguments, and is gone or only passes signals on. */
interface Wrapper {
  /** Words before the program besides flags: the user of `gosu`. */
  readonly operands?: number;
  /** Flags whose value is the next word. */
  readonly valued?: readonly string[];
  /** The program stands behind `--`, whatever comes before; where there is none, nothing is started. */
  readonly afterDashes?: true;
  /** Without `--`, the flags whose value is a script that it gives to a shell. */
  readonly script?: readonly string[];
  /** The program is one word, which a shell reads. */
  readonly quoted?: true;
  /** It gives the program variables that no manifest shows, out of a vault or a file of the image. */
  readonly setsVariables?: true;
}

/** A command whose wrapper is taken off, and what that was. */
interface Unwrapped {
  readonly words: readonly Word[];
  readonly wrapper: Wrapper;
}

const RUNS_BINARY: Wrapper = { valued: ['-p', '--package', '-c', '--call'] };
const RUNS_IN_ENVIRONMENT: Wrapper = {
  valued:
    `--with --with-editable --with-requirements --from --python -p --directory --project --package --env-file --extra
    --no-extra --group --no-group --only-group --index --index-url --default-index --extra-index-url --cache-dir
    --config-file --refresh-package --upgrade-package -P -C --config-setting --link-mode --resolution`.split(
      /\s+/,
    ),
};

const WAITS: Wrapper = { afterDashes: true };
const GIVES_SECRETS: Wrapper = { afterDashes: true, setsVariables: true };
const GIVES_SECRETS_TO_SCRIPTS: Wrapper = { ...GIVES_SECRETS, script: ['--command'] };
/** Of `su` and `runuser`, which keep the environment unless they log in. */
const SU = ['-c', '--command', '--session-command'];
const ENVCONSUL = ['prefix', 'secret', 'config', 'consul-addr', 'vault-addr', 'vault-token', 'log-level'].map(
  (flag) => `-${flag}`,
);
const TRACES: Wrapper = {
  valued: [
    '--traces_exporter',
    '--metrics_exporter',
    '--logs_exporter',
    '--service_name',
    '--id_generator',
    '--exporter_otlp_endpoint',
  ],
};
const DOCKERIZE = ['wait', 'timeout', 'template', 'stdout', 'stderr', 'env', 'delims', 'wait-http-header']
  .concat('wait-retry-interval', 'env-section', 'env-header')
  .flatMap((flag) => [`-${flag}`, `--${flag}`]);

const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map<string, Wrapper>([
  ['exec', { valued: ['-a'] }],
  ['command', {}],
  ['tini', { valued: ['-e', '-p'] }],
  ['dumb-init', { valued: ['-r', '--rewrite'] }],
  ['catatonit', {}],
  ['tini-static', { valued: ['-e', '-p'] }],
  ['docker-init', { valued: ['-e', '-p'] }],
  ['s6-setuidgid', { operands: 1 }],
  ['s6-envdir', { operands: 1, setsVariables: true }],
  ['envdir', { operands: 1, setsVariables: true }],
  ['with-contenv', {}],
  ['s6-notifyoncheck', { valued: ['-3', '-s', '-T', '-t', '-w', '-n', '-c'] }],
  ['setuidgid', { operands: 1 }],
  ['setuser', { operands: 1 }],
  ['taskset', { operands: 1 }],
  ['xvfb-run', { valued: ['-e', '-f', '-n', '-p', '-s', '-w'] }],
  ['newrelic-admin run-python', {}],
  ['splunk-py-trace', TRACES],
  ['elasticapm-run', { valued: ['--config'] }],
  ['scout-apm-run', {}],
  ['gosu', { operands: 1 }],
  ['su-exec', { operands: 1 }],
  ['nice', { valued: ['-n'] }],
  ['nohup', {}],
  ['time', {}],
  ['timeout', { operands: 1, valued: ['-s', '-k'] }],
  ['stdbuf', { valued: ['-i', '-o', '-e'] }],
  ['busybox', {}],
  ['setsid', {}],
  ['ionice', { valued: ['-c', '-n'] }],
  ['chpst', { valued: ['-u', '-U', '-e', '-n', '-m'] }],
  ['setpriv', { valued: ['--reuid', '--regid', '--groups'] }],
  ['runuser', { valued: ['-u', '-g'], script: SU }],
  ['su', { afterDashes: true, script: SU }],
  ['strace', { valued: ['-e', '-o', '-p', '-s', '-P', '-E'] }],
  ['prlimit', {}],
  ['flock', { operands: 1, valued: ['-w', '-E', '--timeout', '--wait', '--conflict-exit-code'] }],
  ['chroot', { operands: 1 }],
  ['unbuffer', {}],
  [
    'coverage run',
    { valued: ['--source', '--omit', '--include', '--rcfile', '--data-file', '--concurrency', '--context'] },
  ],
  ['memray run', { valued: ['-o', '--output', '--live-port'] }],
  ['py-spy record', WAITS],
  [
    'watchmedo auto-restart',
    { valued: ['-d', '--directory', '-p', '--patterns', '-i', '--signal', '--interval'] },
  ],
  ['wait4x', WAITS],
  ['sudo', { valued: ['-u', '-g'] }],
  ['numactl', { valued: ['-m', '-N', '-C'] }],
  ['dockerize', { valued: DOCKERIZE }],
  ['wait-for-it.sh', WAITS],
  ['wait-for-it', WAITS],
  ['wait-for.sh', WAITS],
  ['wait-for', WAITS],
  ['newrelic-admin run-program', {}],
  ['opentelemetry-instrument', TRACES],
  ['ddtrace-run', { valued: [] }],
  ['doppler run', GIVES_SECRETS_TO_SCRIPTS],
  ['infisical run', GIVES_SECRETS_TO_SCRIPTS],
  ['op run', GIVES_SECRETS],
  ['chamber exec', GIVES_SECRETS],
  ['dotenvx run', GIVES_SECRETS],
  ['envconsul', { valued: ENVCONSUL, setsVariables: true }],
  ['dotenv', { valued: ['-e', '-c', '-v', '-f', '--file'], setsVariables: true }],
  ['aws-vault exec', GIVES_SECRETS],
  ['berglas exec', GIVES_SECRETS],
  ['teller run', GIVES_SECRETS],
  ['mise exec', GIVES_SECRETS],
  ['mise x', GIVES_SECRETS],
  ['direnv exec', { operands: 1, setsVariables: true }],
  ['sops exec-env', { operands: 1, setsVariables: true, quoted: true }],
  ['asdf exec', {}],
  ['secrets-init', { valued: ['-p', '--provider'], setsVariables: true }],
  ['aws-env exec', GIVES_SECRETS],
  ['vault-env', { setsVariables: true }],
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
  ['pdm run', { valued: ['--venv', '-p', '--project'] }],
  ['pipx run', { valued: ['--spec', '--python'] }],
  ['hatch run', {}],
  ['rye run', {}],
  ['pixi run', { valued: ['-e', '--environment'] }],
  ['conda run', { valued: ['-n', '--name', '-p', '--prefix', '--cwd'] }],
  ['mamba run', { valued: ['-n', '--name', '-p', '--prefix', '--cwd'] }],
  ['micromamba run', { valued: ['-n', '--name', '-p', '--prefix', '--cwd'] }],
  ['rbenv exec', {}],
  ['uv run', RUNS_IN_ENVIRONMENT],
  ['uvx', RUNS_IN_ENVIRONMENT],
]);

/** Takes off one wrapper; undefined when there is none. */
export function unwrapped(words: readonly Word[]): Unwrapped | undefined {
  const one = programName(words[0]);
  const two = `${one} ${words[1]?.text}`;
  const [wrapper, taken] = WRAPPERS.has(two) ? [WRAPPERS.get(two), 2] : [WRAPPERS.get(one), 1];
  if (!wrapper) return undefined;
  if (wrapper.afterDashes) {
    const dashes = words.findIndex(({ text }) => text === '--');
    const rest = dashes < 0 ? shellOf(words, wrapper) : words.slice(dashes + 1);
    return rest && { wrapper, words: rest };
  }
  const script = wrapper.script && shellOf(words, wrapper);
  if (script) return { wrapper, words: script };
  const rest = withoutFlags(words.slice(taken), wrapper.valued ?? []).slice(wrapper.operands ?? 0);
  return { wrapper, words: wrapper.quoted && rest[0] ? readByShell(rest[0]) : rest };
}

/** `sh -c SCRIPT` for the script among the words of a wrapper. */
function shellOf(words: readonly Word[], { script = [] }: Wrapper): readonly Word[] | undefined {
  if (script === SU && words.some(({ text = '' }) => LOGS_IN.has(text))) return undefined;
  for (const [index, word] of words.entries()) {
    const { text = '', marked } = word;
    const next = words[index + 1];
    if (script.includes(text)) return next && readByShell(next);
    const name = script.find((one) => one.startsWith('--') && marked.startsWith(`${one}=`));
    if (name) {
      const value = marked.slice(name.length + 1);
      return readByShell({ ...word, marked: value, text: word.text && value });
    }
  }
  return undefined;
}

/** Then the environment is another one. */
const LOGS_IN: ReadonlySet<string> = new Set(['-', '-l', '--login']);

const readByShell = (script: Word): readonly Word[] => [
  ...['sh', '-c'].map((text) => ({ ...script, text, marked: text, written: text })),
  script,
];

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
  for (let count = 0; count < MOST; count++) inner = unwrapped(inner)?.words ?? inner;
  return inner;
}
