import { type Edit, type Location, textOf } from './source.ts';

/** Puts a text in the place of a scalar: in quotes where that one has some, or where YAML would not read it as text. */
export function spell(at: Location, text: string): Edit {
  const isQuoted = /^["']/.test(textOf(at));
  return { at, text: isQuoted || !isPlainText(text) ? JSON.stringify(text) : text };
}

/** Letters first, and no word that YAML 1.1 takes for a boolean or for nothing. */
const isPlainText = (text: string): boolean =>
  /^[a-z][\w./-]*$/i.test(text) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(text);
