import { Located } from '../../text/source.ts';
import type { YamlNode } from '../../text/yaml-node.ts';
import type { KindDecoder } from '../kind.ts';
import { get, type Reader } from '../reader.ts';
import type { Backend, Route, RouteRule } from '../route.ts';
import { readAnnotations, readMetadata } from './metadata.ts';

/** A kind that only its users know: which fields of it name a Service, and what belongs to it. */
export interface CustomKind {
  readonly kind: string;
  readonly group: string;
  /** Keys with dots between, `[]` behind the key of a list: where the other paths start. */
  readonly at?: string | undefined;
  readonly service: string;
  readonly port?: string | undefined;
  readonly namespace?: string | undefined;
  readonly host?: string | undefined;
}

export const customKind = (custom: CustomKind): KindDecoder => ({
  kind: custom.kind,
  groups: [custom.group],
  links: ['backend'],
  decode: (read, root, namespace): Route => {
    const metadata = readMetadata(read, root, namespace);
    const start = custom.at ?? '';
    return {
      shape: 'route',
      kind: custom.kind,
      api: 'custom',
      annotations: readAnnotations(read, root),
      parents: [],
      rules: nodesAt(root, start).map((node, index) => decodeRule(read, node, custom, index)),
      rulesAt: metadata.nameAt,
      ...metadata,
    };
  },
});

function decodeRule(read: Reader, node: YamlNode, custom: CustomKind, index: number): RouteRule {
  const { at = '', service, port, namespace, host } = custom;
  const prefix = at === '' ? '' : `${at.replace(/\[\]$/, `[${index}]`)}.`;
  const [parent, key] = leafOf(node, service);
  const [portParent, portKey] = port === undefined ? [] : leafOf(node, port);
  const asked = portKey === undefined ? undefined : read.scalar(portParent, portKey);
  const isNumber = typeof asked?.value === 'number' || /^\d+$/.test(String(asked?.value));
  const text = (path: string | undefined): Backend['service'] => {
    const [holder, last] = path === undefined ? [] : leafOf(node, path);
    return last === undefined ? undefined : read.string(holder, last, `${prefix}${path}`);
  };
  const hostName = text(host);
  const backend: Backend = {
    service: read.string(parent, key, `${prefix}${service}`),
    namespace: text(namespace),
    portNumber:
      isNumber && asked ? new Located(Number(asked.value), read.source, asked.start, asked.end) : undefined,
    portName:
      isNumber || portKey === undefined ? undefined : read.string(portParent, portKey, `${prefix}${port}`),
    portNameKeyAt: undefined,
    resource: undefined,
    field: `${prefix}${service}`,
    at: read.at(node),
  };
  return {
    hosts: hostName ? [hostName] : [],
    matches: [],
    backends: backend.service ? [backend] : [],
    protocol: 'TCP',
  };
}

/** The map that holds the last key of a path, and that key. Lists on the way are not followed. */
function leafOf(node: YamlNode, path: string): [parent: YamlNode | undefined, key: string] {
  const keys = path.split('.');
  const key = keys.pop()!;
  return [get(node, ...keys), key];
}

/** Every node that a path means: each item of a list behind `[]`. */
function nodesAt(root: YamlNode, path: string): YamlNode[] {
  if (path === '') return [root];
  let nodes: YamlNode[] = [root];
  for (const step of path.split('.')) {
    const isList = step.endsWith('[]');
    const key = isList ? step.slice(0, -2) : step;
    nodes = nodes.flatMap((node) => {
      const value = get(node, key);
      if (!value) return [];
      return isList ? (value.type === 'list' ? value.items : []) : [value];
    });
  }
  return nodes;
}
