import { folderOf } from './slashes.ts';
import type { Bundle, Location, SourceFile } from './source.ts';

type Placed = Location | { readonly source: SourceFile };

export const bundleOf = ({ source }: Placed): Bundle => source.bundle ?? folderBundle(source.path);

/** The bundle of a file that says nothing else. */
export function folderBundle(path: string): Bundle {
  const known = folders.get(path) ?? {
    kind: 'folder',
    path: folderOf(path),
  };
  if (folders.size < MOST_REMEMBERED) folders.set(path, known);
  return known;
}

/** Asked for every pair of objects, of files that are fewer. */
const folders = new Map<string, Bundle>();
const MOST_REMEMBERED = 10_000;

export const isComplete = ({ kind }: Bundle): boolean => kind !== 'folder';

export const isSameBundle = (a: Bundle, b: Bundle): boolean =>
  a === b || (a.kind === b.kind && a.path === b.path);

/**
 * One bundle, or one in a folder in or around the other's: what is written there may be applied together. Charts and
 * the like may be near a folder, never near one another; near a cluster is nothing but itself.
 */
export function areNear(one: Placed, other: Placed): boolean {
  const [a, b] = [bundleOf(one), bundleOf(other)];
  if (isSameBundle(a, b)) return true;
  if (a.kind === 'cluster' || b.kind === 'cluster' || (isComplete(a) && isComplete(b))) return false;
  const [inner, outer] = [withoutKind(a.path), withoutKind(b.path)];
  return isWithin(inner, outer) || isWithin(outer, inner);
}

/** Folders that are named for what lies in them: `k8s/base` or `k8s/services` beside `k8s/deployments` are one application. */
const BY_KIND =
  /(?:^|\/)(?:bases?|common|shared|all|svcs?|services?|deploy(?:ment)?s?|pods?|workloads?|(?:stateful|daemon|replica)-?sets?|(?:cron-?)?jobs?|ingress(?:es)?|routes?|(?:http|grpc|tcp|tls|udp)-?routes?|gateways?|config-?maps?|configs?|secrets?|(?:network-?)?polic(?:y|ies)|(?:service-?|pod-?)?monitors?|volumes?|pvcs?|storage|rbac|namespaces?|crds?)$/i;

/** Asked for every pair of objects, of folders that are few. */
const withoutKinds = new Map<string, string>();

function withoutKind(path: string): string {
  const known = withoutKinds.get(path) ?? path.replace(BY_KIND, '');
  if (withoutKinds.size < 10_000) withoutKinds.set(path, known);
  return known;
}

/** They are applied together. */
export const areNeighbours = (one: Placed, other: Placed): boolean =>
  isSameBundle(bundleOf(one), bundleOf(other));

const isWithin = (inner: string, outer: string): boolean =>
  outer === '' || inner === outer || (inner.startsWith(outer) && inner[outer.length] === '/');
