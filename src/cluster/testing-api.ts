import { type Handler, TestingServer } from './testing-server.ts';

/** A resource that the server serves, with what it has of it. */
export interface TestingResource {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly isNamespaced?: boolean;
  readonly objects?: readonly TestingObject[];
  /** Verbs that the user may not use. */
  readonly denied?: readonly string[];
}

export interface TestingObject {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** An API server that has these objects: discovery, lists in chunks, single objects, and what RBAC denies. */
export const startApi = (
  resources: readonly TestingResource[],
  { aggregated = true, chunk = Number.POSITIVE_INFINITY }: { aggregated?: boolean; chunk?: number } = {},
): Promise<TestingServer> => TestingServer.start(api(resources, { aggregated, chunk }));

function api(
  resources: readonly TestingResource[],
  { aggregated, chunk }: { readonly aggregated: boolean; readonly chunk: number },
): Handler {
  return (request, response) => {
    const answer = (value: unknown, status = 200): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    const { path, query } = request;
    if (path === '/api' || path === '/apis')
      return answer(aggregated ? aggregatedOf(resources, path) : groupsOf(resources, path));
    const [, group = '', version, rest = ''] = /^\/api(?:s\/([^/]+))?\/([^/]+)(?:\/(.*))?$/.exec(path) ?? [];
    const own = resources.filter((one) => one.group === group && one.version === version);
    if (rest === '') return answer({ kind: 'APIResourceList', resources: own.map(legacyOf) });
    const [, namespace, plural, name] = /^(?:namespaces\/([^/]+)\/)?([^/]+)(?:\/([^/]+))?$/.exec(rest) ?? [];
    const resource = own.find((one) => one.plural === plural);
    if (!resource) return answer({ kind: 'Status', message: 'not found' }, 404);
    if (resource.denied?.includes(name === undefined ? 'list' : 'get'))
      return answer({ kind: 'Status', message: 'forbidden' }, 403);
    const inside = (resource.objects ?? []).filter(
      ({ metadata }) => namespace === undefined || metadata.namespace === namespace,
    );
    if (name !== undefined) {
      const found = inside.find(({ metadata }) => metadata.name === name);
      return found ? answer(found) : answer({ kind: 'Status', message: 'not found' }, 404);
    }
    const from = Number(query.get('continue') ?? 0);
    const to = from + Math.min(chunk, Number(query.get('limit') ?? Number.POSITIVE_INFINITY));
    const metadata = to < inside.length ? { continue: String(to) } : {};
    return answer({ kind: `${resource.kind}List`, metadata, items: inside.slice(from, to) });
  };
}

const verbsOf = (): string[] => ['get', 'list'];

function aggregatedOf(resources: readonly TestingResource[], path: string): object {
  const names = [...new Set(resources.map(({ group }) => group))].filter(
    (group) => (path === '/api') === (group === ''),
  );
  const versionOf = (group: string): string => resources.find((one) => one.group === group)?.version ?? 'v1';
  return {
    kind: 'APIGroupDiscoveryList',
    items: names.map((name) => ({
      metadata: { name },
      versions: [
        {
          version: versionOf(name),
          resources: resources
            .filter(({ group }) => group === name)
            .map(({ kind, plural, isNamespaced = true }) => ({
              resource: plural,
              responseKind: { kind },
              scope: isNamespaced ? 'Namespaced' : 'Cluster',
              verbs: verbsOf(),
            })),
        },
      ],
    })),
  };
}

function groupsOf(resources: readonly TestingResource[], path: string): object {
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] };
  const groups = [
    ...new Map(resources.filter(({ group }) => group !== '').map((one) => [one.group, one])).values(),
  ];
  return {
    kind: 'APIGroupList',
    groups: groups.map(({ group, version }) => ({ name: group, preferredVersion: { version } })),
  };
}

const legacyOf = ({ kind, plural, isNamespaced = true }: TestingResource): object => ({
  name: plural,
  kind,
  namespaced: isNamespaced,
  verbs: verbsOf(),
});
