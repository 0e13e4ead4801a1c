import type { Service } from '../../model/model.ts';
import { isPlaceholder } from '../../model/ports.ts';
import { insideScalar } from '../../text/inside-scalar.ts';
import { Located } from '../../text/source.ts';
import { table } from '../../text/table.ts';

/** What an annotation of a cloud gives as a port of the Service which carries it, and is none. */
export interface LostAnnotationPort {
  readonly service: Service;
  readonly annotation: string;
  readonly key: Located<string>;
  /** What it is there: ingress-gce compares numbers, or names and then numbers. */
  readonly by: PortKey;
  readonly cloud: Cloud;
}

export type PortKey = 'number' | 'name' | 'name or number';
export type Cloud = 'gke' | 'aws' | 'digitalocean' | 'azure' | 'linode';

/**
 * Where the keys stand, and what they are: pkg/annotations/service.go, BackendConfigName and negServicePorts of
 * ingress-gce.
 */
const KEYS_OF_GKE = table<{ readonly inside: string | undefined; readonly by: PortKey }>({
  'cloud.google.com/backend-config': { inside: 'ports', by: 'name or number' },
  'beta.cloud.google.com/backend-config': { inside: 'ports', by: 'name or number' },
  'cloud.google.com/neg': { inside: 'exposed_ports', by: 'number' },
  'cloud.google.com/app-protocols': { inside: undefined, by: 'name or number' },
  'service.alpha.kubernetes.io/app-protocols': { inside: undefined, by: 'name or number' },
});

const LOAD_BALANCERS = 'service.beta.kubernetes.io/';

/**
 * Lists of ports: `getPortSets` in cloud-provider-aws, `getTLSPorts` and `healthCheckPort` (an error where there is none)
 * in digitalocean-cloud-controller-manager, `buildTargetGroupHealthCheckPort` in aws-load-balancer-controller.
 */
const LISTS = table<{ readonly by: PortKey; readonly cloud: Cloud }>({
  'aws-load-balancer-ssl-ports': { by: 'name or number', cloud: 'aws' },
  'aws-load-balancer-healthcheck-port': { by: 'name', cloud: 'aws' },
  'do-loadbalancer-healthcheck-port': { by: 'number', cloud: 'digitalocean' },
  'do-loadbalancer-tls-ports': { by: 'number', cloud: 'digitalocean' },
  'do-loadbalancer-http-ports': { by: 'number', cloud: 'digitalocean' },
  'do-loadbalancer-http2-ports': { by: 'number', cloud: 'digitalocean' },
});

/** Annotations that have the number of a Service port in their own names (docs of cloud-provider-azure and linode-ccm). */
const IN_NAMES: readonly (readonly [pattern: RegExp, cloud: Cloud])[] = [
  [/^port_(\d{1,5})_(?:no_lb_rule|no_probe_rule|health-probe_)/, 'azure'],
  [/^linode-loadbalancer-port-(\d{1,5})$/, 'linode'],
];

/** buildHealthProbeRulesForPort of cloud-provider-azure: the name of a Service port, or any number. */
const PROBED_BY_AZURE = /^port_\d{1,5}_health-probe_port$/;

export function lostAnnotationPorts(service: Service): LostAnnotationPort[] {
  const { annotations, ports } = service;
  if (annotations.size === 0 || ports.some(({ port, name }) => isPlaceholder(port) || isPlaceholder(name)))
    return [];
  const names = ports.flatMap(({ name }) => name?.value ?? []);
  const numbers = ports.map(({ port }) => `${port?.value ?? ''}`);
  const there = {
    number: new Set(numbers),
    name: new Set(names),
    'name or number': new Set([...names, ...numbers]),
  };
  return [...annotations].flatMap(([annotation, value]) =>
    portsIn(annotation, value)
      .filter(
        ({ key, by, cloud }) =>
          !there[by].has(cloud === 'azure' ? key.value.toLowerCase() : key.value) && !isPlaceholder(key),
      )
      .map((one) => ({ service, annotation, ...one })),
  );
}

/** What an annotation gives as ports, as far as it is one that is known. */
function portsIn(
  annotation: string,
  value: Located<string>,
): Pick<LostAnnotationPort, 'key' | 'by' | 'cloud'>[] {
  const known = KEYS_OF_GKE[annotation];
  if (known) return keysOf(value, known.inside).map((key) => ({ key, by: known.by, cloud: 'gke' }));
  if (!annotation.startsWith(LOAD_BALANCERS)) return [];
  const name = annotation.slice(LOAD_BALANCERS.length);
  const list = LISTS[name];
  if (list) return wordsOf(value, list.by).map((key) => ({ key, ...list }));
  const probed = PROBED_BY_AZURE.test(name) ? value : undefined;
  const own: ReturnType<typeof portsIn> =
    probed && !/^\d*$/.test(probed.value.trim()) ? [{ key: probed, by: 'name', cloud: 'azure' }] : [];
  return own.concat(
    IN_NAMES.flatMap(([pattern, cloud]) => {
      const [, number] = pattern.exec(name) ?? [];
      if (number === undefined) return [];
      const { source, start, end } = value;
      return [{ key: new Located(number, source, start, end), by: 'number', cloud }];
    }),
  );
}

/** The words of a list, each with its place; not what stands for all ports, nor a number where a name is asked for. */
function wordsOf(text: Located<string>, by: PortKey): Located<string>[] {
  const placeOf = insideScalar(text);
  return [...text.value.matchAll(/[^,\s]+/g)].flatMap(({ 0: word, index }) => {
    if (word === '*' || word === 'traffic-port' || (by === 'name' && /^\d+$/.test(word))) return [];
    const { source, start, end } = placeOf(index, index + word.length);
    return [new Located(word, source, start, end)];
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
