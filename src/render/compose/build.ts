import { resolve } from 'node:path';
import type { ImageBuild } from '../../model/image-build.ts';
import { get } from '../../model/reader.ts';
import type { YamlMap, YamlNode } from '../../text/yaml-node.ts';
import type { WrittenFiles } from '../written.ts';

/** What fills in the variables of a text of the file; undefined for what is no text. */
type TextOf = (node: YamlNode | undefined) => string | undefined;

/** A Dockerfile that compose builds an image from, apart from what the image is called. */
type ComposeBuild = Omit<ImageBuild, 'image'>;

/** A map of a service, or a list of `KEY=VALUE`. */
type PairsOf = (map: YamlMap, key: string) => readonly (readonly [string, string])[];

/**
 * Reads `build` of a service (compose-spec, `build`): the folder alone, or `context`, `dockerfile`,
 * `dockerfile_inline`, `target` and `args`. Undefined where the Dockerfile lies outside the repository or is not there.
 */
export class BuildReader {
  readonly #isInside: (path: string) => boolean;
  readonly #written: WrittenFiles;
  readonly #textOf: TextOf;
  readonly #pairsOf: PairsOf;

  /** @param isInside whether a file is the repository's own */
  constructor(isInside: (path: string) => boolean, written: WrittenFiles, textOf: TextOf, pairsOf: PairsOf) {
    this.#isInside = isInside;
    this.#written = written;
    this.#textOf = textOf;
    this.#pairsOf = pairsOf;
  }

  /** @param folder of the file that says it */
  read(node: YamlNode | undefined, folder: string): ComposeBuild | undefined {
    const field = (name: string): string | undefined =>
      node?.type === 'map' ? this.#textOf(get(node, name)) : undefined;
    const context = this.#textOf(node) ?? field('context') ?? '.';
    const source = this.#source(field('dockerfile_inline'), context, field('dockerfile'), folder);
    if (!node || !source) return undefined;
    const args = new Map(node.type === 'map' ? this.#pairsOf(node, 'args') : []);
    return { source, target: field('target'), args };
  }

  #source(
    inline: string | undefined,
    context: string,
    dockerfile: string | undefined,
    folder: string,
  ): ImageBuild['source'] | undefined {
    if (inline !== undefined)
      return { path: 'dockerfile_inline', kind: 'file', text: inline, editable: false };
    // Another repository, or a tar.
    if (/^[a-z][a-z0-9+.-]*:\/\/|^git@/.test(context)) return undefined;
    const within = resolve(folder, context);
    // `docker build` takes either name that its folder has.
    for (const name of dockerfile === undefined ? ['Dockerfile', 'Containerfile'] : [dockerfile]) {
      const path = resolve(within, name);
      const text = this.#isInside(path) ? this.#written.textOf(path) : undefined;
      if (text !== undefined) return { path: this.#written.shown(path), kind: 'file', text, editable: false };
    }
    return undefined;
  }
}
