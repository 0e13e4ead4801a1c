import { ShownSource } from '../../text/secrets/shown-source.ts';
import type { Report, ReportChain, ReportLink } from '../report.ts';
import type { Style } from './style.ts';

export interface TextOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly style: Style;
  /** The text of a source, for code frames; undefined where it cannot be had. */
  readonly textOf: (path: string) => string | undefined;
  /** Whether a source without a text had one when it was checked; frames say so. */
  readonly isChanged?: (path: string) => boolean;
  /** Errors only, and nothing at all when there are none. */
  readonly quiet?: boolean;
  /** Sources as they were shown the last time, by their path, where the same is drawn again and again. */
  readonly shown?: Map<string, ShownSource>;
  /** Milliseconds since 1970, for the age of what was seen; none is told without it. */
  readonly now?: number;
}

/** What the findings of one report are drawn from, prepared once for all of them. */
export interface Context {
  readonly width: number;
  readonly style: Style;
  readonly sourceOf: (path: string) => ShownSource | undefined;
  readonly isChanged: (path: string) => boolean;
  readonly now: number | undefined;
  /** Whether nobody wrote what is there: a program printed it. */
  readonly isRendered: (path: string) => boolean;
  readonly linkOf: (id: string) => ReportLink | undefined;
  /** The first chain that passes a link. */
  readonly chainOf: (link: string) => ReportChain | undefined;
}

const RENDERED: ReadonlySet<string> = new Set(['helm', 'kustomize', 'compose']);

/** Below this, breaking lines helps nobody. */
const LEAST_WIDTH = 40;

export function contextOf(
  { links, chains, sources }: Report,
  { width, style, textOf, isChanged = () => false, shown, now }: TextOptions,
): Context {
  const rendered = new Set(sources.flatMap(({ path, kind }) => (RENDERED.has(kind) ? path : [])));
  const linksById = new Map(links.map((link) => [link.id, link]));
  const chainsByLink = new Map<string, ReportChain>();
  for (const chain of chains) {
    for (const link of chain.links) if (!chainsByLink.has(link)) chainsByLink.set(link, chain);
  }
  return {
    width: Math.max(LEAST_WIDTH, width),
    style,
    sourceOf: remembered(textOf, shown),
    isChanged,
    now,
    isRendered: (path) => rendered.has(path),
    linkOf: (id) => linksById.get(id),
    chainOf: (link) => chainsByLink.get(link),
  };
}

const MOST_SOURCES = 16;

/** Findings come file by file, and asking for a text may read its file: a few are kept, never all. */
function remembered(textOf: TextOptions['textOf'], before: TextOptions['shown']): Context['sourceOf'] {
  const shownOf = before ? shownAgain(before) : (_: string, text: string) => new ShownSource(text);
  const kept = new Map<string, ShownSource | undefined>();
  return (path) => {
    if (!kept.has(path)) {
      const read = textOf(path);
      kept.set(path, read === undefined ? undefined : shownOf(path, read));
      const [oldest] = kept.keys();
      if (kept.size > MOST_SOURCES && oldest !== undefined) kept.delete(oldest);
    }
    return kept.get(path);
  };
}

/** What is not shown this time is forgotten. */
function shownAgain(shown: Map<string, ShownSource>): (path: string, text: string) => ShownSource {
  const before = new Map(shown);
  shown.clear();
  return (path, text) => {
    const known = shown.get(path) ?? before.get(path);
    const source = known?.isOf(text) ? known : new ShownSource(text);
    shown.set(path, source);
    return source;
  };
}
