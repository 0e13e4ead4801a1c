import {
  type AliasEvent,
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml';
import { Aliases, type Anchor } from './yaml-aliases.ts';
import { YamlFault } from './yaml-error.ts';
import { keep } from './yaml-keep.ts';
import { MapEntries } from './yaml-map.ts';
import type { YamlDocument, YamlEntry, YamlNode, YamlScalar } from './yaml-node.ts';
import { closerOf, endOfFlow, rangeOfScalar } from './yaml-place.ts';
import { keyText, resolvePlain, resolveTagged } from './yaml-scalar.ts';

interface OpenMap {
  readonly type: 'map';
  readonly start: number;
  end: number;
  readonly entries: YamlEntry[];
}

interface OpenList {
  readonly type: 'list';
  readonly start: number;
  end: number;
  readonly items: YamlNode[];
}

/** A collection whose end has not come yet. */
interface Frame {
  readonly node: OpenMap | OpenList;
  readonly closer: string | undefined;
  readonly anchor: Anchor | undefined;
  /** Of a map; its `list` is the node's. */
  readonly entries: MapEntries | undefined;
  /** The key that waits for its value. */
  key: YamlScalar | undefined;
}

/** Builds the trees of one parsed text; a fault in it is thrown. `base` is where that text starts in the whole. */
export class TreeBuilder {
  readonly #text: string;
  readonly #base: number;
  readonly #frames: Frame[] = [];
  #frame: Frame | undefined;
  #aliases = new Aliases();
  #root: YamlNode | null = null;
  /** Behind the last token read, relative to `#text`. */
  #read = 0;

  constructor(text: string, base: number) {
    this.#text = text;
    this.#base = base;
  }

  build(events: readonly Event[]): YamlDocument[] {
    const documents: YamlDocument[] = [];
    let start = 0;
    for (const event of events) {
      switch (event.type) {
        case EVENT_ID.SCALAR:
          this.#scalar(event);
          break;
        case EVENT_ID.MAPPING:
        case EVENT_ID.SEQUENCE:
          this.#open(event);
          break;
        case EVENT_ID.ALIAS:
          this.#alias(event);
          break;
        case EVENT_ID.DOCUMENT:
          this.#root = null;
          this.#aliases = new Aliases();
          break;
        case EVENT_ID.POP:
          if (this.#frame !== undefined) {
            this.#close(this.#frame);
            break;
          }
          documents.push({ start: this.#base + start, end: this.#base + this.#read, root: this.#document() });
          start = this.#read;
      }
    }
    const last = documents.pop();
    const end = this.#base + this.#text.length;
    return [...documents, { start: last?.start ?? this.#base, end, root: last?.root ?? null }];
  }

  #document(): YamlNode | null {
    return this.#root?.type === 'scalar' && this.#root.value === null ? null : this.#root;
  }

  #scalar(event: ScalarEvent): void {
    const range = rangeOfScalar(this.#text, event, this.#read, this.#indicators());
    const text = keep(getScalarValue(this.#text, event));
    const plain = event.style === SCALAR_STYLE.PLAIN;
    const start = this.#base + range.start;
    let value = plain && event.tagStart === -1 ? resolvePlain(text) : text;
    if (event.tagStart !== -1) {
      const tag = this.#text.slice(event.tagStart, event.tagEnd);
      const resolved = resolveTagged(tag, text);
      if (resolved === undefined) throw new YamlFault(start, `this value cannot be read as \`${tag}\``);
      value = resolved;
    }
    this.#read = range.end;
    const node: YamlScalar = {
      type: 'scalar',
      start,
      end: this.#base + range.end,
      value,
      text,
      quoted: !plain,
    };
    const anchor = this.#anchor(event);
    this.#aliases.size++;
    if (anchor !== undefined) this.#aliases.close(anchor, node);
    this.#add(node);
  }

  #open(event: MappingEvent | SequenceEvent): void {
    const frame = this.#frame;
    const start = this.#base + event.start;
    if (frame?.node.type === 'map' && frame.key === undefined) {
      throw new YamlFault(start, 'a map or a list cannot be a key');
    }
    const isMap = event.type === EVENT_ID.MAPPING;
    // `[a: b]` holds a map without brackets of its own.
    const isPair = isMap && this.#text[event.start] !== '{';
    const entries = isMap ? new MapEntries() : undefined;
    const node: OpenMap | OpenList =
      entries === undefined
        ? { type: 'list', start, end: -1, items: [] }
        : { type: 'map', start, end: -1, entries: entries.list };
    const closer = closerOf(this.#text, event, isPair);
    const anchor = this.#anchor(event);
    this.#aliases.size++;
    this.#read = Math.max(this.#read, event.start + (closer === undefined ? 0 : 1));
    this.#frame = { node, closer, anchor, entries, key: undefined };
    this.#frames.push(this.#frame);
  }

  #close(frame: Frame): void {
    if (frame.closer !== undefined) this.#read = endOfFlow(this.#text, this.#read, frame.closer);
    frame.entries?.finish();
    frame.node.end = this.#base + this.#read;
    if (frame.anchor !== undefined) this.#aliases.close(frame.anchor, frame.node);
    this.#frames.pop();
    this.#frame = this.#frames.at(-1);
    this.#add(frame.node);
  }

  #alias(event: AliasEvent): void {
    const name = this.#text.slice(event.anchorStart, event.anchorEnd);
    const node = this.#aliases.follow(name, this.#base + event.anchorStart - 1);
    this.#read = event.anchorEnd;
    this.#add(node);
  }

  #add(node: YamlNode): void {
    const frame = this.#frame;
    if (frame === undefined) this.#root = node;
    else if (frame.node.type === 'list') frame.node.items.push(node);
    else if (frame.key === undefined) frame.key = asKey(node);
    else {
      this.#addEntry(frame.entries!, frame.key, node);
      frame.key = undefined;
    }
  }

  #addEntry(entries: MapEntries, keyNode: YamlScalar, value: YamlNode): void {
    if (keyNode.text === '<<' && !keyNode.quoted) {
      entries.merge(value);
      return;
    }
    const key = keyText(keyNode.value, keyNode.text);
    if (key === undefined) throw new YamlFault(keyNode.start, 'a key is empty or `null`');
    entries.put({ key, keyNode, value });
  }

  /** What may announce an empty scalar here. */
  #indicators(): string {
    const frame = this.#frame;
    if (frame === undefined) return '';
    if (frame.node.type === 'list') return '-';
    return frame.key === undefined ? '?' : ':';
  }

  #anchor({ anchorStart, anchorEnd }: ScalarEvent | MappingEvent | SequenceEvent): Anchor | undefined {
    return anchorStart === -1 ? undefined : this.#aliases.open(this.#text.slice(anchorStart, anchorEnd));
  }
}

function asKey(node: YamlNode): YamlScalar {
  if (node.type !== 'scalar') throw new YamlFault(node.start, 'a map or a list cannot be a key');
  return node;
}
