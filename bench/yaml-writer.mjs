/**
 * Writes plain values as the YAML that people, Helm and controller-gen write: block style, `|` for several lines.
 *
 * @typedef {object} Style
 * @property {boolean} [quoteStrings] as `{{ .Values.x | quote }}` does, below the first two levels
 * @property {boolean} [indentLists] list items two columns right of their key
 */

/** Marks a map that is written with an anchor; set on the map under this key. */
export const ANCHOR = Symbol('anchor');
/** Marks a map that merges an anchored one: `<<: *name`. */
export const MERGE = Symbol('merge');

/** @param {object} value a map @param {Style} [style] @returns {string} ends with a line break */
export function writeYaml(value, style = {}) {
  /** @type {string[]} */
  const lines = [];
  writeMap(value, '', '', style, lines);
  return `${lines.join('\n')}\n`;
}

function writeMap(map, first, indent, style, lines) {
  let lead = first;
  if (map[MERGE]) {
    lines.push(`${lead}<<: *${map[MERGE]}`);
    lead = indent;
  }
  for (const key of Object.keys(map)) {
    writeValue(map[key], `${lead}${keyText(key)}:`, indent, style, lines);
    lead = indent;
  }
}

function writeList(list, indent, style, lines) {
  for (const item of list) {
    if (isBranch(item) && !Array.isArray(item)) writeMap(item, `${indent}- `, `${indent}  `, style, lines);
    else writeValue(item, `${indent}-`, indent, style, lines);
  }
}

function writeValue(value, lead, indent, style, lines) {
  if (isBranch(value)) {
    lines.push(value[ANCHOR] ? `${lead} &${value[ANCHOR]}` : lead);
    if (Array.isArray(value)) writeList(value, style.indentLists ? `${indent}  ` : indent, style, lines);
    else writeMap(value, `${indent}  `, `${indent}  `, style, lines);
  } else if (typeof value === 'string' && value.includes('\n')) {
    lines.push(`${lead} ${value.endsWith('\n') ? '|' : '|-'}`);
    for (const line of value.replace(/\n$/, '').split('\n'))
      lines.push(line === '' ? '' : `${indent}  ${line}`);
  } else {
    lines.push(`${lead} ${scalar(value, style.quoteStrings === true && indent.length >= 4)}`);
  }
}

const isBranch = (value) =>
  typeof value === 'object' && value !== null && (Object.keys(value).length > 0 || MERGE in value);

const keyText = (key) => (/^[A-Za-z_/][\w./-]*$/.test(key) ? key : JSON.stringify(key));

function scalar(value, quoted) {
  return typeof value === 'string' && isPlain(value) && !quoted ? value : JSON.stringify(value);
}

/** Narrow on purpose: what looks like a number, a boolean or a null to any reader of YAML 1.1 is quoted. */
const isPlain = (text) =>
  /^[A-Za-z/][\w /.@%+=,()-]*(:[\w/.@-]+)*[\w/.)]?$/.test(text) &&
  !/ $|^(y|n|yes|no|on|off|true|false|null)$/i.test(text);
