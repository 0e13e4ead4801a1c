import type { Scalar } from './yaml-node.ts';

// Mirrors `resolve` of go-yaml v2, which sigs.k8s.io/yaml and thus kubectl use (S-001): YAML 1.1 with its own accents.

const WORDS: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((w) => [w, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (w) => [w, false] as const,
  ),
  ...['', '~', 'null', 'Null', 'NULL'].map((w) => [w, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((w) => [w, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((w) => [w, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((w) => [w, Number.NEGATIVE_INFINITY] as const),
]);
const LONGEST_WORD = 5;

/** By the first character: text that can only be a string is the common case. */
const MAYBE_WORD = new Set([...'yYnNtTfFoO~'].map((character) => character.charCodeAt(0)));
const [PLUS, MINUS, DOT, ZERO, NINE] = [0x2b, 0x2d, 0x2e, 0x30, 0x39];

const SAFE_DECIMAL = /^(?:0|[1-9][0-9]{0,14})$/;
const INTEGER = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
/** `0b` and 64 digits; reading far longer ones only to find them too large would take time. */
const LONGEST_INTEGER = 66;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const DOT_FLOAT = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;

export function resolvePlain(text: string): Scalar {
  const first = text.length === 0 ? 0 : text.charCodeAt(0);
  const digit = first >= ZERO && first <= NINE;
  if (!digit && first !== PLUS && first !== MINUS && first !== DOT) {
    if (first !== 0 && !MAYBE_WORD.has(first)) return text;
    const word = text.length <= LONGEST_WORD ? WORDS.get(text) : undefined;
    return word === undefined ? text : word;
  }
  if (digit && SAFE_DECIMAL.test(text)) return Number(text);
  return WORDS.get(text) ?? resolveNumber(text) ?? text;
}

function resolveNumber(text: string): number | undefined {
  if (text.startsWith('.')) return DOT_FLOAT.test(text) ? finite(text.replaceAll('_', '')) : undefined;
  const digits = text.includes('_') ? text.replaceAll('_', '') : text;
  return integer(digits) ?? (FLOAT.test(digits) ? finite(digits) : undefined);
}

function integer(digits: string): number | undefined {
  const [, sign, magnitude] = INTEGER.exec(digits) ?? [];
  if (magnitude === undefined || magnitude.length > LONGEST_INTEGER) return undefined;
  const octal = /^0[0-7]/.test(magnitude);
  const value = BigInt(octal ? `0o${magnitude.slice(1)}` : magnitude);
  if (sign === '' ? value >= 1n << 64n : value > (1n << 63n) - (sign === '+' ? 1n : 0n)) return undefined;
  return sign === '-' ? 0 - Number(value) : Number(value);
}

/** Go refuses a float out of range, and the text stays a string. Adding 0 turns -0 into 0. */
function finite(text: string): number | undefined {
  const value = Number(text) + 0;
  return Number.isFinite(value) ? value : undefined;
}

/** Undefined when the text cannot be read as the tag says. A tag that go-yaml does not resolve makes a string. */
export function resolveTagged(tag: string, text: string): Scalar | undefined {
  const plain = resolvePlain(text);
  switch (tag.startsWith('!<tag:yaml.org,2002:') ? `!!${tag.slice(20, -1)}` : tag) {
    case '!!int':
      return typeof plain === 'number' && isInteger(text) ? plain : undefined;
    case '!!float':
      return typeof plain === 'number' ? plain : undefined;
    case '!!bool':
      return typeof plain === 'boolean' ? plain : undefined;
    case '!!null':
      return plain === null ? null : undefined;
    case '!!binary':
      return decodeBase64(text);
    default:
      return text;
  }
}

const isInteger = (text: string): boolean => integer(text.replaceAll('_', '')) !== undefined;

function decodeBase64(text: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(text.replace(/[\r\n]/g, '')), (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The JSON key that sigs.k8s.io/yaml makes of a key; undefined where it refuses, for null. */
export function keyText(value: Scalar, text: string): string | undefined {
  if (typeof value === 'string') return value;
  if (value === null) return undefined;
  if (typeof value === 'boolean') return String(value);
  if (!isInteger(text)) return floatKey(value);
  return /^-?[1-9][0-9]*$/.test(text) ? text : String(value);
}

/** Go's `strconv.FormatFloat(value, 'g', -1, 32)`: the shortest digits that a 32-bit float needs. */
function floatKey(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  const single = Math.fround(value);
  if (!Number.isFinite(single)) return single > 0 ? '.inf' : '-.inf';
  if (single === 0) return '0';
  let precision = 1;
  while (Math.fround(Number(single.toPrecision(precision))) !== single) precision++;
  const [mantissa, exponent] = single.toExponential(precision - 1).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(Number(single.toPrecision(precision)));
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
