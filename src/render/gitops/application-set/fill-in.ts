import { get } from '../../../model/reader.ts';
import type { Location } from '../../../text/source.ts';
import type { YamlNode, YamlScalar } from '../../../text/yaml-node.ts';
import { Made, type Parameters, type Places } from './parameters.ts';
import { Undecided } from './undecided.ts';

export interface Filling {
  readonly isGo: boolean;
  readonly places: Places;
  /** Where a node was written. */
  placeOf(node: YamlNode): Location | undefined;
}

const PLACE = /\{\{([^{}]*)\}\}/g;

/**
 * Fills parameters into every text of a template: `{{path.basename}}`, and with `goTemplate: true` `{{.path.basename}}`
 * and `{{index .path.segments 1}}`. A text that is a parameter and nothing else was written where the parameter was.
 *
 * @throws Undecided for what a function works out, or what no parameter says
 */
export function fillIn(template: YamlNode, parameters: Parameters, filling: Filling): YamlNode {
  const made = new Made(filling.places);
  const fill = (node: YamlNode): YamlNode => {
    if (node.type === 'list') return { ...node, items: node.items.map(fill) };
    if (node.type === 'scalar') return typeof node.value === 'string' ? fillScalar(node) : node;
    return {
      ...node,
      entries: node.entries.map(({ keyNode, value }) => {
        const filled = fillScalar(keyNode);
        return { key: filled.text, keyNode: filled, value: fill(value) };
      }),
    };
  };
  const fillScalar = (node: YamlScalar): YamlScalar => {
    if (!node.text.includes('{{')) return node;
    let last: YamlNode | undefined;
    const text = node.text.replace(PLACE, (_, inner: string) => {
      last = parameterOf(expressionIn(inner), parameters, filling.isGo);
      return String(last.value);
    });
    const isAlone = /^\{\{[^{}]*\}\}$/.test(node.text);
    return made.text(text, isAlone && last ? filling.placeOf(last) : undefined);
  };
  return fill(template);
}

/** Without the marks that trim the text around it: `{{- .path.path -}}`. */
const expressionIn = (inner: string): string => inner.replace(/^-/, '').replace(/-$/, '').trim();

function parameterOf(inner: string, parameters: Parameters, isGo: boolean): YamlScalar {
  const node = isGo ? goValue(inner, parameters) : flatValue(inner, parameters);
  if (node?.type !== 'scalar' || node.value === null)
    throw new Undecided(`nothing in the repository says what \`{{${inner}}}\` is`);
  return node;
}

const itemOf = (list: YamlNode | undefined, index: string | undefined): YamlNode | undefined =>
  list?.type === 'list' ? list.items[Number(index)] : undefined;

function goValue(inner: string, parameters: Parameters): YamlNode | undefined {
  const indexed = /^index \.([\w.]+) (\d+)$/.exec(inner);
  if (indexed) return itemOf(get(parameters, ...indexed[1]!.split('.')), indexed[2]);
  const field = /^\.([\w.]+)$/.exec(inner);
  return field ? get(parameters, ...field[1]!.split('.')) : undefined;
}

/** Keys are written flat: `path`, `path.basename`, `path[1]`, `values.tier`. */
function flatValue(inner: string, parameters: Parameters): YamlNode | undefined {
  const item = /^path\[(\d+)\]$/.exec(inner);
  if (item) return itemOf(get(parameters, 'path', 'segments'), item[1]);
  if (inner === 'path' && get(parameters, 'path')?.type === 'map') return get(parameters, 'path', 'path');
  return get(parameters, ...inner.split('.'));
}
