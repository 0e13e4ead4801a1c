import { editDistance } from '../../text/suggest.ts';
import { groupOf } from '../kind.ts';
import { builtInKinds, versionsOf } from './schema.ts';

/** Why no server has a kind, as far as it is certain; and what was probably meant. */
export interface UnknownKind {
  /** Which of the two fields is wrong. */
  readonly field: 'apiVersion' | 'kind';
  readonly meant: { readonly apiVersion: string; readonly kind: string } | undefined;
  /** A release of a project beside Kubernetes that is newer than the known ones may have it. */
  readonly mayBeNewer?: true;
}

/** Versions of the built-in groups that older servers had, or newer ones may have: `v1`, `v1beta2`, `v2alpha1`. */
const VERSION = /^v[12](?:(?:alpha|beta)[1-5])?$/;
/** Groups of custom kinds of which every kind is known, in some release. */
const COMPLETE: ReadonlySet<string> = new Set(['gateway.networking.k8s.io', 'traefik.io']);
/** Kinds that the Gateway API had before, in versions that are gone (its releases 0.5 to 1.2). */
const GONE: ReadonlySet<string> = new Set(['ReferencePolicy', 'BackendLBPolicy', 'BackendTrafficPolicy']);
/** Groups that stay as they are: a kind that they lack is in none of their versions. */
const SETTLED: ReadonlySet<string> = new Set(['apps', 'batch']);
/**
 * The core group of OpenShift 3 had kinds of its own (openshift/api, `legacy.go` of each group), and configuration
 * files of clients and schedulers say `v1` as well.
 */
const OTHERS_IN_CORE: ReadonlySet<string> = new Set(
  `Config List EncryptionConfig KubeSchedulerConfiguration
  Template TemplateList ProcessedTemplate TemplateConfig Route RouteList
  DeploymentConfig DeploymentConfigRollback DeploymentLog DeploymentRequest
  Build BuildConfig BuildLog BuildRequest BinaryBuildRequestOptions
  Role ClusterRole RoleBinding ClusterRoleBinding RoleBindingRestriction SubjectRulesReview SelfSubjectRulesReview
  ResourceAccessReview SubjectAccessReview LocalResourceAccessReview LocalSubjectAccessReview IsPersonalSubjectAccessReview
  User Group Identity UserIdentityMapping SecurityContextConstraints
  Image DockerImage ClusterNetwork HostSubnet NetNamespace EgressNetworkPolicy
  ClusterResourceQuota AppliedClusterResourceQuota RangeAllocation`.split(/\s+/),
);
const FAMILIES_IN_CORE: readonly string[] = ['Image', 'Project', 'OAuth', 'Policy', 'PodSecurityPolicy'];

/**
 * A new kind begins in an alpha version, so that one which a stable version lacks is on no server, now or next year.
 * A Kubernetes object says its name; files of other programs that borrow `v1` seldom do.
 */
const isStable = (group: string, apiVersion: string): boolean =>
  !isCustom(group) && /(?:^|\/)v1$/.test(apiVersion);

/**
 * Undefined where some server may have it: a group of one's own, or a version that was removed.
 *
 * @param isObject it has metadata, and a name where it has a version: values of charts say a `kind` as well
 */
export function unknownKind(apiVersion: string, kind: string, isObject: boolean): UnknownKind | undefined {
  if (apiVersion === '') return isObject ? withoutVersion(kind) : undefined;
  const group = groupOf(apiVersion);
  const versions = versionsOf(group, kind);
  if (versions === undefined) return ofNearGroup(group, kind);
  if (versions.length > 0) return versionFault(group, apiVersion, kind, versions);
  if (group === '' && isOtherInCore(kind)) return undefined;
  const meant = nearestKind(group, kind);
  // Kinds begin with a capital letter.
  const isNone = SETTLED.has(group) || /^[a-z]/.test(kind) || (isObject && isStable(group, apiVersion));
  if (!meant && !isNone) {
    const isNamed = isObject && COMPLETE.has(group) && !GONE.has(kind);
    return isNamed ? { field: 'kind', meant, mayBeNewer: true } : undefined;
  }
  return { field: meant && meant.kind === kind ? 'apiVersion' : 'kind', meant };
}

const isOtherInCore = (kind: string): boolean =>
  OTHERS_IN_CORE.has(kind) || FAMILIES_IN_CORE.some((family) => kind.startsWith(family));

function withoutVersion(kind: string): UnknownKind | undefined {
  for (const { group, kind: name, version } of builtInKinds()) {
    if (name === kind)
      return {
        field: 'apiVersion',
        meant: { apiVersion: group === '' ? version : `${group}/${version}`, kind },
      };
  }
  return undefined;
}

function versionFault(
  group: string,
  apiVersion: string,
  kind: string,
  [newest]: readonly string[],
): UnknownKind | undefined {
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  const isPossible = group === '' ? apiVersion === 'v1' : VERSION.test(version) && version !== 'v2';
  if (isPossible) return undefined;
  return { field: 'apiVersion', meant: { apiVersion: group === '' ? newest! : `${group}/${newest}`, kind } };
}

/**
 * Groups of custom kinds have a dot in their names, so one without is a slip, as is one that is a letter off another
 * that has the kind: `networkng.k8s.io`. Two letters may be another project: `azmonitoring.coreos.com`.
 */
function ofNearGroup(group: string, kind: string): UnknownKind | undefined {
  if (group === 'extensions') return undefined;
  const isDotted = group.includes('.');
  for (const one of builtInKinds()) {
    if (one.kind !== kind || one.group === '') continue;
    const near = isDotted
      ? editDistance(one.group, group, 1) <= 1
      : editDistance(one.group.split('.')[0]!, group, 2) <= 2;
    if (near) return { field: 'apiVersion', meant: { apiVersion: `${one.group}/${one.version}`, kind } };
  }
  return undefined;
}

const SLIPS = new Map<string, boolean>();
const MOST_REMEMBERED = 1_000;

function isNearKnownGroup(group: string, kind: string): boolean {
  const key = `${group}/${kind}`;
  let is = SLIPS.get(key);
  if (is === undefined) {
    is = ofNearGroup(group, kind) !== undefined;
    if (SLIPS.size < MOST_REMEMBERED) SLIPS.set(key, is);
  }
  return is;
}

/** Whether a document of a kind that is not followed must be looked at all the same. */
export function mayBeUnknown(apiVersion: string, kind: string): boolean {
  const group = groupOf(apiVersion);
  const versions = versionsOf(group, kind);
  if (versions !== undefined) return versions.length === 0;
  return !group.includes('.') || isNearKnownGroup(group, kind);
}

/** Whether it is that of a project beside Kubernetes, whose next release may bring new kinds. */
const isCustom = (group: string): boolean =>
  /^gateway\.|traefik|istio|contour|coreos|knative|cilium|argoproj/.test(group);

/** The same kind in another group; else one of this group, and then of any, whose name is a letter or two off. */
function nearestKind(group: string, kind: string): UnknownKind['meant'] {
  let best: (NonNullable<UnknownKind['meant']> & { readonly cost: number }) | undefined;
  const bound = kind.length < 6 || isCustom(group) ? 1 : 2;
  for (const one of builtInKinds()) {
    const distance =
      one.kind.toLowerCase() === kind.toLowerCase() ? 0.5 : editDistance(one.kind, kind, bound);
    if (isCustom(group) && one.group !== group && one.kind !== kind) continue;
    const cost = one.kind === kind ? 0 : distance + (one.group === group ? 0 : 0.25);
    if (distance > bound && one.kind !== kind) continue;
    if (best && best.cost <= cost) continue;
    best = {
      apiVersion: one.group === '' ? one.version : `${one.group}/${one.version}`,
      kind: one.kind,
      cost,
    };
  }
  return best && { apiVersion: best.apiVersion, kind: best.kind };
}
