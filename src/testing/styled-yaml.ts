/** A document as plain data. */
export type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain };

/** How a stream of documents is written down. */
export const STYLES = ['block', 'flow', 'mixed', 'json', 'list', 'json-list'] as const;
export type Style = (typeof STYLES)[number];

/** Writes documents as people do: no two alike, and all of them the same to a parser. */
export function styledYaml(
  documents: readonly Plain[],
  style: Style,
  below: (limit: number) => number,
): string {
  const crlf = below(3) === 0;
  const text = write(documents, style, below);
  return crlf ? text.replaceAll('\n', '\r\n') : text;
}

function write(documents: readonly Plain[], style: Style, below: (limit: number) => number): string {
  const list = { apiVersion: 'v1', kind: 'List', items: documents };
  if (style === 'json-list') return `${JSON.stringify(list, null, below(2) * 2)}\n`;
  if (style === 'json') return documents.map((one) => `${JSON.stringify(one, null, 2)}\n`).join('---\n');
  const writer = (): Writer => new Writer(style, below);
  if (style === 'list') return writer().document(list);
  const between = ['---\n', '--- # next\n', '\n---\n\n'];
  return documents.map((one) => writer().document(one)).join(between[below(between.length)]);
}

const PLAIN = /^[a-z][\w./-]*$/i;
const WORD = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
const COMMENTS = ['# ours', '# do not touch: "80"', "# it's {odd}", '#'];

class Writer {
  readonly #style: Style;
  readonly #below: (limit: number) => number;
  readonly #step: number;
  readonly #anchors = new Map<Plain, string>();

  constructor(style: Style, below: (limit: number) => number) {
    this.#style = style;
    this.#below = below;
    this.#step = 2 + below(2) * 2;
  }

  document(value: Plain): string {
    return this.#style === 'flow' ? `${this.#flow(value)}\n` : `${this.#block(value, 0)}\n`;
  }

  #block(value: Plain, indent: number): string {
    if (typeof value !== 'object') return this.#scalar(value);
    const pad = ' '.repeat(indent);
    if (Array.isArray(value)) {
      return value
        .map((item) => {
          const body = this.#isFlow(item) ? this.#flow(item) : this.#block(item, indent + 2);
          return `- ${body.trimStart()}`;
        })
        .join(`\n${pad}`);
    }
    return Object.entries(value)
      .map(([key, one]) => `${this.#above(pad)}${this.#key(key)}:${this.#value(one, indent)}`)
      .join(`\n${pad}`);
  }

  #value(value: Plain, indent: number): string {
    if (typeof value !== 'object') return ` ${this.#scalar(value)}${this.#behind()}`;
    if (isEmpty(value) || this.#isFlow(value)) return ` ${this.#flow(value)}${this.#behind()}`;
    // A list may stand below its key without a step of its own.
    const within = indent + (Array.isArray(value) && this.#below(2) === 0 ? 0 : this.#step);
    return `${this.#behind()}\n${' '.repeat(within)}${this.#block(value, within)}`;
  }

  #flow(value: Plain): string {
    if (typeof value !== 'object') return this.#scalar(value);
    const blank = this.#below(2) === 0 ? ' ' : '';
    if (Array.isArray(value)) return `[${blank}${value.map((one) => this.#flow(one)).join(', ')}${blank}]`;
    const entries = Object.entries(value).map(([key, one]) => `${this.#key(key)}: ${this.#flow(one)}`);
    return `{${blank}${entries.join(', ')}${blank}}`;
  }

  #isFlow = (value: Plain): boolean =>
    typeof value === 'object' && (isEmpty(value) || (this.#style === 'mixed' && this.#below(4) === 0));

  #key(key: string): string {
    return PLAIN.test(key) && !WORD.test(key) && this.#below(8) > 0 ? key : JSON.stringify(key);
  }

  #scalar(value: string | number | boolean): string {
    const known = this.#anchors.get(value);
    if (known !== undefined && this.#below(3) === 0) return `*${known} `;
    const written = this.#spell(value);
    if (known !== undefined || this.#below(12) > 0) return written;
    const name = `a${this.#anchors.size}`;
    this.#anchors.set(value, name);
    return `&${name} ${written}`;
  }

  #spell(value: string | number | boolean): string {
    if (typeof value !== 'string') return String(value);
    const kind = this.#below(4);
    if (kind === 0) return JSON.stringify(value);
    if (kind === 1) return `'${value.replaceAll("'", "''")}'`;
    return PLAIN.test(value) && !WORD.test(value) ? value : JSON.stringify(value);
  }

  #behind(): string {
    return this.#below(8) === 0 ? `  ${this.#comment()}` : '';
  }

  #above(pad: string): string {
    return this.#below(16) === 0 ? `${this.#comment()}\n${pad}` : '';
  }

  #comment(): string {
    return COMMENTS[this.#below(COMMENTS.length)]!;
  }
}

const isEmpty = (value: Plain): boolean => typeof value === 'object' && Object.keys(value).length === 0;
