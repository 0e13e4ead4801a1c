import type { Edit } from '../../text/source.ts';
import { nearest } from '../../text/suggest.ts';
import type { YamlEntry, YamlMap } from '../../text/yaml-node.ts';
import { type ObjectSchema, schemaAt } from './schema.ts';
import type { Site } from './site.ts';
import { fieldOf, type Step } from './step.ts';

export interface NearField {
  readonly label: string;
  readonly help: readonly string[];
  readonly fix?: { readonly title: string; readonly edits: readonly Edit[] };
  /** What its author meant is known. */
  readonly isMeant: boolean;
  /** The field of this map that is meant: that it is left out needs no telling then. */
  readonly near?: string;
}

/** Fields of other versions, other kinds and other programs, by the Go type that they stand in. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ['IngressBackend.serviceName', 'service.name'],
  ['IngressBackend.servicePort', 'service.port.number'],
  ['IngressBackend.name', 'service.name'],
  ['IngressBackend.port', 'service.port.number'],
  ['IngressServiceBackend.number', 'port.number'],
  ['IngressServiceBackend.portName', 'port.name'],
  ['IngressServiceBackend.portNumber', 'port.number'],
  ['IngressSpec.backend', 'defaultBackend'],
  ['IngressSpec.className', 'ingressClassName'],
  ['IngressRule.paths', 'http.paths'],
  ['HTTPIngressPath.service', 'backend.service'],
  ['HTTPIngressPath.serviceName', 'backend.service.name'],
  ['HTTPIngressPath.servicePort', 'backend.service.port.number'],
  ['ServicePort.containerPort', 'targetPort'],
  ['ServicePort.hostPort', 'nodePort'],
  ['ServicePort.number', 'port'],
  ['ServicePort.published', 'port'],
  ['ServicePort.target', 'targetPort'],
  ['ServiceSpec.matchLabels', 'selector'],
  ['ServiceSpec.port', 'ports'],
  ['ServiceSpec.serviceType', 'type'],
  ['ServiceSpec.ipFamily', 'ipFamilies'],
  ['ContainerPort.port', 'containerPort'],
  ['ContainerPort.targetPort', 'containerPort'],
  ['ContainerPort.number', 'containerPort'],
  ['ContainerPort.target', 'containerPort'],
  ['ContainerPort.published', 'hostPort'],
  ['ContainerPort.nodePort', 'hostPort'],
  ['Container.environment', 'env'],
  ['Container.volumes', 'volumeMounts'],
  ['Container.healthcheck', 'livenessProbe'],
  ['Container.env_file', 'envFrom'],
  ['Container.entrypoint', 'command'],
  ['Container.cmd', 'args'],
  ['Container.expose', 'ports'],
  ['EnvVar.key', 'name'],
  ['HTTPGetAction.targetPort', 'port'],
  ['Probe.port', 'httpGet.port'],
  ['Probe.path', 'httpGet.path'],
  ['Probe.http', 'httpGet'],
  ['Probe.tcp', 'tcpSocket'],
]);

/** The fields of a description that a map leaves out: what one that nothing knows may be meant for. */
export function freeFields({ entries }: YamlMap, { fields }: ObjectSchema): readonly string[] {
  const taken = new Set(entries.map(({ key }) => key));
  return [...fields.keys()].filter((name) => !taken.has(name));
}

/**
 * What a field that nothing knows was meant for.
 *
 * @param free the fields that its map leaves out, which are the same for all that nothing knows in it
 */
export function hintForUnknown(
  site: Site,
  free: readonly string[],
  entry: YamlEntry,
  schema: ObjectSchema,
): NearField {
  const { key } = entry;
  const moved = MEANT.get(`${schema.struct}.${key}`);
  if (moved) {
    const path = site.field(moved);
    return { label: `\`${moved}\` is meant`, help: [`write it as \`${path}\``], isMeant: true };
  }
  const folded = free.find((name) => fold(name) === fold(key));
  const close = folded === undefined ? nearest(key, free) : [folded];
  const names = close.length > 0 ? close : shortened(key, free, schema);
  const [near] = names;
  if (near !== undefined) {
    return {
      label: `\`${near}\` is near`,
      help:
        names.length > 1 ? [`the fields near it are ${names.map((name) => `\`${name}\``).join(', ')}`] : [],
      fix: {
        title: `write \`${near}\``,
        edits: [{ at: site.at(entry.keyNode), text: quotedAs(entry, near) }],
      },
      isMeant: true,
      near,
    };
  }
  const home = homeOf(site, key);
  if (home !== undefined) {
    return {
      label: 'belongs elsewhere',
      help: [`\`${key}\` belongs in \`${home || 'the object itself'}\``],
      isMeant: true,
    };
  }
  return { label: 'not known here', help: [fieldsOf(schema)], isMeant: false };
}

/** The one field that must be there and is not, where its name ends in this word: `name` for `headerName`. */
function shortened(key: string, free: readonly string[], { required }: ObjectSchema): readonly string[] {
  const lacking = free.filter((name) => required.includes(name));
  const isMeant = lacking.length === 1 && key.length >= 4 && fold(lacking[0]!).endsWith(fold(key));
  return isMeant ? lacking : [];
}

/** Case, `-` and `_` aside. */
const fold = (name: string): string => name.toLowerCase().replace(/[-_]/g, '');

const quotedAs = ({ keyNode }: YamlEntry, name: string): string =>
  keyNode.quoted ? JSON.stringify(name) : name;

const MOST_FIELDS = 12;

function fieldsOf({ fields }: ObjectSchema): string {
  const names = [...fields.keys()];
  const more = names.length > MOST_FIELDS ? ` and ${names.length - MOST_FIELDS} more` : '';
  return names.length === 0
    ? 'leave it out'
    : `the fields there are ${names
        .slice(0, MOST_FIELDS)
        .map((name) => `\`${name}\``)
        .join(', ')}${more}`;
}

const DEEPEST = 6;

/** The place of the object nearest by that has such a field, first below, then above; undefined where none has. */
function homeOf(site: Site, key: string): string | undefined {
  const trail = trailOf(site);
  for (const [steps, schema] of trail.toReversed()) {
    const below = search(schema, key);
    if (below) return fieldOf([...steps, ...below]);
  }
  return undefined;
}

/** The objects on the way down to the current one, with their paths. */
function trailOf(site: Site): (readonly [Step[], ObjectSchema])[] {
  const trail: (readonly [Step[], ObjectSchema])[] = [[[], site.root]];
  let place: number | undefined;
  for (const [index, step] of site.path.entries()) {
    const schema = place === undefined ? site.root : schemaAt(place);
    if (schema.type === 'o' && typeof step === 'string') place = schema.fields.get(step);
    else if (schema.type === 'a') place = schema.items;
    else if (schema.type === 'm') place = schema.values;
    else return trail;
    const next = place === undefined ? undefined : schemaAt(place);
    if (next?.type === 'o') trail.push([site.path.slice(0, index + 1), next]);
  }
  return trail;
}

function search(root: ObjectSchema, key: string): Step[] | undefined {
  let level: (readonly [Step[], ObjectSchema])[] = [[[], root]];
  const seen = new Set<ObjectSchema>([root]);
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth++) {
    const found = level.find(([, schema]) => schema.fields.has(key));
    if (found) return found[0];
    const next: (readonly [Step[], ObjectSchema])[] = [];
    for (const [steps, schema] of level) {
      for (const [name, place] of schema.fields) {
        if (name === 'metadata' && depth === 0) continue;
        const value = schemaAt(place);
        const item = value.type === 'a' ? schemaAt(value.items) : value;
        if (item.type !== 'o' || seen.has(item) || name === 'status' || name === 'managedFields') continue;
        seen.add(item);
        next.push([value.type === 'a' ? [...steps, name, '[]'] : [...steps, name], item]);
      }
    }
    level = next;
  }
  return undefined;
}
