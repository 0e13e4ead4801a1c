import type { Resource } from '../../model/model.ts';
import type { SourceFile } from '../../text/source.ts';
import type { Change } from './change.ts';

/**
 * The sources that name what came or went, though they lie in another namespace: whoever does so from afar gives the
 * namespace beside the name, as in `db.shop.svc`.
 */
export function mentionsOf(
  sources: readonly SourceFile[],
  { before, after, namespaces }: Pick<Change, 'before' | 'after' | 'namespaces'>,
): ReadonlySet<SourceFile> {
  const named = namesByNamespace(moved([...before], after), namespaces);
  if (named.size === 0) return new Set();
  return new Set(
    sources.filter(({ text }) =>
      [...named].some(
        ([namespace, names]) => text.includes(namespace) && [...names].some((name) => text.includes(name)),
      ),
    ),
  );
}

/** Those that only one side has. */
function moved(before: readonly Resource[], after: readonly Resource[]): Resource[] {
  const keysOf = (all: readonly Resource[]): Set<string> => new Set(all.map(keyOf));
  const [was, is] = [keysOf(before), keysOf(after)];
  return [...before.filter((one) => !is.has(keyOf(one))), ...after.filter((one) => !was.has(keyOf(one)))];
}

const keyOf = ({ apiVersion, kind, namespace, name }: Resource): string =>
  [apiVersion, kind, namespace, name].join('\0');

/** Of a namespace that came or went with them, whoever names it at all. */
function namesByNamespace(
  resources: readonly Resource[],
  namespaces: ReadonlySet<string>,
): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { namespace, name } of resources) {
    if (name === '') continue;
    const names = found.get(namespace) ?? new Set();
    found.set(namespace, names.add(namespaces.has(namespace) ? name : ''));
  }
  return found;
}
