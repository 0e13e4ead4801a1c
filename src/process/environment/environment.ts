import type { ImageConfig } from '../../model/image-config.ts';
import type {
  ConfigMap,
  Container,
  EnvSource,
  EnvVar,
  PodTemplate,
  Secret,
  Service,
  ValueFrom,
} from '../../model/model.ts';
import type { Located, Location } from '../../text/source.ts';
import { expand } from './expansion.ts';
import { type ServiceLink, type ServiceLinks, serviceLinks } from './service-links.ts';
import { fromObject, isName, nameOf, Sources, unknown, type Variable, Variables } from './variables.ts';

/** A container's environment as the kubelet builds it (S-092..S-114). */
export interface Environment {
  /** What `envFrom` and `env` set, later entries over earlier ones. */
  readonly variables: Variables;
  /** False when an envFrom source is not in the input, so that any variable might be set. */
  readonly complete: boolean;
  /** What else gives variables that are not in the input, where something does: `doppler` in command of container web. */
  readonly unseen?: string | undefined;
  /** Values of a name that a later source or entry wrote over, in order (S-092). */
  readonly overwritten: (name: string) => readonly Variable[];
  /** What Services give to names that are not set (S-110..S-114). */
  readonly links: ServiceLinks;
  /** ENV of the image, below all the rest; undefined when nobody read the image. */
  readonly image: ImageConfig | undefined;
}

/** A variable as the process finds it. */
export interface FoundVariable extends Omit<Variable, 'at'> {
  /** Undefined for what no manifest spells: ENV of the image. */
  readonly at: Location | undefined;
  /** Who set it: the Pod's own env and envFrom, a Service's link, or the image's ENV. */
  readonly origin: 'pod' | 'service' | 'image';
}

/** The objects of the Pod's own namespace (S-094). */
export interface ObjectLookup {
  configMap(name: string): ConfigMap | undefined;
  secret(name: string): Secret | undefined;
  /** More than one where the input defines the Service twice. */
  services(name: string): readonly Service[];
}

/**
 * Builds it in the kubelet's order: envFrom, then env, each over what is there; Service links for names that are not
 * there; the image's ENV below (S-092).
 */
export function buildEnvironment(
  container: Container,
  template: PodTemplate,
  lookup: ObjectLookup,
  image?: ImageConfig,
): Environment {
  const sources = new Sources(container.envFrom, ({ kind, name }) => find(lookup, kind, name.value));
  const { complete } = sources;
  const own = new Map<string, Variable>();
  const earlier = new Map<string, Variable[]>();
  const variables = new Variables(sources, own);
  const set = (variable: Variable): void => {
    const before = variables.get(variable.name);
    if (before) earlier.set(variable.name, [...(earlier.get(variable.name) ?? []), before]);
    own.set(variable.name, variable);
  };
  const overwritten = (name: string): readonly Variable[] => [
    ...sources.below(name),
    ...(earlier.get(name) ?? []),
  ];
  const links = serviceLinks(template.enableServiceLinks, lookup.services);
  const environment = { variables, complete, overwritten, links, image };
  let size = 0;
  for (const entry of container.env) {
    const variable = evaluate(entry, template, lookup, environment);
    if (!variable || !isName(variable.name)) continue;
    size += variable.value?.length ?? 0;
    set(size > LARGEST_ENVIRONMENT ? unknown(variable.name, variable.at, TOO_LARGE) : variable);
  }
  return environment;
}

/**
 * What the process reads under a name; undefined when nothing that was seen sets it. A Service's link stands above
 * the image's ENV, which the kubelet does not see.
 */
export function findVariable(
  { variables, links, image }: Environment,
  name: string,
): FoundVariable | undefined {
  const own = variables.get(name);
  if (own) return { ...own, origin: 'pod' };
  const link = links.find(name);
  if (link) return { name, origin: 'service', ...readLink(link) };
  const value = image?.env.get(name);
  return value === undefined
    ? undefined
    : { name, value, origin: 'image', at: undefined, from: `ENV of ${image?.from}`, secret: false };
}

const readLink = ({
  service,
  value,
}: ServiceLink): Pick<FoundVariable, 'value' | 'at' | 'from' | 'secret'> => ({
  value,
  at: service?.nameAt,
  from: service ? `Service ${service.namespace}/${service.name}` : 'Service default/kubernetes',
  secret: false,
});

/** A text of the manifest with its references replaced. */
export interface Expansion {
  /** Undefined where the input does not hold what it refers to. */
  readonly value: string | undefined;
  /** The same with `UNKNOWN` for each part that is not known. */
  readonly marked: string;
  /** True when some of it comes from a Secret. */
  readonly secret: boolean;
  /** No process can be given it. */
  readonly tooLong: boolean;
}

/** Stands for a part of a text that the input does not hold; no argument and no variable can hold this character. */
export const UNKNOWN = '\0';

/**
 * Linux starts no program that has a longer variable or argument (MAX_ARG_STRLEN in include/uapi/linux/binfmts.h), nor
 * one with more of them than this (a quarter of the stack's usual limit, execve(2)). Values that refer to one another
 * double with each line, and are followed no further: what is beyond is unknown.
 */
const LONGEST_STRING = 128 * 1024;
const LARGEST_ENVIRONMENT = 2 * 1024 * 1024;
const TOO_LARGE = 'env, longer than Linux gives to a process';

/** One argument as the kubelet passes it on (S-105). */
export function expandArgument(text: string, { variables, complete, links }: Environment): Expansion {
  let secret = false;
  const expanded = expand(
    text,
    (name) => {
      const variable = variables.get(name);
      secret ||= variable?.secret ?? false;
      if (variable) return variable.value ?? UNKNOWN;
      if (!complete) return UNKNOWN;
      const link = links.find(name);
      if (link) return link.value ?? UNKNOWN;
      return links.mayBeOutside(name) ? UNKNOWN : undefined;
    },
    LONGEST_STRING,
  );
  const marked = expanded.length > LONGEST_STRING ? UNKNOWN : expanded;
  return {
    value: marked.includes(UNKNOWN) ? undefined : marked,
    marked,
    secret,
    tooLong: marked !== expanded,
  };
}

const find = (lookup: ObjectLookup, kind: EnvSource['kind'], name: string): ConfigMap | Secret | undefined =>
  kind === 'ConfigMap' ? lookup.configMap(name) : lookup.secret(name);

/** Undefined when the entry is skipped, so that an earlier value survives (S-095). */
function evaluate(
  { name: { value: name, at }, value, valueFrom }: EnvVar,
  template: PodTemplate,
  lookup: ObjectLookup,
  earlier: Environment,
): Variable | undefined {
  // A value that is not empty wins over valueFrom (S-100).
  if (valueFrom && !value?.value) return follow(name, valueFrom, template, lookup);
  const text = value?.value ?? '';
  // It sees what was set before it, and Service links (S-101).
  const { value: meant, secret, tooLong } = expandArgument(text, earlier);
  return { name, at: value?.at ?? at, from: tooLong ? TOO_LARGE : 'env', value: meant, secret };
}

function follow(
  name: string,
  valueFrom: ValueFrom,
  template: PodTemplate,
  lookup: ObjectLookup,
): Variable | undefined {
  if (valueFrom.kind === 'unknown') return unknown(name, valueFrom.at, 'valueFrom');
  if (valueFrom.kind === 'field') return fieldOf(name, valueFrom.path, template);
  const object = find(lookup, valueFrom.kind, valueFrom.name.value);
  // Optional or not: an object that the input lacks can be in the cluster.
  if (!object) return unknown(name, valueFrom.name, `${valueFrom.kind} ${valueFrom.name.value}`);
  const value = object.data.get(valueFrom.key.value);
  if (value) return fromObject(name, object, value);
  return valueFrom.optional ? undefined : unknown(name, valueFrom.key, nameOf(object));
}

const SUBSCRIPT = /^metadata\.(labels|annotations)\['([^']*)'\]$/;
/** Keys that controllers add to a Pod, so that the template's silence says nothing. */
const ADDED =
  /kubernetes\.io\/|k8s\.io\/|^(pod-template-hash|controller-revision-hash|controller-uid|job-name)$/;

/** Labels and annotations stand in the template, the other fields are known only at run time (S-106). */
function fieldOf(name: string, path: Located<string>, template: PodTemplate): Variable {
  const [, map, key = ''] = SUBSCRIPT.exec(path.value) ?? [];
  if (!map) return unknown(name, path, path.value);
  const value = (map === 'labels' ? template.labels : template.annotations).get(key);
  if (!value && ADDED.test(key)) return unknown(name, path, path.value);
  return { name, value: value?.value ?? '', at: value?.at ?? path.at, from: path.value, secret: false };
}
