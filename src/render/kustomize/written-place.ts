import { dirname, resolve } from 'node:path';
import { get, mapsIn } from '../../model/reader.ts';
import { insideScalar } from '../../text/inside-scalar.ts';
import { Located, type Location, type SourceFile } from '../../text/source.ts';
import { readYaml } from '../../text/yaml.ts';
import type { YamlNode, YamlScalar } from '../../text/yaml-node.ts';
import { type Found, findAt, follow, type Step, scalarsOf } from '../../text/yaml-path.ts';
import type { Tree } from '../rendered-source.ts';
import type { WrittenFile, WrittenFiles } from '../written.ts';
import type { ObjectOrigin, Stripped } from './annotations.ts';

/** Where a person wrote what stands at an offset of a built text. */
export type WrittenPlace = (offset: number) => Location | undefined;

/**
 * Goes back from what kustomize printed to the patch, the base or the kustomization that wrote it: the last patch that
 * sets the value, else the object's own file, else the kustomization's own fields. A place is answered only where the
 * value stands there.
 *
 * @param root the absolute folder that was built
 */
export function writtenPlaces(
  objects: Stripped['objects'],
  tree: Tree,
  root: string,
  written: WrittenFiles,
): WrittenPlace {
  return (offset) => {
    const document = tree().findLast(({ start }) => start <= offset);
    const object = objects.findLast(({ start }) => start <= offset);
    const found = document && findAt(document, offset);
    if (!document || !object || !found) return undefined;
    return new Search(document, object, found, root, written).place();
  };
}

/** A tree with the way from its offsets to places. */
interface Candidate {
  readonly root: YamlNode;
  readonly at: (node: YamlNode) => Location;
}

class Search {
  readonly #document: YamlNode;
  readonly #object: ObjectOrigin;
  readonly #found: Found;
  readonly #root: string;
  readonly #written: WrittenFiles;

  constructor(document: YamlNode, object: ObjectOrigin, found: Found, root: string, written: WrittenFiles) {
    this.#document = document;
    this.#object = object;
    this.#found = found;
    this.#root = root;
    this.#written = written;
  }

  place(): Location | undefined {
    const changed = [...new Set(this.#object.changedIn.toReversed())].flatMap(
      (path) => this.#read(path) ?? [],
    );
    for (const file of changed) {
      for (const patch of this.#patchesOf(file).toReversed()) {
        const place = this.#placeIn(patch);
        if (place) return place;
      }
    }
    const base = this.#object.file === undefined ? undefined : this.#read(this.#object.file);
    for (const one of base ? this.#sameObjects(base) : []) {
      const place = this.#placeIn(one);
      if (place) return place;
    }
    const generator =
      this.#object.generatedIn === undefined ? undefined : this.#read(this.#object.generatedIn);
    for (const file of generator ? [...changed, generator] : changed) {
      const place = this.#fieldOf(file);
      if (place) return place;
    }
    return undefined;
  }

  #read(path: string): WrittenFile | undefined {
    return this.#written.read(resolve(this.#root, path));
  }

  #placeIn({ root, at }: Candidate): Location | undefined {
    if (root.type === 'list') return this.#placeInJsonPatch(root.items, at);
    const { node, steps, isKey } = this.#found;
    const there = follow(root, steps);
    if (!there || !this.#isSame(there, steps)) return undefined;
    if (!isKey) return at(there);
    const parent = follow(root, steps.slice(0, -1));
    const last = steps.at(-1);
    const entry =
      parent?.type === 'map' && last && 'key' in last
        ? parent.entries.find(({ key }) => key === last.key)
        : undefined;
    return entry && node ? at(entry.keyNode) : undefined;
  }

  /** A name may have got a prefix or a suffix; all else must be what was written. */
  #isSame(there: YamlNode, steps: readonly Step[]): boolean {
    const { node } = this.#found;
    if (there.type !== node.type) return false;
    if (there.type !== 'scalar' || node.type !== 'scalar') return true;
    if (there.text === node.text) return true;
    const last = steps.at(-1);
    return last !== undefined && 'key' in last && last.key === 'name' && steps.length === 2
      ? there.text !== '' && node.text.includes(there.text)
      : false;
  }

  /** RFC 6902: the operation that sets the value, or something that holds it. */
  #placeInJsonPatch(operations: readonly YamlNode[], at: Candidate['at']): Location | undefined {
    const { node, steps, isKey } = this.#found;
    if (isKey || node.type !== 'scalar') return undefined;
    for (const operation of operations.toReversed()) {
      const path = get(operation, 'path');
      const value = get(operation, 'value');
      if (path?.type !== 'scalar' || !value) continue;
      const pointer = path.text.split('/').slice(1).map(unescapePointer);
      const leads = pointer.every((part, index) => isStep(steps[index], part));
      if (!leads) continue;
      const there = follow(value, steps.slice(pointer.length));
      if (there?.type === 'scalar' && there.text === node.text) return at(there);
    }
    return undefined;
  }

  /** The objects of a file that this one may have been. */
  #sameObjects({ source, roots }: WrittenFile): Candidate[] {
    const at = atIn(source);
    const kind = textAt(this.#document, 'kind');
    const name = textAt(this.#document, 'metadata', 'name') ?? '';
    const all = roots.flatMap((root) => (get(root, 'items')?.type === 'list' ? mapsIn(root, 'items') : root));
    return all
      .filter((root) => textAt(root, 'kind') === kind)
      .map((root) => ({ root, at, name: textAt(root, 'metadata', 'name') ?? '' }))
      .filter((one) => name.includes(one.name))
      .sort((a, b) => b.name.length - a.name.length);
  }

  /** The patches that a kustomization, or a file of a transformer, makes to objects like this one. */
  #patchesOf({ source, roots: [root] }: WrittenFile): Candidate[] {
    if (!root) return [];
    const folder = dirname(resolve(this.#root, this.#pathOf(source)));
    const texts = ['patchesStrategicMerge', 'patches'].flatMap((key) => {
      const list = get(root, key);
      return list?.type === 'list' ? list.items.filter((item) => item.type === 'scalar') : [];
    });
    const listed = ['patches', 'patchesJson6902'].flatMap((key) => mapsIn(root, key));
    return [
      ...texts.flatMap((text) => this.#patch(text, source, folder)),
      ...listed.flatMap((one) => {
        const target = get(one, 'target');
        if (target && !this.#isTarget(target)) return [];
        const [path, patch] = [get(one, 'path'), get(one, 'patch')];
        const text = path?.type === 'scalar' ? path : patch?.type === 'scalar' ? patch : undefined;
        return text ? this.#patch(text, source, folder, target !== undefined) : [];
      }),
    ];
  }

  #pathOf(source: SourceFile): string {
    return this.#object.changedIn.find((path) => this.#read(path)?.source === source) ?? '';
  }

  #isTarget(target: YamlNode): boolean {
    const kind = textAt(target, 'kind');
    return kind === undefined || matches(kind, textAt(this.#document, 'kind') ?? '');
  }

  /** A patch is a file, or its own text. */
  #patch(text: YamlScalar, source: SourceFile, folder: string, isTargeted = false): Candidate[] {
    const isOwn = (root: YamlNode): boolean =>
      root.type === 'list' || isTargeted || this.#isPatchOfThis(root);
    if (!text.text.includes('\n') && !text.text.startsWith('{') && !text.text.startsWith('[')) {
      const file = this.#written.read(resolve(folder, text.text));
      return file ? file.roots.filter(isOwn).map((root) => ({ root, at: atIn(file.source) })) : [];
    }
    const inside = insideScalar(new Located(text.text, source, text.start, text.end));
    return readYaml(text.text)
      .documents.flatMap(({ root }) => root ?? [])
      .filter(isOwn)
      .map((root) => ({ root, at: ({ start, end }) => inside(start, end) }));
  }

  #isPatchOfThis(root: YamlNode): boolean {
    const name = textAt(root, 'metadata', 'name');
    return (
      textAt(root, 'kind') === textAt(this.#document, 'kind') &&
      (name === undefined || (textAt(this.#document, 'metadata', 'name') ?? '').includes(name))
    );
  }

  /** `namespace:`, `labels:` and their like write their values into objects; a generator's literals say `KEY=VALUE`. */
  #fieldOf({ source, roots: [root] }: WrittenFile): Location | undefined {
    const { node, steps, isKey } = this.#found;
    const last = steps.at(-1);
    if (isKey || node.type !== 'scalar' || !last || !('key' in last)) return undefined;
    const literal = `${last.key}=${node.text}`;
    for (const { key, scalar } of scalarsOf(root)) {
      if (key === last.key && scalar.text === node.text) return atIn(source)(scalar);
      if (key === 'literals' && scalar.text === literal) {
        const inside = insideScalar(new Located(scalar.text, source, scalar.start, scalar.end));
        return inside(last.key.length + 1, literal.length);
      }
    }
    return undefined;
  }
}

const atIn =
  (source: SourceFile) =>
  ({ start, end }: YamlNode): Location => ({ source, start, end });

function textAt(node: YamlNode, ...path: string[]): string | undefined {
  const found = get(node, ...path);
  return found?.type === 'scalar' && found.value !== null ? found.text : undefined;
}

const unescapePointer = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

/** `-` is the item behind the last, which by now is one of the list. */
function isStep(step: Step | undefined, part: string): boolean {
  if (!step) return false;
  if ('key' in step) return step.key === part;
  return part === '-' || String(step.index) === part;
}

/** A target's field is a regular expression for all of it; one that is plainly a word is compared as a word. */
const matches = (pattern: string, text: string): boolean => !/^[\w.-]*$/.test(pattern) || pattern === text;
