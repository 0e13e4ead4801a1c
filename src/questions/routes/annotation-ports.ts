import type { Service } from '../../model/model.ts';
import { isPlaceholder } from '../../model/ports.ts';
import { insideScalar } from '../../text/inside-scalar.ts';
import { Located } from '../../text/source.ts';
import { table } from '../../text/table.ts';

/** A key of an annotation of GKE that is to be a port of the Service which carries it, and is none. */
export interface LostAnnotationPort {
  readonly service: Service;
  readonly annotation: string;
  readonly key: Located<string>;
  /** What a key is there: ingress-gce compares numbers, or names and then numbers. */
  readonly by: PortKey;
}

export type PortKey = 'number' | 'name or number';

/**
 * Where the keys stand, and what they are: pkg/annotations/service.go, BackendConfigName and negServicePorts of
 * ingress-gce.
 */
const ANNOTATIONS = table<{ readonly inside: string | undefined; readonly by: PortKey }>({
  'cloud.google.com/backend-config': { inside: 'ports', by: 'name or number' },
  'beta.cloud.google.com/backend-config': { inside: 'ports', by: 'name or number' },
  'cloud.google.com/neg': { inside: 'exposed_ports', by: 'number' },
  'cloud.google.com/app-protocols': { inside: undefined, by: 'name or number' },
  'service.alpha.kubernetes.io/app-protocols': { inside: undefined, by: 'name or number' },
});

export function lostAnnotationPorts(service: Service): LostAnnotationPort[] {
  const { annotations, ports } = service;
  if (ports.some(({ port, name }) => isPlaceholder(port) || isPlaceholder(name))) return [];
  return [...annotations].flatMap(([annotation, value]) => {
    const known = ANNOTATIONS[annotation];
    if (!known) return [];
    const names = ports.map(({ name }) => name?.value ?? '');
    const numbers = ports.map(({ port }) => `${port?.value ?? ''}`);
    const there = new Set(known.by === 'number' ? numbers : [...names, ...numbers]);
    return keysOf(value, known.inside)
      .filter((key) => !there.has(key.value) && !isPlaceholder(key))
      .map((key) => ({ service, annotation, key, by: known.by }));
  });
}

/** The keys of a JSON object, each with its place; none where the text is no such JSON. */
function keysOf(text: Located<string>, inside: string | undefined): Located<string>[] {
  const object = parse(text.value);
  const map = inside === undefined ? object : object?.[inside];
  if (typeof map !== 'object' || map === null) return [];
  const placeOf = insideScalar(text);
  const start = inside === undefined ? 0 : text.value.indexOf(`"${inside}"`);
  return Object.keys(map).map((key) => {
    const from = text.value.indexOf(`"${key}"`, start) + 1;
    const { source, start: first, end } = from > 0 ? placeOf(from, from + key.length) : text;
    return new Located(key, source, first, end);
  });
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
