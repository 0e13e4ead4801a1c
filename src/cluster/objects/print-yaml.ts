import { trimEndOf } from '../../text/trim-end.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';

/** An object as `kubectl get -o yaml` prints it: keys in order, lists below their key, quotes only where they are needed. */
export function printYaml(object: JsonObject): string {
  const lines: string[] = [];
  mapLines(object, '', lines);
  // The end of the last line is joined as well: a text that is put together behind it would be copied when it is read.
  lines.push('');
  return lines.join('\n');
}

function mapLines(map: JsonObject, indent: string, lines: string[]): void {
  for (const key of Object.keys(map).sort()) {
    const value = map[key];
    if (value !== undefined) entryLines(`${indent}${spell(key)}:`, value, indent, lines);
  }
}

/** What stands behind `head`: on its line, or below it. */
function entryLines(head: string, value: Json, indent: string, lines: string[]): void {
  if (Array.isArray(value) && value.length > 0) {
    lines.push(head);
    listLines(value, indent, lines);
  } else if (isObject(value) && Object.keys(value).length > 0) {
    lines.push(head);
    mapLines(value, `${indent}  `, lines);
  } else lines.push(`${head} ${scalar(value, `${indent}  `)}`);
}

function listLines(list: readonly Json[], indent: string, lines: string[]): void {
  for (const item of list) {
    const isNested =
      (Array.isArray(item) && item.length > 0) || (isObject(item) && Object.keys(item).length > 0);
    if (!isNested) {
      lines.push(`${indent}- ${scalar(item, `${indent}  `)}`);
      continue;
    }
    const first = lines.length;
    if (Array.isArray(item)) listLines(item, `${indent}  `, lines);
    else mapLines(item as JsonObject, `${indent}  `, lines);
    lines[first] = `${indent}- ${lines[first]!.slice(indent.length + 2)}`;
  }
}

function scalar(value: Json, indent: string): string {
  if (typeof value === 'string') return value.includes('\n') ? block(value, indent) : spell(value);
  if (Array.isArray(value)) return '[]';
  return isObject(value) ? '{}' : String(value);
}

/** What YAML 1.1 reads as something else than text, or Go's printer does not leave plain. */
const NOT_TEXT =
  /^(?:y|n|yes|no|on|off|true|false|null|~|)$|^[-+]?(?:\d[\d_]*(?:\.[\d_]*)?(?:e[-+]?\d+)?|\.\d[\d_]*(?:e[-+]?\d+)?|0x[\da-f_]+|0o?[0-7_]+|0b[01_]+|\.inf|\.nan|\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?)$|^\d{4}-\d\d?-\d\d?(?:[Tt\s].*)?$|^<<$/i;
const NOT_PLAIN = /^[\s!&*|>'"%@`#,[\]{}]|^[-?:](?:\s|$)|:(?:\s|$)|\s#|\s$|^---|^\.\.\./;
const NOT_PRINTED = /[^\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;

function spell(text: string): string {
  if (NOT_PRINTED.test(text) || NOT_TEXT.test(text)) return JSON.stringify(text);
  return NOT_PLAIN.test(text) ? `'${text.replaceAll("'", "''")}'` : text;
}

/** A literal, where all of it can be printed; `indent` is that of its lines. */
function block(text: string, indent: string): string {
  const body = trimEndOf(text, '\n');
  const end = text.slice(body.length);
  if (body === '' || NOT_PRINTED.test(body.replaceAll('\n', ''))) return JSON.stringify(text);
  const keep = end === '' ? '-' : end === '\n' ? '' : '+';
  const hint = /^[\s]/.test(body) ? '2' : '';
  const lines = `${body}${end.slice(1)}`.split('\n').map((line) => (line === '' ? '' : `${indent}${line}`));
  return [`|${hint}${keep}`, ...lines].join('\n');
}
