import type { ImageConfig, MadeOf } from '../../model/image-config.ts';
import type { Exposed } from './exposed.ts';
import type { Scope } from './words.ts';

/** What BuildKit gives an image that starts from nothing (moby/buildkit, util/system/path.go). */
const SCRATCH_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * One `FROM … AS name` and what the instructions below it have made of its configuration so far. Variables of ENV
 * and ARG share one scope, the later one wins, and both pass to a stage that builds on this one
 * (moby/buildkit, frontend/dockerfile/dockerfile2llb/convert.go, dispatchEnv, dispatchArg, init).
 */
export class Stage implements Scope {
  readonly name: string | undefined;
  /** The external image below, when its configuration is not known. */
  base: string | undefined;
  /** False where something that the image will have is not told by the Dockerfile. */
  complete = true;
  entrypoint: readonly string[] | undefined;
  cmd: readonly string[] | undefined;
  /** An ENTRYPOINT drops the CMD of what lies below, not one of its own stage. */
  cmdIsOwn = false;
  user: string | undefined;
  shell: readonly string[] = ['/bin/sh', '-c'];
  /** The last WORKDIR; undefined where it is that of the image below, or not known. */
  workdir: string | undefined;
  /** The image that all of it begins with; undefined for none, and where it is not known. */
  image: string | undefined;
  startsAnew: boolean = false;
  runs: boolean = false;
  readonly places: Set<string> = new Set();
  #openBelow = false;
  readonly #env = new Map<string, string>();
  readonly #scope = new Map<string, string>();
  /** Names that have a value when the image is built, and which is not known. */
  readonly #hidden = new Set<string>();
  /** Declared by ARG without a value: who builds the image may give one. */
  readonly #given = new Set<string>();
  readonly #exposed = new Map<string, Exposed>();

  constructor(name: string | undefined) {
    this.name = name;
  }

  static fromScratch(name: string | undefined): Stage {
    const stage = new Stage(name);
    stage.setEnv('PATH', SCRATCH_PATH);
    return stage;
  }

  static fromUnknown(name: string | undefined, base: string | undefined): Stage {
    const stage = new Stage(name);
    stage.base = base;
    stage.image = base;
    stage.complete = false;
    stage.#openBelow = true;
    return stage;
  }

  /** @param called as FROM names the image */
  static fromImage(name: string | undefined, image: ImageConfig, called?: string): Stage {
    const stage = new Stage(name);
    stage.#begin(image.isDockerfile || called === undefined ? image.madeOf : { image: called });
    stage.base = image.base;
    stage.complete = image.complete;
    stage.#openBelow = !image.complete;
    stage.entrypoint = image.entrypoint;
    stage.cmd = image.cmd;
    stage.user = image.user;
    for (const [variable, value] of image.env) stage.setEnv(variable, value);
    stage.expose(image.exposed);
    return stage;
  }

  static fromStage(name: string | undefined, below: Stage): Stage {
    const stage = Stage.fromImage(name, below.toConfig(''));
    stage.shell = below.shell;
    stage.workdir = below.workdir;
    stage.#openBelow = below.#openBelow;
    for (const [variable, value] of below.#scope) stage.#scope.set(variable, value);
    for (const variable of below.#hidden) stage.#hidden.add(variable);
    for (const variable of below.#given) stage.#given.add(variable);
    return stage;
  }

  /** `value` undefined: it has one, and nobody knows which. */
  setEnv(variable: string, value: string | undefined): void {
    this.#set(variable, value);
    if (value === undefined) this.#env.delete(variable);
    else this.#env.set(variable, value);
  }

  setArg(variable: string, value: string | undefined): void {
    this.#set(variable, value);
  }

  declareArg(variable: string): void {
    this.#given.add(variable);
  }

  expose(ports: readonly Exposed[]): void {
    for (const exposed of ports) this.#exposed.set(`${exposed.port}/${exposed.protocol}`, exposed);
  }

  valueOf(variable: string): string | undefined {
    return this.#scope.get(variable);
  }

  hidden(variable: string, fallback: boolean): boolean {
    if (this.#hidden.has(variable)) return true;
    return this.#given.has(variable) ? !fallback : this.#openBelow;
  }

  get size(): number {
    return this.#env.size + this.#scope.size + this.#exposed.size + this.places.size;
  }

  toConfig(from: string): ImageConfig {
    return {
      from,
      env: new Map(this.#env),
      entrypoint: this.entrypoint,
      cmd: this.cmd,
      user: this.user,
      exposed: [...this.#exposed.values()],
      complete: this.complete,
      base: this.base,
      ...(this.image === undefined ? {} : { madeOf: this.#madeOf(this.image) }),
    };
  }

  #madeOf(image: string): MadeOf {
    return { image, startsAnew: this.startsAnew, runs: this.runs, places: [...this.places] };
  }

  #begin(madeOf: Partial<MadeOf> = {}): void {
    this.image = madeOf.image;
    this.startsAnew = madeOf.startsAnew ?? false;
    this.runs = madeOf.runs ?? false;
    for (const place of madeOf.places ?? []) this.places.add(place);
  }

  #set(variable: string, value: string | undefined): void {
    this.#hidden.delete(variable);
    this.#scope.delete(variable);
    if (value === undefined) this.#hidden.add(variable);
    else this.#scope.set(variable, value);
  }
}
