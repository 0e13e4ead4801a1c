import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { displayPath } from '../../sources/display-path.ts';
import { readNamedFile } from '../../sources/read-file.ts';
import { LineStarts } from '../../text/source.ts';
import { toPlain } from '../../text/to-plain.ts';
import { readYaml } from '../../text/yaml.ts';
import { ClusterError } from '../cluster-error.ts';
import { isObject, type Json, type JsonObject, listAt, objectAt, textAt } from '../json.ts';

/** Several files as one, as kubectl merges them: of each name and of the current context, the first counts. */
export interface Kubeconfig {
  readonly currentContext: string;
  readonly contexts: ReadonlyMap<string, JsonObject>;
  readonly clusters: ReadonlyMap<string, JsonObject>;
  readonly users: ReadonlyMap<string, JsonObject>;
}

interface Place {
  readonly kubeconfig?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}

/** @throws ClusterError for a file that cannot be read, and for one that was asked for and is not there */
export function readKubeconfig(place: Place): Kubeconfig {
  const files = filesOf(place).map((file) => readOne(file, place.cwd));
  const byName = (list: string, part: string): Map<string, JsonObject> =>
    new Map(
      files
        .flatMap((file) => listAt(file, list))
        .map((one) => [textAt(one, 'name') ?? '', objectAt(one, part)] as const)
        .toReversed(),
    );
  return {
    currentContext:
      files.map((file) => textAt(file, 'current-context') ?? '').find((one) => one !== '') ?? '',
    contexts: byName('contexts', 'context'),
    clusters: byName('clusters', 'cluster'),
    users: byName('users', 'user'),
  };
}

/** Of those that `$KUBECONFIG` lists some may be missing (client-go, tools/clientcmd/loader.go). */
function filesOf({ kubeconfig, env, cwd }: Place): string[] {
  if (kubeconfig !== undefined && kubeconfig !== '') return [resolve(cwd, kubeconfig)];
  const listed = (env.KUBECONFIG ?? '').split(delimiter).filter((file) => file !== '');
  const files = listed.length > 0 ? listed : [join(env.HOME ?? homedir(), '.kube', 'config')];
  return [...new Set(files.map((file) => resolve(cwd, file)))].filter((file) => existsSync(file));
}

/** What stands in it is secret: a fault names its line, and none of its text. */
function readOne(file: string, cwd: string): JsonObject {
  const shown = displayPath(file, cwd);
  const read = readNamedFile(file, cwd);
  if ('reason' in read) throw new ClusterError(`the kubeconfig ${shown} cannot be read: ${read.reason}`);
  const { documents, errors } = readYaml(read.text);
  const [error] = errors;
  if (error) {
    const { line } = new LineStarts(read.text).positionOf(error.offset);
    throw new ClusterError(`the kubeconfig ${shown} cannot be read: line ${line} is no YAML`);
  }
  const root = documents[0]?.root;
  const value: Json = root ? toPlain(root) : {};
  if (!isObject(value)) throw new ClusterError(`the kubeconfig ${shown} cannot be used: it is no map`);
  return withAbsolutePaths(value, dirname(file));
}

const CLUSTER_PATHS = ['certificate-authority'];
const USER_PATHS = ['client-certificate', 'client-key', 'tokenFile'];

/** Paths are relative to the file that says them. */
function withAbsolutePaths(config: JsonObject, folder: string): JsonObject {
  const absolute = (one: JsonObject, keys: readonly string[]): JsonObject =>
    Object.fromEntries(
      Object.entries(one).map(([key, value]) => [
        key,
        keys.includes(key) && typeof value === 'string' && value !== '' ? resolve(folder, value) : value,
      ]),
    );
  const all = (list: string, part: string, change: (one: JsonObject) => JsonObject): Json[] =>
    listAt(config, list)
      .filter(isObject)
      .map((one) => ({ ...one, [part]: change(objectAt(one, part)) }));
  return {
    ...config,
    clusters: all('clusters', 'cluster', (one) => absolute(one, CLUSTER_PATHS)),
    users: all('users', 'user', (one) => withProgram(absolute(one, USER_PATHS), folder)),
  };
}

/** A program that is named by a path is meant relative to the file; by a name alone, it is looked for in PATH. */
function withProgram(user: JsonObject, folder: string): JsonObject {
  const exec = objectAt(user, 'exec');
  const command = textAt(exec, 'command');
  if (command === undefined || isAbsolute(command) || !/[\\/]/.test(command)) return user;
  return { ...user, exec: { ...exec, command: resolve(folder, command) } };
}
