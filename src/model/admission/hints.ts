import type { YamlEntry, YamlMap, YamlNode } from '../../text/yaml-node.ts';
import { composePortOf, helpForPort } from './compose.ts';
import { type Schema, schemaAt } from './schema.ts';
import { clip } from './step.ts';

export interface ShapeHint {
  readonly label?: string;
  readonly help: readonly string[];
  readonly isCompose?: boolean;
  /** It says what stands there, and only quotes are missing. */
  readonly isUnquoted?: boolean;
}

/** Where people write a value alone: the field of the map that it belongs in. */
const SHORT_FORMS: ReadonlyMap<string, string> = new Map([
  ['ContainerPort', 'containerPort'],
  ['ServicePort', 'port'],
  ['EndpointPort', 'port'],
  ['NetworkPolicyPort', 'port'],
  ['ServiceBackendPort', 'number'],
  ['IngressServiceBackend', 'name'],
  ['LocalObjectReference', 'name'],
  ['HTTPIngressPath', 'path'],
  ['IngressRule', 'host'],
  ['TCPSocketAction', 'port'],
  ['GRPCAction', 'port'],
  ['HTTPGetAction', 'path'],
  ['Container', 'image'],
  ['Endpoint', 'addresses'],
]);

/** What was meant by a value of another type, and how Kubernetes says it. */
export function hintForShape(
  node: YamlNode,
  schema: Schema,
  struct: string,
  entry: YamlEntry | undefined,
): ShapeHint | undefined {
  if (schema.type === 'o' && node.type === 'scalar') return forScalar(node.text, schema.struct, entry);
  if (schema.type === 'a') return forList(node, schema.items, entry);
  if (schema.type === 'o' && node.type === 'list') {
    return {
      help: [`write its fields right under \`${entry?.key ?? 'it'}\`, without the \`- \` before them`],
    };
  }
  if (schema.type === 'i' && node.type === 'scalar') return forNumber(node.text, entry?.key ?? '');
  if (schema.type === 's' && node.type === 'map' && struct === 'ServiceSpec')
    return {
      label: 'a map, not text',
      help: [
        `a Service's selector is a map of labels: write them right under \`selector\`, without \`${entry?.key ?? 'matchLabels'}\``,
      ],
    };
  if (schema.type === 's' && node.type === 'scalar' && typeof node.value !== 'string')
    return {
      label: `a ${typeof node.value} without quotes`,
      help: [`put quotes around it: \`"${clip(node.text)}"\``],
      isUnquoted: true,
    };
  return undefined;
}

function forScalar(text: string, struct: string, entry: YamlEntry | undefined): ShapeHint | undefined {
  if (struct === 'EnvVar') {
    const [name = text, ...value] = text.split('=');
    return {
      label: 'not a map with `name` and `value`',
      help: [
        `write \`- name: ${clip(name.trim())}\` and below it \`value: "${value.length > 0 ? '…' : ''}"\``,
      ],
      isCompose: /^\w+=/.test(text),
    };
  }
  const field = SHORT_FORMS.get(struct);
  if (!field) return undefined;
  const compose = composePortOf(text);
  if (compose && (struct === 'ContainerPort' || struct === 'ServicePort'))
    return {
      label:
        compose.host === undefined ? 'a port as compose writes it' : 'HOST:CONTAINER, as compose writes it',
      help: helpForPort(compose, field),
      isCompose: true,
    };
  const holder = entry ? `${entry.key}: { ${field}: ${clip(text)} }` : `- ${field}: ${clip(text)}`;
  const isNumber = struct !== 'ServiceBackendPort' || /^\d+$/.test(text);
  return {
    label: `not a map with \`${isNumber ? field : 'name'}\``,
    help: [`write \`${isNumber ? holder : holder.replace('number', 'name')}\``],
  };
}

function forList(node: YamlNode, items: number, entry: YamlEntry | undefined): ShapeHint {
  const item = schemaAt(items);
  const struct = item.type === 'o' ? item.struct : '';
  if (node.type === 'map' && struct === 'EnvVar') return forEnvironment(node);
  if (node.type === 'map') {
    const first = node.entries[0]?.key;
    return {
      label: 'a map, not a list',
      help: [`write \`- \` before ${first ? `\`${clip(first)}\`` : 'its first field'}: it is a list of maps`],
    };
  }
  const short = SHORT_FORMS.get(struct);
  const text = node.type === 'scalar' ? clip(node.text) : '';
  const compose = short === 'containerPort' ? composePortOf(text) : undefined;
  if (compose && short) return { help: helpForPort(compose, `- ${short}`), isCompose: true };
  return {
    label: 'no list',
    help: [
      item.type === 's'
        ? `write it as a list: \`${entry?.key ?? ''}: ["${text}"]\``
        : short
          ? `write it as a list of maps: \`- ${short}: ${text}\``
          : 'write it as a list, with `- ` before each entry',
    ],
  };
}

function forEnvironment(node: YamlMap): ShapeHint {
  const first = node.entries[0]?.key ?? 'NAME';
  return {
    label: 'a map, not a list',
    help: [
      `write each variable as an entry of a list: \`- name: ${clip(first)}\` and below it \`value: "…"\``,
    ],
    isCompose: true,
  };
}

function forNumber(text: string, key: string): ShapeHint | undefined {
  const compose = composePortOf(text);
  if (compose) {
    return { label: 'a port as compose writes it', help: helpForPort(compose, key), isCompose: true };
  }
  if (/^\d+$/.test(text))
    return { label: 'text, because of its quotes', help: [`write the number ${text} without quotes`] };
  return undefined;
}
