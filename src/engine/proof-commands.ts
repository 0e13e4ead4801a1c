import { endsOf } from '../graph/links/ends.ts';
import { resourcesOf } from '../graph/links/joined.ts';
import type { WantedObject } from '../graph/links/lacks/lack.ts';
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
      return verifying(link, paths) ?? `portolan check --images ${input}`;
    case 'built': {
      const by = resourcesOf(link).find(({ unsettled }) => unsettled)?.unsettled?.by;
      if (by && 'folder' in by && by.folder !== undefined)
        return `kubectl kustomize ${words([by.folder || '.'])} | portolan check -`;
      if (by) return `${getOf(named(from.resource))} -o yaml | ${again}`;
      if (link.lacks?.what === 'in-template')
        return `helm template ${words([chartOf(link.lacks.values.template)])} | portolan check -`;
      return from.at && /\{\{/.test(from.at.source.text.slice(from.at.start, from.at.end))
        ? `helm template ${words([chartOf(from.at.source.path)])} | portolan check -`
        : `envsubst < ${words([from.at?.source.path ?? '.'])} | portolan check -`;
    }
    case 'object':
      return `${getOf(objectOf(link) ?? named(from.resource))} -o yaml | ${again}`;
    case 'file':
      if (link.lacks?.what === 'too-many')
        return `portolan check ${words([folderOf(from.resource.source.path)])}`;
      // Once it parses.
      if (link.lacks?.what === 'in-broken-document') return `portolan check ${input}`;
      return observing(link, input, paths, again);
    case 'controller':
      return `kubectl get ${link.kind === 'policy' ? 'namespaces' : classesFor(from.resource)} -o yaml | ${again}`;
    case 'operator':
      return `${getOf({ ...named(from.resource), name: undefined })} -o yaml | ${again}`;
    default:
      return verifying(link, paths) ?? observing(link, input, paths, again);
  }
}

/** What runs tells more than its image does; undefined where the input is no cluster, or no workload is meant. */
function verifying(link: Link, paths: readonly string[]): string | undefined {
  const workload = 'workload' in link ? link.workload : undefined;
  if (!workload || !paths.includes('--cluster')) return undefined;
  const which = ['--kubeconfig', '--context'].flatMap((flag) =>
    paths.includes(flag) ? [flag, paths[paths.indexOf(flag) + 1] ?? ''] : [],
  );
  return `portolan verify ${words([`${traceKindOf(workload)}/${workload.name}`])}${inNamespace(workload)}${which.length > 0 ? ` ${words(which)}` : ''}`;
}

/** What the process says of itself: the log of its container; for a Service that selects nothing, its endpoints. */
function observing(link: Link, input: string, paths: readonly string[], again: string): string {
  const workload = 'workload' in link ? link.workload : undefined;
  if (!workload) {
    const service = ('service' in link ? link.service : undefined) ?? endsOf(link).from.resource;
    const label = words([`kubernetes.io/service-name=${service.name}`]);
    return `kubectl${inNamespace(service)} get endpointslices -l ${label} -o yaml | ${again}`;
  }
  const container = containerOf(link, workload);
  const target = words([`${traceKindOf(workload)}/${workload.name}`]);
  // Standard input can be read once.
  const logs = paths.includes('-') ? `${container}=FILE` : `${container}=-`;
  const trace = `portolan trace ${target}${inNamespace(workload)} ${input} --logs ${words([logs])}`;
  const log = `kubectl${inNamespace(workload)} logs ${target} -c ${words([container])}`;
  return paths.includes('-') ? `${log} > FILE; ${trace}` : `${log} | ${trace}`;
}

function containerOf(link: Link, { template }: Workload): string {
  const declaring = 'container' in link ? link.container : undefined;
  const first = template.containers.find(({ role }) => role !== 'init');
  return (declaring ?? first)?.name ?? 'CONTAINER';
}

const traceKindOf = ({ kind }: Workload): string => (kind === 'Service' ? 'ksvc' : kind.toLowerCase());

const named = ({ kind, namespace, name }: Resource): WantedObject => ({ kind, namespace, name });

/** The object that the link names and the input lacks. */
const objectOf = ({ lacks }: Link): WantedObject | undefined =>
  lacks && 'object' in lacks.values ? lacks.values.object : undefined;

/** Of objects without a namespace all there are. */
function getOf({ kind, namespace, name }: WantedObject): string {
  const what = words([kind.toLowerCase(), ...(name ? [name] : [])]);
  return `kubectl${inNamespace({ namespace })} get ${what}${namespace === '' && !name ? ' -A' : ''}`;
}

const inNamespace = ({ namespace }: Pick<Resource, 'namespace'>): string =>
  namespace === '' ? '' : ` -n ${words([namespace])}`;

const classesFor = ({ kind }: Resource): string =>
  kind === 'Ingress'
    ? 'ingressclasses'
    : /^(?:\w+Route|Gateway)$/.test(kind)
      ? 'gatewayclasses,gateways -A'
      : 'deployments -A';

/** The chart that a template is of; where it lies elsewhere, its folder. */
const chartOf = (path: string): string => /^(.+?)\/templates\//.exec(path)?.[1] ?? folderOf(path);

const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/') || '.';

/** As a POSIX shell takes them; names and paths come from the input. */
const words = (all: readonly string[]): string => all.map(shellWord).join(' ');
