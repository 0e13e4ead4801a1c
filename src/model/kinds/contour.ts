import { Located } from '../../text/source.ts';
import type { YamlMap, YamlNode } from '../../text/yaml-node.ts';
import { answering } from '../answer.ts';
import { type HttpProxy, type Include, joinPaths, type ProxyRule } from '../contour.ts';
import type { KindDecoder } from '../kind.ts';
import { get, isTrue, mapsIn, type Reader } from '../reader.ts';
import type { Backend, RouteMatch } from '../route.ts';
import { readAnnotations, readMetadata } from './metadata.ts';

function decodeHttpProxy(read: Reader, root: YamlNode, namespace: string): HttpProxy {
  const spec = get(root, 'spec');
  const metadata = readMetadata(read, root, namespace);
  const host = get(spec, 'virtualhost');
  const fqdn = read.string(host, 'fqdn', 'spec.virtualhost.fqdn');
  const hosts = fqdn ? [fqdn] : [];
  const tcp = get(spec, 'tcpproxy');
  return {
    shape: 'route',
    kind: 'HTTPProxy',
    api: 'contour',
    annotations: readAnnotations(read, root),
    parents: [],
    virtualHost: host && { fqdn, hasTls: get(host, 'tls')?.type === 'map' },
    rules: [
      ...mapsIn(spec, 'routes').map((node, index): ProxyRule => {
        const condition = readConditions(read, node, `spec.routes[${index}]`);
        const field = `spec.routes[${condition.path?.value ?? '/'}]`;
        return {
          hosts,
          protocol: 'HTTP',
          condition,
          matches: [condition],
          backends: readBackends(read, node, `spec.routes[${index}]`, field),
        };
      }),
      ...(tcp
        ? [
            {
              hosts,
              protocol: 'TCP' as const,
              condition: undefined,
              matches: [],
              backends: readServices(read, tcp, 'spec.tcpproxy', 'spec.tcpproxy'),
            },
          ]
        : []),
    ],
    includes: [
      ...mapsIn(spec, 'includes').map((node, index) => {
        const { path } = readConditions(read, node, `spec.includes[${index}]`);
        return readInclude(read, node, `spec.includes[${index}]`, path?.value ?? '/');
      }),
      ...[get(tcp, 'include') ?? get(tcp, 'includes')].flatMap((node) =>
        node?.type === 'map' ? [readInclude(read, node, 'spec.tcpproxy.include', undefined)] : [],
      ),
    ],
    rulesAt: read.keyAt(spec, 'routes') ?? read.keyAt(spec, 'tcpproxy') ?? metadata.nameAt,
    ...metadata,
  };
}

/** Prefixes of one list of conditions are joined; of all kinds of path there is one at most. */
function readConditions(read: Reader, node: YamlNode, field: string): RouteMatch {
  let match: RouteMatch = { path: undefined, pathType: 'Prefix' };
  for (const [index, condition] of mapsIn(node, 'conditions').entries()) {
    for (const [key, pathType] of PATH_TYPES) {
      const said = read.string(condition, key, `${field}.conditions[${index}].${key}`);
      if (!said) continue;
      const text = joinPaths(match.path?.value ?? '', said.value);
      match = { path: new Located(text, said.source, said.start, said.end), pathType };
    }
  }
  const asksMore = mapsIn(node, 'conditions').some((one) => get(one, 'header') ?? get(one, 'queryParameter'));
  if (asksMore) match = { ...match, asksMore };
  return match;
}

const PATH_TYPES = [
  ['prefix', 'Prefix'],
  ['exact', 'Exact'],
  ['regex', 'RegularExpression'],
] as const;

/** The route's Services, or what answers in their place. */
function readBackends(read: Reader, node: YamlMap, field: string, name: string): Backend[] {
  const services = readServices(read, node, field, name);
  if (get(node, 'services')) return services;
  const redirect = read.keyAt(node, 'requestRedirectPolicy');
  if (redirect) return [answering({ by: 'redirect' }, redirect, name)];
  const response = read.keyAt(node, 'directResponsePolicy');
  const status = read.scalar(get(node, 'directResponsePolicy'), 'statusCode');
  if (response) return [answering({ by: 'response', status }, response, name)];
  const at = read.keyAt(node, 'conditions') ?? read.at(node);
  return [answering({ by: 'nobody', why: 'no-backend' }, at, name)];
}

const readServices = (read: Reader, node: YamlNode, field: string, holder: string): Backend[] =>
  mapsIn(node, 'services').map((service, index) =>
    readService(read, service, `${field}.services[${index}]`, holder),
  );

function readService(read: Reader, node: YamlMap, field: string, holder: string): Backend {
  const name = read.string(node, 'name', `${field}.name`);
  return {
    service: name,
    portNumber: read.integer(node, 'port', `${field}.port`),
    portName: undefined,
    portNameKeyAt: undefined,
    resource: undefined,
    scheme: read.string(node, 'protocol', `${field}.protocol`),
    weight: read.integer(node, 'weight', `${field}.weight`),
    role: isTrue(node, 'mirror') ? 'mirror' : undefined,
    field: `${holder}.services[${name?.value ?? ''}]`,
    at: read.at(node),
  };
}

function readInclude(read: Reader, node: YamlMap, field: string, prefix: string | undefined): Include {
  const name = read.string(node, 'name', `${field}.name`);
  return {
    prefix,
    backend: {
      service: undefined,
      resource: name,
      resourceKind: 'HTTPProxy',
      namespace: read.string(node, 'namespace', `${field}.namespace`),
      portNumber: undefined,
      portName: undefined,
      portNameKeyAt: undefined,
      field: prefix === undefined ? field : `spec.includes[${name?.value ?? ''}]`,
      at: read.at(node),
    },
  };
}

export const CONTOUR: readonly KindDecoder[] = [
  { kind: 'HTTPProxy', groups: ['projectcontour.io'], links: ['backend'], decode: decodeHttpProxy },
];
