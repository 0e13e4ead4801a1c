import type { ConfigMap, Container, EnvSource, EnvVar, Secret, Workload } from '../../model/model.ts';
import { isPortNumber } from '../../model/ports.ts';
import type { Model } from '../../model/resource-set.ts';
import { givenBy, type Variable } from '../../process/environment/variables.ts';
import { nearest } from '../../text/suggest.ts';
import type { WantedObject } from '../links/lacks/lack.ts';
import { unproved, type Verdict } from '../links/lacks/lacking.ts';
import type { ConfigLink } from '../links/pod-links.ts';
import { broken, whole } from '../links/proofs/proving.ts';

/** Names that people give to variables that hold a port or an address with one. */
const PORT_NAME = /(^|_|[a-z])(PORT|Port|port|ADDR|ADDRESS|LISTEN|BIND)(_|$|[A-Z])/;

/** Variables that feed a port, followed to the ConfigMap or Secret key they are read from. */
export function resolveConfigs(model: Model): ConfigLink[] {
  const namesFor = unusedNames(model);
  return model.workloads.flatMap((workload) =>
    workload.template.containers.flatMap((container) => [
      ...container.envFrom.flatMap((reference) =>
        fromSource(model, namesFor, workload, container, reference),
      ),
      ...container.env.flatMap((reference) => fromKey(model, namesFor, workload, container, reference)),
    ]),
  );
}

type NamesFor = (kind: 'ConfigMap' | 'Secret', workload: Workload) => readonly string[];

/** Names of objects that no workload of the input refers to; worked out only once a reference finds nothing. */
function unusedNames(model: Model): NamesFor {
  let names: Map<string, string[]> | undefined;
  return (kind, workload) => {
    names ??= unusedByKind(model);
    const there = names.get(nameKey(kind, workload.namespace, '')) ?? [];
    return model.budget.allows(there.length, workload) ? there : [];
  };
}

function unusedByKind(model: Model): Map<string, string[]> {
  const used = new Set(model.workloads.flatMap(namesUsedBy));
  const names = new Map<string, string[]>();
  for (const { kind, namespace, name } of [...model.configMaps, ...model.secrets]) {
    if (used.has(nameKey(kind, namespace, name))) continue;
    const key = nameKey(kind, namespace, '');
    const there = names.get(key);
    if (there) there.push(name);
    else names.set(key, [name]);
  }
  return names;
}

const nameKey = (kind: string, namespace: string, name: string): string => `${kind}\0${namespace}\0${name}`;

function namesUsedBy({ namespace, template: { containers, volumes } }: Workload): string[] {
  const references = containers.flatMap(({ env, envFrom }) => [
    ...envFrom,
    ...env.flatMap(({ valueFrom }) =>
      valueFrom?.kind === 'ConfigMap' || valueFrom?.kind === 'Secret' ? [valueFrom] : [],
    ),
  ]);
  return [
    ...references.map(({ kind, name }) => nameKey(kind, namespace, name.value)),
    ...volumes.flatMap(({ kind, from, sources }) => [
      ...(from ? [nameKey(kind === 'configMap' ? 'ConfigMap' : 'Secret', namespace, from.value)] : []),
      // What a projected volume is made of.
      ...sources.map((one) => nameKey(one.kind, namespace, one.name)),
    ]),
  ];
}

const objectOf = (
  model: Model,
  kind: 'ConfigMap' | 'Secret',
  namespace: string,
  name: string,
): ConfigMap | Secret | undefined =>
  kind === 'ConfigMap' ? model.configMap(namespace, name) : model.secret(namespace, name);

function fromKey(
  model: Model,
  namesFor: NamesFor,
  workload: Workload,
  container: Container,
  reference: EnvVar,
): ConfigLink[] {
  const from = reference.valueFrom;
  if (from?.kind !== 'ConfigMap' && from?.kind !== 'Secret') return [];
  if (!PORT_NAME.test(reference.name.value) && !PORT_NAME.test(from.key.value)) return [];
  const object = objectOf(model, from.kind, workload.namespace, from.name.value);
  const link = {
    kind: 'config',
    workload,
    container,
    reference,
    objectKind: from.kind,
    objectName: from.name.value,
    key: from.key.value,
    object,
    evidence: 'declared',
  } as const;
  if (!object) return [missingObject(link, namesFor, from.optional)];
  if (object.data.has(from.key.value))
    return [{ nearest: undefined, ...whole('key', { key: from.key.value }), ...link }];
  if (!model.budget.allows(object.data.size + container.env.length, workload)) {
    return [
      {
        nearest: undefined,
        ...(from.optional
          ? unproved('optional-key', { object: wantedOf(link) })
          : broken('no-key', { object, key: from.key.value })),
        ...link,
      },
    ];
  }
  if (from.optional) {
    // Most optional keys are left out on purpose; one that nobody reads and that is nearly called so was meant.
    const read = new Set(
      container.env.map(({ valueFrom }) =>
        valueFrom?.kind === 'ConfigMap' || valueFrom?.kind === 'Secret' ? valueFrom.key.value : '',
      ),
    );
    const meant = nearest(
      from.key.value,
      [...object.data.keys()].filter((key) => !read.has(key)),
    )[0];
    return [{ nearest: meant, ...unproved('optional-key', { object: wantedOf(link) }), ...link }];
  }
  // binaryData is never visible to the environment (S-096).
  const verdict = broken('no-key', { object, key: from.key.value });
  return [{ nearest: nearest(from.key.value, object.data.keys())[0], ...verdict, ...link }];
}

/** One link for each key that feeds a port; one for a whole source that is not there. */
function fromSource(
  model: Model,
  namesFor: NamesFor,
  workload: Workload,
  container: Container,
  reference: EnvSource,
): ConfigLink[] {
  const object = objectOf(model, reference.kind, workload.namespace, reference.name.value);
  const link = {
    kind: 'config',
    workload,
    container,
    reference,
    objectKind: reference.kind,
    objectName: reference.name.value,
    object,
    evidence: 'declared',
  } as const;
  if (!object) return [missingObject({ key: undefined, ...link }, namesFor, reference.optional)];
  return givenBy(object, reference.prefix, feedsPort).map(({ name }): ConfigLink => {
    const key = name.slice(reference.prefix.length);
    return { key, nearest: undefined, ...whole('key', { key }), ...link };
  });
}

const feedsPort = ({ name, value = '' }: Variable): boolean => {
  if (!PORT_NAME.test(name)) return false;
  const port = /(?:^|:)(\d{1,5})$/.exec(value.trim())?.[1];
  return port !== undefined && isPortNumber(Number(port));
};

/**
 * A container whose required object is missing never starts (S-094). Objects are often made elsewhere, though, so it
 * is proof only when the input has an object of nearly this name in its place that nothing refers to.
 */
function missingObject(
  link: Omit<ConfigLink, 'nearest' | keyof Verdict>,
  namesFor: NamesFor,
  optional: boolean,
): ConfigLink {
  const { objectKind, objectName, workload } = link;
  const meant = nearest(objectName, namesFor(objectKind, workload))[0];
  if (meant !== undefined && !optional && objectKind === 'ConfigMap') {
    const object = { kind: objectKind, name: objectName };
    return { nearest: meant, ...broken('no-object', { object, namespace: workload.namespace }), ...link };
  }
  return { nearest: meant, ...unproved('config-object', { object: wantedOf(link) }), ...link };
}

const wantedOf = ({
  objectKind,
  objectName,
  workload,
}: Pick<ConfigLink, 'objectKind' | 'objectName' | 'workload'>): WantedObject => ({
  kind: objectKind,
  namespace: workload.namespace,
  name: objectName,
});
