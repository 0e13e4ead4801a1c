import { ShownSource } from '../../text/secrets/shown-source.ts';
import type { Report, ReportChain, ReportLink } from '../report.ts';
import type { Drawn } from './drawn.ts';
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
  /** What was drawn the last time, where the same is drawn again and again. */
  readonly drawn?: Drawn;
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
  { width, style, textOf, isChanged = () => false, drawn, now }: TextOptions,
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
    sourceOf: remembered(textOf, drawn),
    isChanged,
    now,
    isRendered: (path) => rendered.has(path),
    linkOf: (id) => linksById.get(id),
    chainOf: (link) => chainsByLink.get(link),
  };
}

const MOST_SOURCES = 16;

/** Findings come file by file, and asking for a text may read its file: a few are kept, never all. */
function remembered(textOf: TextOptions['textOf'], drawn: Drawn | undefined): Context['sourceOf'] {
  const shownOf = drawn?.begin() ?? ((_: string, text: string) => new ShownSource(text));
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
