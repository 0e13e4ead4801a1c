import { posix } from 'node:path';
import { table } from '../../text/table.ts';
import { execForm } from './exec-form.ts';
import { exposedPorts } from './exposed.ts';
import type { EscapeToken, Instruction } from './instructions.ts';
import type { Stage } from './stage.ts';
import { expandWords, HiddenValue, knownWord, rawWords, WordError } from './words.ts';

const { normalize } = posix;

/** What an instruction needs to know besides its stage. */
export interface BuildContext {
  readonly escapeToken: EscapeToken;
  /** Values given to the build, `--build-arg`. */
  readonly args: ReadonlyMap<string, string>;
  /** The ARGs before the first FROM. */
  readonly globals: Stage;
}

type Apply = (stage: Stage, text: string, context: BuildContext) => void;

const APPLY = table<Apply>({
  ENV: applyEnv,
  ARG: applyArg,
  EXPOSE: applyExpose,
  USER: applyUser,
  CMD(stage, text) {
    stage.cmd = commandOf(text, stage, 'CMD');
    stage.cmdIsOwn = true;
    stage.startsAnew = true;
  },
  // dispatchEntrypoint: what lies below has no CMD for this entry point.
  ENTRYPOINT(stage, text) {
    stage.entrypoint = commandOf(text, stage, 'ENTRYPOINT');
    if (!stage.cmdIsOwn) stage.cmd = [];
    stage.startsAnew = true;
  },
  RUN(stage) {
    stage.runs = true;
  },
  COPY: applyCopy,
  ADD: applyCopy,
  WORKDIR(stage, text, { escapeToken }) {
    stage.workdir = placeIn(stage, knownWord(text, stage, escapeToken));
  },
  SHELL(stage, text) {
    const shell = execForm(text);
    if (typeof shell === 'string' || shell.length === 0) {
      throw new WordError('SHELL takes a JSON array of strings, such as `["/bin/bash", "-c"]`');
    }
    stage.shell = shell;
  },
});

/** Instructions that change nothing of what an image configuration is read for. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set(
  'HEALTHCHECK LABEL MAINTAINER ONBUILD STOPSIGNAL VOLUME'.split(' '),
);

/** Lets an instruction change its stage. Throws WordError for what BuildKit refuses. */
export function applyInstruction(stage: Stage, { name, text }: Instruction, context: BuildContext): void {
  const apply = APPLY[name];
  if (apply) {
    if (text === '') throw new WordError(`${name} has nothing after it`);
    apply(stage, text, context);
  } else if (!WITHOUT_EFFECT.has(name)) {
    throw new WordError(`\`${name}\` is no instruction of a Dockerfile`);
  }
}

/** All values are those from before the instruction, even where it sets one of them twice. */
function applyEnv(stage: Stage, text: string, { escapeToken }: BuildContext): void {
  const pairs = pairsOf(text, escapeToken).map(
    ([name, value]) => [knownWord(name, stage, escapeToken), knownWord(value, stage, escapeToken)] as const,
  );
  for (const [name, value] of pairs) {
    if (name === undefined || value === undefined) stage.complete = false;
    if (name !== undefined) stage.setEnv(name, value);
  }
}

function pairsOf(
  text: string,
  escapeToken: EscapeToken,
): readonly (readonly [name: string, value: string])[] {
  const words = rawWords(text, escapeToken);
  // The old form: `ENV name the value`.
  if (!words[0]?.includes('=')) {
    const [, name, value] = /^(\S+)\s+([\s\S]+)$/.exec(text) ?? [];
    if (name === undefined || value === undefined) throw new WordError('ENV takes `name=value`');
    return [[name, value]];
  }
  return words.map((word) => {
    const equals = word.indexOf('=');
    if (equals < 1)
      throw new WordError(`ENV takes \`name=value\`, and \`${word}\` is none; quote values with spaces`);
    return [word.slice(0, equals), word.slice(equals + 1)] as const;
  });
}

/** Each ARG sees those before it, in one instruction too. */
export function applyArg(stage: Stage, text: string, { escapeToken, args, globals }: BuildContext): void {
  for (const word of rawWords(text, escapeToken)) {
    const equals = word.indexOf('=');
    const name = equals < 0 ? word : word.slice(0, equals);
    const given = args.get(name);
    if (given !== undefined) stage.setArg(name, given);
    else if (equals >= 0) stage.setArg(name, knownWord(word.slice(equals + 1), stage, escapeToken));
    else if (globals.valueOf(name) !== undefined || globals.hidden(name, true)) {
      stage.setArg(name, globals.valueOf(name));
    } else stage.declareArg(name);
  }
}

function applyExpose(stage: Stage, text: string, { escapeToken }: BuildContext): void {
  for (const raw of text.split(/\s+/)) {
    let words: readonly string[] = [];
    try {
      words = expandWords(raw, stage, escapeToken);
    } catch (error) {
      if (!(error instanceof HiddenValue)) throw error;
      stage.complete = false;
    }
    for (const word of words) {
      const ports = exposedPorts(word);
      if (!ports) {
        throw new WordError(
          `EXPOSE takes ports from 1 to 65535, such as \`8080\` or \`53/udp\`, and \`${word}\` is none`,
        );
      }
      stage.expose(ports);
    }
  }
}

/** Its last word says where to; a folder that it is not known to be is everywhere. */
function applyCopy(stage: Stage, text: string, { escapeToken }: BuildContext): void {
  const words = execForm(text);
  const to = Array.isArray(words) ? words.at(-1) : rawWords(text, escapeToken).at(-1);
  stage.places.add(placeIn(stage, to === undefined ? to : knownWord(to, stage, escapeToken)) ?? '/');
}

const placeIn = ({ workdir }: Stage, path: string | undefined): string | undefined => {
  if (path === undefined) return undefined;
  if (path.startsWith('/')) return normalize(path);
  return workdir === undefined ? undefined : normalize(`${workdir}/${path}`);
};

function applyUser(stage: Stage, text: string, { escapeToken }: BuildContext): void {
  stage.user = knownWord(text, stage, escapeToken);
  if (stage.user === undefined) stage.complete = false;
}

/** Shell form is one string for the shell; neither form has its variables put in. */
function commandOf(text: string, stage: Stage, instruction: string): readonly string[] {
  const command = execForm(text);
  if (command === 'refused')
    throw new WordError(`the array after ${instruction} holds something other than strings`);
  return command === 'text' ? [...stage.shell, text] : command;
}
