import type { ImageConfig } from '../model/image-config.ts';
import type { InputError } from '../sources/input-error.ts';
import type { SourceFile } from '../text/source.ts';
import { table } from '../text/table.ts';
import { applyArg, applyInstruction, type BuildContext } from './dockerfile/apply.ts';
import { type Instruction, splitInstructions } from './dockerfile/instructions.ts';
import { Stage } from './dockerfile/stage.ts';
import { knownWord, WordError } from './dockerfile/words.ts';

export interface DockerfileOptions {
  /** Values of ARG as `docker build --build-arg` gives them; a default in the file holds where none is given. */
  readonly args?: ReadonlyMap<string, string>;
  /** The stage that is built, by its name; the last one when left out. */
  readonly target?: string | undefined;
  /** What is known of images that it builds on, by the name that FROM gives them. */
  readonly bases?: ReadonlyMap<string, ImageConfig>;
}

export interface DockerfileReading {
  /** Undefined when there is no stage, or not the one asked for. */
  readonly config: ImageConfig | undefined;
  readonly errors: readonly InputError[];
}

/** The platform that a cluster most often has, as BuildKit names it to a build. */
const PLATFORM_ARGS = table<string>({
  BUILDPLATFORM: 'linux/amd64',
  BUILDOS: 'linux',
  BUILDARCH: 'amd64',
  BUILDVARIANT: '',
  TARGETPLATFORM: 'linux/amd64',
  TARGETOS: 'linux',
  TARGETARCH: 'amd64',
  TARGETVARIANT: '',
});

/**
 * The configuration of the image that a Dockerfile builds, as far as it tells: ENV, ENTRYPOINT, CMD, USER and EXPOSE
 * of the last stage and of the stages that it builds on. `complete` only where it builds on `scratch` or on an image
 * of `bases`, and no value hangs on what only the build knows. Mirrors BuildKit. Never throws.
 */
export function readDockerfile(source: SourceFile, options: DockerfileOptions = {}): DockerfileReading {
  const { escapeToken, instructions, unterminated } = splitInstructions(source.text);
  const build = new Build(escapeToken, options);
  const errors: InputError[] = [];
  const tell = (line: number, message: string): void => {
    errors.push({ path: source.path, line, column: 1, message });
  };
  for (const instruction of instructions) {
    try {
      build.add(instruction);
    } catch (error) {
      if (!(error instanceof WordError)) throw error;
      build.leaveOpen();
      tell(instruction.line, error.message);
    }
  }
  if (unterminated) {
    tell(unterminated.line, `the heredoc has no end; write \`${unterminated.name}\` on a line of its own`);
  }
  const stage = build.stage(options.target);
  if (stage) return { config: stage.toConfig(source.path), errors };
  if (errors.length === 0) tell(1, build.missing(options.target));
  return { config: undefined, errors };
}

/** Variables that stages take from those below them; each takes all, and a file that goes on so is not followed. */
const MOST_COPIED = 100_000;

class Build {
  readonly #context: BuildContext;
  readonly #bases: ReadonlyMap<string, ImageConfig>;
  readonly #stages: Stage[] = [];
  /** Told once: what begins without FROM is most often no Dockerfile at all. */
  #early = false;
  #copied = 0;

  constructor(
    escapeToken: BuildContext['escapeToken'],
    { args = new Map(), bases = new Map() }: DockerfileOptions,
  ) {
    const globals = new Stage(undefined);
    for (const [name, value] of Object.entries(PLATFORM_ARGS)) globals.setArg(name, args.get(name) ?? value);
    this.#context = { escapeToken, args, globals };
    this.#bases = bases;
  }

  add(instruction: Instruction): void {
    const { name, text } = instruction;
    const stage = this.#stages.at(-1);
    if (name === 'FROM') this.#addStage(text);
    else if (stage) applyInstruction(stage, instruction, this.#context);
    else if (name === 'ARG') applyArg(this.#context.globals, text, this.#context);
    else if (!this.#early) {
      this.#early = true;
      throw new WordError(`${name} stands before the first FROM; a Dockerfile begins with FROM`);
    }
  }

  /** Something of the stage at hand could not be read. */
  leaveOpen(): void {
    const stage = this.#stages.at(-1);
    if (stage) stage.complete = false;
  }

  stage(name: string | undefined): Stage | undefined {
    return name === undefined ? this.#stages.at(-1) : this.#named(name);
  }

  missing(target: string | undefined): string {
    const names = this.#stages.flatMap(({ name }) => name ?? []);
    if (this.#stages.length === 0) return 'there is no FROM; a Dockerfile begins with it';
    const told = names.length > 0 ? `the stages are ${names.join(', ')}` : 'no stage has a name';
    return `no stage is named \`${target}\`; ${told}`;
  }

  #named(name: string): Stage | undefined {
    return this.#stages.findLast((stage) => stage.name === name.toLowerCase());
  }

  #addStage(text: string): void {
    // Whatever this FROM turns out to mean, what follows belongs to no stage before it.
    const at = this.#stages.push(Stage.fromUnknown(undefined, undefined)) - 1;
    this.#stages[at] = this.#from(text);
  }

  #from(text: string): Stage {
    const [image = '', as, name, ...more] = text.split(/\s+/);
    const named = as?.toLowerCase() === 'as' && name !== undefined && more.length === 0;
    if (image === '' || (as !== undefined && !named))
      throw new WordError('FROM takes an image, or `image AS name`');
    const stageName = name?.toLowerCase();
    const base = knownWord(image, this.#context.globals, this.#context.escapeToken);
    if (!base) return Stage.fromUnknown(stageName, undefined);
    const below = this.#named(base);
    if (below) {
      this.#copied += below.size;
      if (this.#copied > MOST_COPIED) return Stage.fromUnknown(stageName, undefined);
      return Stage.fromStage(stageName, below);
    }
    if (base === 'scratch') return Stage.fromScratch(stageName);
    const known = this.#bases.get(base);
    return known ? Stage.fromImage(stageName, known, base) : Stage.fromUnknown(stageName, base);
  }
}
