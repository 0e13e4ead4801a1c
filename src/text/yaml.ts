import { EVENT_ID, type Event, parseEvents } from 'js-yaml';
import { errorOf, isIndentationOfFlow } from './yaml-error.ts';
import { joinFlowLines } from './yaml-flow.ts';
import { keep } from './yaml-keep.ts';
import { type DocumentKind, kindAtGlance } from './yaml-kind.ts';
import type { YamlDocument, YamlError } from './yaml-node.ts';
import { type Chunk, chunksOf } from './yaml-split.ts';
import { mayBeTemplate, templateAction, templateActionByLine } from './yaml-template.ts';
import { TreeBuilder } from './yaml-tree.ts';

/** A document that was not parsed, because nobody asked for its kind. */
export interface SkippedDocument extends DocumentKind {
  readonly start: number;
  readonly end: number;
}

export interface YamlStream {
  /** In order, without those that are broken or skipped. */
  readonly documents: readonly YamlDocument[];
  readonly skipped: readonly SkippedDocument[];
  /** One broken document never hides the others. */
  readonly errors: readonly YamlError[];
  /** Where the first template action (`{{`, `%{`, `<%`, `[[`) stands that was never rendered. Nothing else is reported then. */
  readonly template: number | undefined;
}

/** Deep enough for every schema in use, and far from the end of the call stack. */
const MAX_DEPTH = 1000;

/** Reads a YAML or JSON stream as kubectl does. Documents that `relevant` refuses, by kind and text, are not parsed. */
export function readYaml(
  text: string,
  relevant?: (kind: string, apiVersion: string, document: string) => boolean,
): YamlStream {
  const documents: YamlDocument[] = [];
  const skipped: SkippedDocument[] = [];
  const errors: YamlError[] = [];
  for (const chunk of chunksOf(text)) {
    const document = text.slice(chunk.start, chunk.end);
    const glance = relevant && kindAtGlance(document);
    if (glance !== undefined && !relevant?.(glance.kind, glance.apiVersion, document)) {
      const [kind, apiVersion] = [keep(glance.kind), keep(glance.apiVersion)];
      skipped.push({ kind, apiVersion, start: chunk.start, end: chunk.end });
      continue;
    }
    const template = readDocument(document, chunk, documents, errors);
    if (template !== undefined) return { documents: [], skipped: [], errors: [], template };
  }
  return { documents, skipped, errors, template: undefined };
}

/** Adds what it reads to `documents` or `errors`; answers with the place of a template action, if there is one. */
function readDocument(
  text: string,
  { start }: Chunk,
  documents: YamlDocument[],
  errors: YamlError[],
): number | undefined {
  let events: readonly Event[] | undefined;
  try {
    events = eventsOf(text);
    const action = mayBeTemplate(text) ? templateAction(text, events) : undefined;
    if (action !== undefined) return start + action;
    for (const document of new TreeBuilder(text, start).build(events)) documents.push(document);
  } catch (thrown) {
    const action = events === undefined ? templateActionByLine(text) : undefined;
    if (action !== undefined) return start + action;
    errors.push(errorOf(thrown, start));
  }
  return undefined;
}

function eventsOf(text: string): readonly Event[] {
  try {
    return parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch (thrown) {
    if (!isIndentationOfFlow(thrown)) throw thrown;
    const events = parseEvents(joinFlowLines(text), { maxDepth: MAX_DEPTH });
    // `fast` says that a scalar is one line as it stands; in the original it may not be.
    return events.map((event) => (event.type === EVENT_ID.SCALAR ? { ...event, fast: false } : event));
  }
}
