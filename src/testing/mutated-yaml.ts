/** A generator of numbers below `limit` that gives the same ones for the same seed (mulberry32). */
export function numbersFrom(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** What turns one YAML into another, or into none, wherever it is put. */
const PIECES = [
  ...' \n\t\r:-#"\'{}[],&*!|>%@`?~\\.0a',
  '\r\n',
  '\n\n',
  ' #',
  ': ',
  ':\n',
  '- ',
  '-\n',
  '  ',
  '\n  ',
  '\n- ',
  '\n---\n',
  '\n--- x\n',
  '\n...\n',
  '---',
  ' |\n',
  ' >-\n  ',
  ' |2+ # c\n',
  '>1\n',
  '"a\\n\\u00e9\\x41"',
  '"a\\\n   b"',
  "'it''s'",
  "'a\n\n  b'",
  '{}',
  '[]',
  '{a: b, "c":d}',
  '[a, [b], ]',
  '[\n  a # c\n  ]',
  '&a ',
  '*a',
  '!!str ',
  '<<: ',
  '? ',
  'null',
  'yes',
  '0777',
  '1e3',
  '{{ x }}',
  '<% x',
  '[[ .x ]]',
  '%{',
  '\uFEFF',
  '\u0085',
  '\u00A0',
  '\u2028',
  '\u{1F600}',
  '\ud800',
  '\0',
  '\x7f',
];

/** Changes a text in one place to five: a piece put in, some characters or lines left out, doubled, moved or pushed. */
export function mutated(text: string, below: (limit: number) => number): string {
  let changed = text;
  for (let left = 1 + below(1 + below(5)); left > 0; left--) changed = mutatedOnce(changed, below);
  return changed;
}

function mutatedOnce(text: string, below: (limit: number) => number): string {
  const at = below(text.length + 1);
  const length = 1 + below(below(4) === 0 ? 40 : 3);
  const [before, after] = [text.slice(0, at), text.slice(at)];
  const lineStart = before.lastIndexOf('\n') + 1;
  switch (below(10)) {
    case 8:
    case 9:
      // At the start of a line, or of what follows a key, more is allowed than within a word.
      return (
        text.slice(0, lineStart) + PIECES[below(PIECES.length)] + text.slice(lineStart + below(2) * length)
      );
    case 0:
    case 1:
    case 2:
      return before + PIECES[below(PIECES.length)] + after;
    case 3:
      return before + PIECES[below(PIECES.length)] + after.slice(length);
    case 4:
      return before + after.slice(length);
    case 5:
      return before + after.slice(0, length) + after;
    case 6:
      return `${text.slice(0, lineStart)}${' '.repeat(length)}${text.slice(lineStart)}`;
    default: {
      const from = below(text.length + 1);
      return before + text.slice(from, from + length * 8) + after;
    }
  }
}
