import type {
  ConfigMap,
  Container,
  EnvSource,
  EnvVar,
  PodTemplate,
  Secret,
  ValueFrom,
} from '../model/model.ts';
import type { Located, Location } from '../text/source.ts';
import { expand } from './expansion.ts';

/** One variable of a container, with where its value was written. */
export interface Variable {
  readonly name: string;
  /** Undefined when the input cannot tell: a Secret or ConfigMap that is not there, a field known only at run time. */
  readonly value: string | undefined;
  /** The characters of the value, in the env entry or in the ConfigMap or Secret; the reference when unknown. */
  readonly at: Location;
  /** For people: `env`, `ConfigMap media/abs-config`, `Secret media/abs`. */
  readonly from: string;
  /** True when some of the value comes from a Secret. */
  readonly secret: boolean;
}

/** A container's environment as the kubelet builds it (S-092). */
export interface Environment {
  readonly variables: ReadonlyMap<string, Variable>;
  /** False when an envFrom source is not in the input, so that any variable might be set. */
  readonly complete: boolean;
}

/** The objects of the Pod's own namespace (S-094). */
export interface ObjectLookup {
  configMap(name: string): ConfigMap | undefined;
  secret(name: string): Secret | undefined;
}

/** envFrom in order, then env in order, each over what is there (S-092). Service links do not take part yet (S-110). */
export function buildEnvironment(
  container: Container,
  template: PodTemplate,
  lookup: ObjectLookup,
): Environment {
  const variables = new Map<string, Variable>();
  let complete = true;
  for (const source of container.envFrom) {
    const object = find(lookup, source.kind, source.name.value);
    if (object) addAll(variables, source, object);
    else {
      complete = false;
      forget(variables, source);
    }
  }
  for (const entry of container.env) {
    const variable = evaluate(entry, template, lookup, { variables, complete });
    if (variable) variables.set(variable.name, variable);
  }
  return { variables, complete };
}

/** Each argument with its references replaced (S-105); undefined where the input does not hold what it refers to. */
export const expandArguments = (
  args: readonly Located<string>[],
  environment: Environment,
): readonly (string | undefined)[] => args.map(({ value }) => expandIn(value, environment).value);

const find = (lookup: ObjectLookup, kind: EnvSource['kind'], name: string): ConfigMap | Secret | undefined =>
  kind === 'ConfigMap' ? lookup.configMap(name) : lookup.secret(name);

/** Only `data`: what a ConfigMap holds as binaryData is never a variable (S-096). */
function addAll(variables: Map<string, Variable>, { prefix }: EnvSource, object: ConfigMap | Secret): void {
  for (const [key, value] of object.data) {
    const name = `${prefix}${key}`;
    variables.set(name, fromObject(name, object, value));
  }
}

/**
 * A source that is not in the input, optional or not, can be in the cluster, and would then write over what earlier
 * sources set.
 */
function forget(variables: Map<string, Variable>, { kind, name: object, prefix }: EnvSource): void {
  for (const name of variables.keys()) {
    if (name.startsWith(prefix)) variables.set(name, unknown(name, object, `${kind} ${object.value}`));
  }
}

/** Undefined when the entry is skipped, so that an earlier value survives (S-095). */
function evaluate(
  { name: { value: name, at }, value, valueFrom }: EnvVar,
  template: PodTemplate,
  lookup: ObjectLookup,
  earlier: Environment,
): Variable | undefined {
  // A value that is not empty wins over valueFrom (S-100).
  if (valueFrom && !value?.value) return follow(name, valueFrom, template, lookup);
  return { name, at: value?.at ?? at, from: 'env', ...expandIn(value?.value ?? '', earlier) };
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

const fromObject = (name: string, object: ConfigMap | Secret, { value, at }: Located<string>): Variable => ({
  name,
  value,
  at,
  from: nameOf(object),
  secret: object.kind === 'Secret',
});

const unknown = (name: string, at: Location, from: string): Variable => ({
  name,
  value: undefined,
  at,
  from,
  secret: from.startsWith('Secret '),
});

const nameOf = ({ kind, namespace, name }: ConfigMap | Secret): string => `${kind} ${namespace}/${name}`;

/** Names that a Service of the namespace can give a container (S-110, S-111). */
const SERVICE_LINK = /_SERVICE_HOST$|_SERVICE_PORT(_.*)?$|_PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?$/;

function expandIn(text: string, { variables, complete }: Environment): Pick<Variable, 'value' | 'secret'> {
  let known = true;
  let secret = false;
  const value = expand(text, (name) => {
    const variable = variables.get(name);
    secret ||= variable?.secret ?? false;
    if (variable ? variable.value === undefined : !complete || SERVICE_LINK.test(name)) known = false;
    return variable?.value;
  });
  return { value: known ? value : undefined, secret };
}
