import type { Edit, Location } from './source.ts';

/**
 * Adds `key: value` to a mapping in the style it is written in: block, flow or JSON.
 *
 * @param map the whole mapping
 * @param after a value inside the mapping to follow; left out, the field comes first
 */
export function insertField(map: Location, key: string, value: string, after?: Location): Edit {
  const { source, start, end } = map;
  const { text } = source;
  const at = (offset: number): Location => ({ source, start: offset, end: offset });
  const follows = after !== undefined && after.source === source && after.start >= start && after.end <= end;
  if (text[start] === '{') {
    const isJson = /^\{\s*"/.test(text.slice(start, end));
    const field = isJson ? `"${key}": ${value}` : `${key}: ${value}`;
    return follows
      ? { at: at(after.end), text: `, ${field}` }
      : { at: at(start + 1), text: /\s/.test(text[start + 1] ?? '') ? ` ${field},` : `${field}, ` };
  }
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const ending = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = ' '.repeat(line.length);
  if (!follows) return { at: at(start), text: `${key}: ${value}${ending}${indent}` };
  // A comment behind the value stays with it.
  const lineEnd = /[\r\n]|$/.exec(text.slice(after.end))!.index + after.end;
  return { at: at(lineEnd), text: `${ending}${indent}${key}: ${value}` };
}
