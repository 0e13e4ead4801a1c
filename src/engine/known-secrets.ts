import type { Container, Resource } from '../model/model.ts';
import { isWorkload } from '../model/resource-set.ts';
import { assignedSecrets } from '../text/secrets/assignments.ts';
import { isSecretName } from '../text/secrets/secret-names.ts';
import type { Located } from '../text/source.ts';

/** A value that is shorter would be found in every other sentence. */
const SHORTEST = 4;
/** Longer texts are files: their lines are looked for. */
const LONGEST = 200;
/** Words and names of hosts are values of Secrets, too, and no secrets: `localhost`, `db.shop.svc`. */
const ORDINARY = /^(?:[a-z][a-z.-]*|https?:\/\/[\w.:/-]+)$/;
const PORT = /^\d{1,5}$/;

/** What the input may hold of secrets, and what is none since something is called so. */
export interface Secrets {
  readonly values: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
}

/**
 * The secrets that the input holds, as a sentence may hold them: what Secrets hold, and what variables, keys and flags
 * of such names are set to. What something of the input is called is none: an object, a kind, a folder, an image. Who
 * set a password to such a word would read it off the dots in its place.
 */
export const knownSecrets = (resources: Iterable<Resource>): ReadonlySet<string> =>
  secretsAmong([secretsIn(resources)]);

/** The same of what was looked through part by part. */
export function secretsAmong(parts: readonly Secrets[]): ReadonlySet<string> {
  const secrets = new Set(parts.flatMap(({ values }) => [...values]));
  for (const { names } of parts) for (const name of names) secrets.delete(name);
  return secrets;
}

export function secretsIn(resources: Iterable<Resource>): Secrets {
  const values = new Set<string>();
  const names = new Set<string>();
  const add = (key: string, value: string): void => {
    for (const line of value.length > LONGEST ? value.split('\n') : [value]) {
      const text = line.trim();
      if (text.length < SHORTEST || text.length > LONGEST || PORT.test(text)) continue;
      if (isSecretName(key) || !ORDINARY.test(text)) values.add(text);
    }
  };
  for (const resource of resources) {
    names.add(resource.name).add(resource.namespace).add(resource.kind);
    for (const part of partsOf(resource.source.path)) names.add(part);
    try {
      lookThrough(resource, add, names);
    } catch {
      // Who throws is told of where it is followed; whatever its text says may be a secret.
      for (const word of resource.source.text.split(/[\s"',;{}[\]]+/)) add('secret', word);
    }
  }
  return { values, names };
}

function lookThrough(resource: Resource, add: Add, names: Set<string>): void {
  if (resource.shape === 'config-map' || resource.shape === 'secret') addData(resource, add);
  for (const { field, got } of resource.misfits) add(lastKeyOf(field), String(got.value));
  if (!isWorkload(resource)) return;
  for (const container of resource.template.containers) {
    names.add(container.name);
    for (const part of partsOf(container.image?.value ?? '')) names.add(part);
    addContainer(container, add);
  }
}

/** The words of a path or of an image: `charts/katib/values.yaml`, `docker.io/library/mysql:8`. */
const partsOf = (path: string): string[] => path.split(/[/\\:@.]/);

type Add = (key: string, value: string) => void;

function addData(resource: Resource, add: Add): void {
  const { data } = resource as Resource & { readonly data: ReadonlyMap<string, Located<string>> };
  for (const [key, { value }] of data) if (resource.kind === 'Secret' || isSecretName(key)) add(key, value);
}

/** A misfit is of interest under the name of a secret, or in a Secret, where any key is one. */
const lastKeyOf = (field: string): string =>
  field.startsWith('stringData.')
    ? 'secret'
    : (field
        .replace(/\.value$/, '')
        .split(/[.[\]]/)
        .findLast((part) => part !== '') ?? '');

function addContainer({ env, command, args }: Container, add: Add): void {
  for (const { name, value } of env) if (value && isSecretName(name.value)) add(name.value, value.value);
  const words = [...(command ?? []), ...(args ?? [])].map(({ value }) => value);
  const line = words.join(' ');
  for (const { start, end } of assignedSecrets(line, { lines: false })) add('secret', line.slice(start, end));
}
