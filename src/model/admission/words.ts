import type { Scalar, YamlNode } from '../../text/yaml-node.ts';
import { type Schema, schemaAt } from './schema.ts';
import type { Step } from './step.ts';

/** What stands there, for people. */
export function gotOf(node: YamlNode): string {
  if (node.type === 'map') return 'a map';
  if (node.type === 'list') return 'a list';
  if (typeof node.value === 'string') return 'text';
  if (node.value === null) return 'nothing';
  return typeof node.value === 'boolean' ? 'a boolean' : 'a number';
}

const EXPECTED: Readonly<Record<Schema['type'], string>> = {
  o: 'a map of fields',
  m: 'a map',
  a: 'a list',
  s: 'text',
  i: 'a whole number',
  n: 'a number',
  b: '`true` or `false`',
  x: 'a whole number or text',
  q: 'a quantity',
  t: 'a time',
  y: 'base64 text',
  '*': 'anything',
};

export const expectedOf = (schema: Schema): string => EXPECTED[schema.type];

const INT32 = 2 ** 31;

/** Whether the value has the type that the server decodes. Custom kinds have no types of Go, and no bounds but their own. */
export function fits(node: YamlNode, schema: Schema, isCustom: boolean): boolean {
  switch (schema.type) {
    case 'o':
    case 'm':
      return node.type === 'map';
    case 'a':
      return node.type === 'list';
    case '*':
      return true;
  }
  // Bytes may be a list, and an empty one is empty text.
  if (node.type === 'list' && schema.type === 'y') return node.items.length === 0;
  if (node.type !== 'scalar') return false;
  const { value } = node;
  switch (schema.type) {
    case 'i':
      return (
        isInteger(value) &&
        (isCustom || schema.facets.long !== undefined || Math.abs(value as number) < INT32)
      );
    case 'x':
      return (
        typeof value === 'string' || (isInteger(value) && (isCustom || Math.abs(value as number) < INT32))
      );
    case 'n':
      return Number.isFinite(value);
    case 'q':
      return Number.isFinite(value) || (typeof value === 'string' && QUANTITY.test(value));
    case 'b':
      return typeof value === 'boolean';
    case 'y':
      return typeof value === 'string' && BASE64.test(value.replace(/[\r\n]/g, ''));
    case 't':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value));
    default:
      return typeof value === 'string';
  }
}

const isInteger = (value: unknown): boolean => typeof value === 'number' && Number.isInteger(value);

/** apimachinery pkg/api/resource/quantity.go ParseQuantity. */
const QUANTITY = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Numbers of YAML that JSON has not, on which kubectl stops. */
export const unsayable = (value: Scalar): string | undefined =>
  typeof value !== 'number' || Number.isFinite(value)
    ? undefined
    : `error converting YAML to JSON: json: unsupported value: ${Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'}`;

/** How Go's decoder, or the validation of a custom kind, tells a value of another type. */
export function typeReason(
  node: YamlNode,
  schema: Schema,
  struct: string,
  field: string,
  path: readonly Step[],
): string {
  const unsaid = node.type === 'scalar' ? unsayable(node.value) : undefined;
  if (unsaid) return unsaid;
  if (struct === '' && schema.type === 'o' && schema.go)
    return `json: cannot unmarshal ${goValue(node, schema)} into Go struct field metadataOnlyObject.${field} of type ${schema.go}`;
  if (struct === '') {
    const unknown = fieldsBelow(node, schema, field);
    if (unknown.length > 0)
      return `strict decoding error: ${unknown.map((one) => `unknown field "${one}"`).join(', ')}`;
    const got = customType(node);
    return `${field}: Invalid value: "${got}": ${field} in body must be of type ${customExpected(schema)}: "${got}"`;
  }
  if (schema.type === 't' && node.type === 'scalar' && typeof node.value === 'string')
    return `parsing time ${JSON.stringify(node.value)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(node.value)} as "2006"`;
  if (schema.type === 'q')
    return "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  if (schema.type === 'y' && node.type === 'scalar' && typeof node.value === 'string')
    return 'illegal base64 data at input byte';
  if (schema.type === 'x')
    return `json: cannot unmarshal ${goValue(node, schema)} into Go value of type int32`;
  const names = path.filter((step) => typeof step === 'string').join('.');
  const type = goTypeOf(schema);
  return `json: cannot unmarshal ${goValue(node, schema)} into Go struct field ${struct}.${names}${type === undefined ? '' : ` of type ${type}`}`;
}

function goValue(node: YamlNode, schema: Schema): string {
  if (node.type === 'map') return 'object';
  if (node.type === 'list') return 'array';
  if (typeof node.value === 'string') return 'string';
  if (typeof node.value === 'boolean') return 'bool';
  return schema.type === 'i' || schema.type === 'x' ? `number ${goNumber(node.value as number)}` : 'number';
}

/** As `strconv` has it: `1e+21`. */
const goNumber = (value: number): string => String(value);

/** Undefined for text, whose Go types often have names of their own that the description does not tell. */
function goTypeOf(schema: Schema): string | undefined {
  switch (schema.type) {
    case 'o':
      return schema.go;
    case 'a': {
      const item = goTypeOf(schemaAt(schema.items));
      return item && `[]${item}`;
    }
    case 'm': {
      const value = goTypeOf(schemaAt(schema.values));
      return value && `map[string]${value}`;
    }
    case 'i':
      return schema.facets.long ? 'int64' : 'int32';
    case 'b':
      return 'bool';
    default:
      return undefined;
  }
}

function customType(node: YamlNode): string {
  if (node.type === 'map') return 'object';
  if (node.type === 'list') return 'array';
  if (typeof node.value === 'string' || node.value === null) return node.value === null ? 'null' : 'string';
  if (typeof node.value === 'boolean') return 'boolean';
  return Number.isInteger(node.value) ? 'integer' : 'number';
}

function customExpected({ type }: Schema): string {
  if (type === 'o' || type === 'm') return 'object';
  if (type === 'a') return 'array';
  if (type === 'i') return 'integer';
  if (type === 'n') return 'number';
  return type === 'b' ? 'boolean' : type === 'x' ? 'integer or string' : 'string';
}

/** What a value of another shape has below it is pruned, as no field of a custom kind, before its type is looked at. */
function fieldsBelow(node: YamlNode, schema: Schema, field: string): string[] {
  if (node.type === 'map' && schema.type !== 'm') return node.entries.map(({ key }) => `${field}.${key}`);
  if (node.type !== 'list' || schema.type !== 'o') return [];
  return node.items.flatMap((item, index) =>
    item.type === 'map' ? item.entries.map(({ key }) => `${field}[${index}].${key}`) : [],
  );
}
