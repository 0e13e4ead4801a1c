import { decode, isRelevant, KINDS, typeOf, undecoded } from '../model/decode.ts';
import type { Kinds } from '../model/kind.ts';
import { isKustomization, patchFilesOf } from '../model/kustomization.ts';
import type { Resource } from '../model/model.ts';
import type { InputError } from '../sources/input-error.ts';
import type { LocatedFault } from '../text/fault.ts';
import { LineStarts, type Location, type SourceFile } from '../text/source.ts';
import { readYaml } from '../text/yaml.ts';
import type { YamlNode } from '../text/yaml-node.ts';
import { faultErrors } from './fault-errors.ts';

/** What the input holds, before it is split into sets. */
export interface Loaded {
  readonly sources: readonly { readonly source: SourceFile; readonly resources: number }[];
  readonly resources: readonly Resource[];
  readonly templates: readonly Location[];
  readonly errors: readonly InputError[];
  /** What is no Kubernetes object: chart values, workflows, lists of labels, JSON with comments. It passes by, and is told. */
  readonly foreign: readonly InputError[];
}

export interface LoadOptions {
  /** Namespace of objects that name none; `default` when left out. */
  readonly namespace?: string | undefined;
  /** Parse every document, also those whose kind says nothing about ports. */
  readonly strict?: boolean | undefined;
  /** Kinds that are followed; the built-in ones when left out. */
  readonly kinds?: Kinds | undefined;
}

/** Reads one source after the other and keeps only decoded resources, so that texts and trees can be dropped. */
export function load(sources: Iterable<SourceFile>, options: LoadOptions): Loaded {
  const namespace = options.namespace ?? 'default';
  const { kinds = KINDS } = options;
  const relevant = options.strict
    ? undefined
    : (kind: string, apiVersion: string, text: string): boolean => isRelevant(kind, apiVersion, text, kinds);
  const perSource: { source: SourceFile; resources: Resource[] }[] = [];
  const patches = new Set<string>();
  const templates: Location[] = [];
  const errors: InputError[] = [];
  const faults: LocatedFault[] = [];
  const onFault = (fault: LocatedFault): void => void faults.push(fault);
  const foreign: InputError[] = [];
  /** A kustomization's patches are pieces of objects, and a list among them is a JSON patch. */
  const shapeless: InputError[] = [];

  for (const source of sources) {
    const { text, path } = source;
    const stream = readYaml(text, relevant);
    let lines: LineStarts | undefined;
    const place = (offset: number): { path: string; line: number; column: number } => {
      lines ??= new LineStarts(text);
      return { path, ...lines.positionOf(offset) };
    };
    const broken = speaksOfObjects(text) ? errors : foreign;
    for (const { offset, message } of stream.errors) broken.push({ ...place(offset), message });
    if (stream.template !== undefined) {
      templates.push({ source, start: stream.template, end: Math.min(stream.template + 2, text.length) });
    }
    const found: { at: number; resources: Resource[] }[] = stream.skipped.map(
      ({ kind, apiVersion, start }) => ({
        at: start,
        resources: [undecoded(source, kind, apiVersion, start)],
      }),
    );
    for (const { root } of stream.documents) {
      if (!root) continue;
      const shape = shapeOf(root);
      const { kind, apiVersion } = typeOf(root);
      if (isKustomization(kind, apiVersion, path)) {
        for (const file of patchFilesOf(root)) patches.add(resolvePath(path, file));
        if (shape === 'foreign') continue;
      }
      if (shape === 'object') {
        found.push({ at: root.start, resources: decode(source, root, namespace, kinds, onFault) });
      } else if (shape === 'foreign') {
        foreign.push({ ...place(root.start), message: 'no `kind`: not a Kubernetes object' });
      } else {
        const message = `a ${shape} where a Kubernetes object is expected`;
        (isMeantAsObject(root) ? shapeless : foreign).push({ ...place(root.start), message });
      }
    }
    found.sort((a, b) => a.at - b.at);
    perSource.push({ source, resources: found.flatMap(({ resources }) => resources) });
  }

  const whole = perSource.map(({ source, resources }) => ({
    source,
    resources: patches.has(source.path) ? [] : resources,
  }));
  errors.push(...faultErrors(faults));
  errors.push(...shapeless.filter(({ path }) => !patches.has(path)));
  return {
    sources: whole.map(({ source, resources }) => ({ source, resources: resources.length })),
    resources: whole.flatMap(({ resources }) => resources),
    templates,
    errors,
    foreign,
  };
}

/** What does not parse is a manifest's fault only where it says the two words that no manifest lacks. */
const speaksOfObjects = (text: string): boolean => text.includes('apiVersion') && /\bkind\b/.test(text);

/** Objects that somebody put into a list, or text that the dashes or colons of an object are missing from. */
function isMeantAsObject(root: YamlNode): boolean {
  if (root.type === 'list')
    return root.items.some((item) => typeOf(item).kind !== '' && typeOf(item).apiVersion !== '');
  return root.type === 'scalar' && typeof root.value === 'string' && speaksOfObjects(root.value);
}

function shapeOf(root: YamlNode): 'object' | 'foreign' | 'list' | 'text' {
  if (root.type === 'list') return 'list';
  if (root.type === 'scalar') return 'text';
  return typeOf(root).kind === '' ? 'foreign' : 'object';
}

/** A path written in a kustomization, relative to that file's folder. */
function resolvePath(from: string, to: string): string {
  const names = from.split('/').slice(0, -1);
  for (const name of to.split('/')) {
    if (name === '..' && names.length > 0 && names.at(-1) !== '..') names.pop();
    else if (name !== '.' && name !== '') names.push(name);
  }
  return names.join('/');
}
