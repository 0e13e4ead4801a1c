import { keep } from './yaml-keep.ts';
import { type DocumentKind, kindAtGlance } from './yaml-kind.ts';
import type { YamlDocument, YamlError } from './yaml-node.ts';
import { parseDocument } from './yaml-parse.ts';
import { chunksOf } from './yaml-split.ts';
import { readSubset } from './yaml-subset.ts';

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

/**
 * Reads a YAML or JSON stream as kubectl does. Documents that `relevant` refuses, by kind and text, are not parsed.
 *
 * @param isFinal a program printed it, so that what looks like a template action is none
 */
export function readYaml(
  text: string,
  relevant?: (kind: string, apiVersion: string, document: string) => boolean,
  isFinal = false,
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
    const simple = readSubset(document, chunk.start);
    if (simple !== undefined) {
      documents.push(simple);
      continue;
    }
    const template = parseDocument(document, chunk.start, documents, errors, isFinal);
    if (template !== undefined) return { documents: [], skipped: [], errors: [], template };
  }
  return { documents, skipped, errors, template: undefined };
}
