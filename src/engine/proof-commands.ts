import { endsOf } from '../graph/links/ends.ts';
import { resourcesOf } from '../graph/links/joined.ts';
import type { Link } from '../graph/links/link.ts';
import type { Resource, Workload } from '../model/model.ts';
import type { MissingKind } from '../process/listeners/missing-proof.ts';
import { shellWord } from '../text/shell-word.ts';

/**
 * The command that would prove what is missing, in full, for a person to run in the folder that the run was in.
 *
 * @param paths what the run was given to check; none for the folder itself
 */
export function commandFor(kind: MissingKind, link: Link, paths: readonly string[]): string {
  const input = words(paths.length > 0 ? paths : ['.']);
  const { from } = endsOf(link);
  const again = `portolan check ${paths.includes('-') ? '-' : `${input} -`}`;
  switch (kind) {
    case 'image':
      return `portolan check --images ${input}`;
    case 'built': {
      const changed = resourcesOf(link).find(({ unsettled }) => unsettled)?.unsettled;
      if (changed?.folder !== undefined)
        return `kubectl kustomize ${words([changed.folder || '.'])} | portolan check -`;
      if (changed) return `${getOf(named(from.resource))} -o yaml | ${again}`;
      return from.at && /\{\{/.test(from.at.source.text.slice(from.at.start, from.at.end))
        ? `helm template ${words([folderOf(from.at.source.path)])} | portolan check -`
        : `envsubst < ${words([from.at?.source.path ?? '.'])} | portolan check -`;
    }
    case 'object':
      return `${getOf(objectOf(link, from.resource))} -o yaml | ${again}`;
    case 'controller':
      return `kubectl get ${link.kind === 'policy' ? 'namespaces' : classesFor(from.resource)} -o yaml | ${again}`;
    case 'operator':
      return `${getOf({ ...named(from.resource), name: undefined })} -o yaml | ${again}`;
    default:
      return observing(link, input, paths, again);
  }
}

/** What the process says of itself: the log of its container; for a Service that selects nothing, its endpoints. */
function observing(link: Link, input: string, paths: readonly string[], again: string): string {
  const workload = 'workload' in link ? link.workload : undefined;
  if (!workload) {
    const { from } = endsOf(link);
    const label = words([`kubernetes.io/service-name=${from.resource.name}`]);
    return `kubectl${inNamespace(from.resource)} get endpointslices -l ${label} -o yaml | ${again}`;
  }
  const container = containerOf(link, workload);
  const target = words([`${traceKindOf(workload)}/${workload.name}`]);
  // Standard input can be read once.
  const logs = paths.includes('-') ? `${container}=FILE` : `${container}=-`;
  const where = paths.includes('--cluster') ? '' : inNamespace(workload);
  const trace = `portolan trace ${target}${where} ${input} --logs ${words([logs])}`;
  const log = `kubectl${inNamespace(workload)} logs ${target} -c ${words([container])}`;
  return paths.includes('-') ? `${log} > FILE; ${trace}` : `${log} | ${trace}`;
}

function containerOf(link: Link, { template }: Workload): string {
  const declaring = 'container' in link ? link.container : undefined;
  const [first] = template.containers.filter(({ role }) => role !== 'init');
  return (declaring ?? first)?.name ?? 'CONTAINER';
}

const traceKindOf = ({ kind }: Workload): string => (kind === 'Service' ? 'ksvc' : kind.toLowerCase());

interface Wanted {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string | undefined;
}

const named = ({ kind, namespace, name }: Resource): Wanted => ({ kind, namespace, name });

/** What the link names and the input lacks. */
function objectOf(link: Link, from: Resource): Wanted {
  // It says itself that an object would prove it: that of the cluster, where all is settled.
  if (link.lacks === 'object') return named(from);
  switch (link.kind) {
    case 'backend':
      return { kind: 'Service', namespace: link.namespace, name: link.backend.service?.value };
    case 'parent':
      return {
        kind: link.parentRef?.kind ?? 'Gateway',
        namespace: link.parentRef?.namespace?.value ?? from.namespace,
        name: link.parentRef?.name.value,
      };
    case 'config':
      return { kind: link.objectKind, namespace: from.namespace, name: link.objectName };
    case 'selector':
      return { kind: 'Pods', namespace: from.namespace, name: undefined };
    default:
      return { kind: 'Services', namespace: from.namespace, name: undefined };
  }
}

const getOf = ({ kind, namespace, name }: Wanted): string =>
  `kubectl${inNamespace({ namespace })} get ${words([kind.toLowerCase(), ...(name ? [name] : [])])}`;

const inNamespace = ({ namespace }: Pick<Resource, 'namespace'>): string =>
  namespace === '' ? '' : ` -n ${words([namespace])}`;

const classesFor = ({ kind }: Resource): string =>
  kind === 'Ingress'
    ? 'ingressclasses'
    : /^(?:\w+Route|Gateway)$/.test(kind)
      ? 'gatewayclasses,gateways -A'
      : 'deployments -A';

const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/') || '.';

/** As a POSIX shell takes them; names and paths come from the input. */
const words = (all: readonly string[]): string => all.map(shellWord).join(' ');
