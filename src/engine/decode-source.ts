import { lacksSomething } from '../model/admission/admit.ts';
import { decode, isRelevant, KINDS, typeOf, undecoded } from '../model/decode.ts';
import type { Kinds } from '../model/kind.ts';
import {
  type Kustomization,
  readArgoApplication,
  readFluxKustomization,
  readKustomization,
} from '../model/kustomization.ts';
import { isArgoApplication, isFluxKustomization, isKustomization } from '../model/kustomization-kinds.ts';
import type { Resource } from '../model/model.ts';
import { isCalledPatch } from '../model/patch.ts';
import type { Unread } from '../model/resource-set.ts';
import type { InputError } from '../sources/input-error.ts';
import { bundleOf, isComplete } from '../text/bundle.ts';
import { compact } from '../text/compact.ts';
import type { LocatedFault } from '../text/fault.ts';
import { type IgnoreComment, ignoreCommentsIn } from '../text/ignore-comments.ts';
import { isWritten } from '../text/origin.ts';
import { LineStarts, type SourceFile } from '../text/source.ts';
import { readYaml } from '../text/yaml.ts';
import type { YamlNode } from '../text/yaml-node.ts';
import { faultErrors } from './fault-errors.ts';

/** What one source holds, whatever lies beside it: the same for the same version of it. */
export interface DecodedSource {
  readonly source: SourceFile;
  readonly resources: readonly Resource[];
  /** Where an unrendered template begins, and where a document of objects does not parse. */
  readonly unread: readonly Unread[];
  readonly errors: readonly InputError[];
  /** What is no Kubernetes object, and was not meant as one. */
  readonly foreign: readonly InputError[];
  /** Objects in a list, or in a text: errors, unless another source uses this one as a patch. */
  readonly shapeless: readonly InputError[];
  /** Those that it is, or holds. */
  readonly kustomizations: readonly Kustomization[];
  readonly comments: readonly PlacedComment[];
}

/** A comment that says what should not count, with the text that it stands in. */
export interface PlacedComment extends IgnoreComment {
  readonly source: SourceFile;
}

export const commentsIn = (source: SourceFile, text: string = source.text): PlacedComment[] =>
  ignoreCommentsIn(text).map((one) => ({ ...one, source }));

export interface DecodeOptions {
  /** Namespace of objects that name none; `default` when left out. */
  readonly namespace?: string | undefined;
  /** Parse every document, also those whose kind says nothing about ports. */
  readonly strict?: boolean | undefined;
  /** Kinds that are followed; the built-in ones when left out. */
  readonly kinds?: Kinds | undefined;
}

/** Reads a source's text once and keeps decoded resources only, so that text and tree can be dropped. */
export function decodeSource(
  source: SourceFile,
  { namespace: usual = 'default', strict, kinds = KINDS }: DecodeOptions,
): DecodedSource {
  const { text, path, namespace = usual } = source;
  const relevant = strict
    ? undefined
    : (kind: string, apiVersion: string, document: string): boolean =>
        isRelevant(kind, apiVersion, document, kinds);
  const stream = readYaml(text, relevant, !isWritten(source));
  let lines: LineStarts | undefined;
  const place = (offset: number): { path: string; line: number; column: number } => {
    lines ??= new LineStarts(text);
    return { path, ...lines.positionOf(offset) };
  };
  const broken = stream.errors.map(({ offset, message }) => ({ ...place(offset), message }));
  const isMeant = broken.length === 0 || speaksOfObjects(text);
  const faults: LocatedFault[] = [];
  const kustomizations: Kustomization[] = [];
  const shapeless: InputError[] = [];
  const foreign: InputError[] = isMeant ? [] : broken;
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
      kustomizations.push(readKustomization(path, root));
      if (shape === 'foreign') continue;
    }
    if (isFluxKustomization(kind, apiVersion)) kustomizations.push(readFluxKustomization(path, root));
    if (isArgoApplication(kind, apiVersion))
      for (const one of readArgoApplication(path, root)) kustomizations.push(one);
    if (shape === 'object' && isCalledPatch(path) && lacksSomething(source, root, kind, apiVersion)) {
      foreign.push({ ...place(root.start), message: 'a patch by its name, and no whole object' });
    } else if (shape === 'object') {
      found.push({
        at: root.start,
        resources: decode(source, root, namespace, kinds, (fault) => void faults.push(fault)),
      });
    } else if (shape === 'foreign') {
      foreign.push({ ...place(root.start), message: 'no `kind`: not a Kubernetes object' });
    } else {
      const message = `a ${shape} where a Kubernetes object is expected`;
      (isMeantAsObject(root) ? shapeless : foreign).push({ ...place(root.start), message });
    }
  }
  found.sort((a, b) => a.at - b.at);
  return {
    source,
    resources: compact(found.flatMap(({ resources }) => resources)),
    unread: compact(
      unreadIn(
        source,
        mayMakeObjects(source) ? stream.template : undefined,
        isMeant ? stream.errors[0]?.offset : undefined,
      ),
    ),
    errors: compact([...(isMeant ? broken : []), ...faultErrors(faults)]),
    foreign: compact(foreign),
    shapeless: compact(shapeless),
    kustomizations: compact(kustomizations),
    comments: compact(commentsIn(source, text)),
  };
}

function unreadIn(source: SourceFile, template: number | undefined, error: number | undefined): Unread[] {
  const found = [
    ['template', template],
    ['broken', error],
  ] as const;
  return found.flatMap(([is, start]) =>
    start === undefined ? [] : [{ is, source, start, end: Math.min(start + 2, source.text.length) }],
  );
}

/** What does not parse is a manifest's fault only where it says the two words that no manifest lacks. */
const speaksOfObjects = (text: string): boolean => text.includes('apiVersion') && /\bkind\b/.test(text);

/** A template whose text names no object may be that of a page or a program; in a chart, all of it may be included. */
const mayMakeObjects = (source: SourceFile): boolean =>
  isComplete(bundleOf({ source })) || /\bkind["']?\s*:|\b(?:include|template)\b/.test(source.text);

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
