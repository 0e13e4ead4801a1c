import type { YamlMap } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import { isToFillIn } from '../placeholder.ts';
import { SAME_AGAIN, type Site } from '../site.ts';
import type { Step } from '../step.ts';
import { ipFault } from './addresses.ts';
import { has, listIn, mapsOf, textIn } from './fields.ts';
import { qualifiedFault } from './names.ts';
import { checkFilters, checkRewrites, checkTimeouts } from './route-filters.ts';

/**
 * The rules that the Gateway API's definitions write in CEL, as far as they are often met
 * (sigs.k8s.io/gateway-api v1.4.0 config/crd, x-kubernetes-validations); the words are the definitions' own.
 */
export function checkGatewayApi(kind: string, root: YamlMap, site: Site): void {
  const spec = get(root, 'spec');
  if (
    spec?.type !== 'map' ||
    !has(spec, kind === 'Gateway' ? 'listeners' : 'parentRefs') ||
    !/Route$|^Gateway$/.test(kind)
  )
    return;
  if (kind === 'Gateway') {
    checkListeners(spec, site);
    checkGatewayAddresses(spec, site);
    checkInfrastructure(spec, site);
  } else checkParents(spec, site);
  for (const [index, rule] of mapsOf(spec, 'rules')) {
    const steps: Step[] = ['spec', 'rules', index];
    checkFilters(rule, site, steps);
    checkBackends(rule, site, steps);
    checkPersistence(rule, site, steps);
    for (const [at, backend] of mapsOf(rule, 'backendRefs'))
      checkFilters(backend, site, [...steps, 'backendRefs', at]);
    if (kind === 'HTTPRoute') checkRewrites(rule, site, steps);
    if (kind === 'HTTPRoute') checkTimeouts(rule, site, steps);
    for (const [at, match] of mapsOf(rule, 'matches')) {
      if (kind === 'GRPCRoute') checkMethod(match, site, ['spec', 'rules', index, 'matches', at]);
      if (kind === 'HTTPRoute') checkPath(match, site, ['spec', 'rules', index, 'matches', at]);
    }
  }
}

function checkListeners(spec: YamlMap, site: Site): void {
  const seen = new Set<string>();
  for (const [index, listener] of mapsOf(spec, 'listeners')) {
    const steps: Step[] = ['spec', 'listeners', index];
    const protocol = textIn(listener, 'protocol');
    const tls = get(listener, 'tls');
    const mode = textIn(tls, 'mode')?.text ?? 'Terminate';
    if (protocol && tls?.type === 'map' && /^(HTTP|TCP|UDP)$/.test(protocol.text))
      site.refuses(
        protocol,
        ['spec', 'listeners'],
        "Invalid value: tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']",
        { says: `has \`tls\` in \`${site.field(...steps)}\``, label: 'takes no `tls`' },
      );
    if (protocol?.text === 'HTTPS' && mode === 'Passthrough')
      site.refuses(
        textIn(tls, 'mode') ?? protocol,
        ['spec', 'listeners'],
        'Invalid value: tls mode must be Terminate for protocol HTTPS',
        { says: `passes HTTPS through in \`${site.field(...steps)}\``, label: 'HTTPS is terminated here' },
      );
    if (
      tls?.type === 'map' &&
      mode === 'Terminate' &&
      !listIn(tls, 'certificateRefs')?.items.length &&
      !has(tls, 'options')
    )
      site.refuses(
        tls.entries[0]?.keyNode ?? tls,
        [...steps, 'tls'],
        'Invalid value: certificateRefs or options must be specified when mode is Terminate',
        {
          says: `gives no certificate in \`${site.field(...steps, 'tls')}\``,
          label: 'needs `certificateRefs`',
        },
      );
    const hostname = textIn(listener, 'hostname');
    if (protocol && hostname && hostname.text !== '' && /^(TCP|UDP)$/.test(protocol.text))
      site.refuses(
        hostname,
        ['spec', 'listeners'],
        "Invalid value: hostname must not be specified for protocols ['TCP', 'UDP']",
        { says: `has a host name in \`${site.field(...steps)}\``, label: 'not for this protocol' },
      );
    const port = get(listener, 'port');
    const key = JSON.stringify([
      port?.type === 'scalar' ? port.value : '',
      protocol?.text,
      hostname?.text ?? '',
    ]);
    if (seen.has(key) && port && protocol)
      site.refuses(
        port,
        ['spec', 'listeners'],
        'Invalid value: Combination of port, protocol and hostname must be unique for each listener',
        { label: 'as of another listener', toldHere: true },
      );
    seen.add(key);
  }
}

const HOST = /^(?:\*\.)?[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

/** GatewaySpecAddress: what its type says that it is, and once. */
function checkGatewayAddresses(spec: YamlMap, site: Site): void {
  const seen = new Set<string>();
  for (const [index, address] of mapsOf(spec, 'addresses')) {
    const value = textIn(address, 'value');
    const type = textIn(address, 'type')?.text ?? 'IPAddress';
    if (!value) continue;
    const steps: Step[] = ['spec', 'addresses', index];
    if (type === 'IPAddress' && ipFault(value.text))
      site.refuses(value, [...steps, 'value'], '', {
        label: 'no IP address',
        reason: `<nil>: Invalid value: "": "${site.field(...steps)}" must validate one and only one schema (oneOf). Found none valid`,
      });
    else if (type === 'Hostname' && !HOST.test(value.text))
      site.refuses(
        value,
        steps,
        String.raw`Invalid value: Hostname value must be empty or contain only valid characters (matching ^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$)`,
        { label: 'no name of a host' },
      );
    const said = `${type} ${value.text}`;
    if (seen.has(said) && /^(?:IPAddress|Hostname)$/.test(type))
      site.refuses(value, ['spec', 'addresses'], `Invalid value: ${type} values must be unique`, SAME_AGAIN);
    seen.add(said);
  }
}

/** GatewayInfrastructure: labels and annotations of what the controller makes. */
function checkInfrastructure(spec: YamlMap, site: Site): void {
  for (const [list, what] of [
    ['labels', 'Label'],
    ['annotations', 'Annotation'],
  ] as const) {
    const map = get(spec, 'infrastructure', list);
    for (const { key, keyNode } of map?.type === 'map' ? map.entries : [])
      if (qualifiedFault(key) && !isToFillIn({ value: key }))
        site.refuses(
          keyNode,
          ['spec', 'infrastructure', list],
          `Invalid value: ${what} keys must be in the form of an optional DNS subdomain prefix followed by a required name segment of up to 63 characters.`,
          { label: 'no key of this form' },
        );
  }
}

/** SessionPersistence. */
function checkPersistence(rule: YamlMap, site: Site, steps: readonly Step[]): void {
  const lifetime = textIn(rule, 'sessionPersistence', 'cookieConfig', 'lifetimeType');
  if (lifetime?.text === 'Permanent' && !has(rule, 'sessionPersistence', 'absoluteTimeout'))
    site.refuses(
      lifetime,
      [...steps, 'sessionPersistence'],
      'Invalid value: AbsoluteTimeout must be specified when cookie lifetimeType is Permanent',
      { label: 'needs `absoluteTimeout`' },
    );
}

function checkParents(spec: YamlMap, site: Site): void {
  const seen = new Set<string>();
  const parents = mapsOf(spec, 'parentRefs');
  checkTwice(parents, site);
  for (const [index, parent] of parents) {
    const said = (key: string): string => {
      const value = get(parent, key);
      return value?.type === 'scalar' ? String(value.value ?? '') : '';
    };
    const key = JSON.stringify(['group', 'kind', 'namespace', 'name', 'sectionName', 'port'].map(said));
    if (seen.has(key))
      site.refuses(
        get(parent, 'name') ?? parent,
        ['spec', 'parentRefs'],
        'Invalid value: sectionName or port must be unique when parentRefs includes 2 or more references to the same parent',
        { says: `repeats \`${site.field('spec', 'parentRefs', index)}\``, label: 'the same again' },
      );
    seen.add(key);
  }
}

/** Two references to one parent must tell its parts apart, and by the same means. */
function checkTwice(parents: readonly [number, YamlMap][], site: Site): void {
  const told = new Map<string, string>();
  for (const [index, parent] of parents) {
    const said = (key: string): string => {
      const value = get(parent, key);
      return value?.type === 'scalar' ? String(value.value ?? '') : '';
    };
    const key = JSON.stringify([
      said('group') || 'gateway.networking.k8s.io',
      said('kind') || 'Gateway',
      said('namespace'),
      said('name'),
    ]);
    const means = JSON.stringify([said('sectionName') !== '', has(parent, 'port')]);
    const before = told.get(key);
    if (before !== undefined && before !== means)
      site.refuses(
        get(parent, 'name') ?? parent,
        ['spec', 'parentRefs'],
        'Invalid value: sectionName or port must be specified when parentRefs includes 2 or more references to the same parent',
        {
          says: `names a parent a second time in \`${site.field('spec', 'parentRefs', index)}\``,
          label: 'each needs its `sectionName` or its `port`',
        },
      );
    if (before === undefined) told.set(key, means);
  }
}

function checkBackends(rule: YamlMap, site: Site, steps: readonly Step[]): void {
  for (const [index, backend] of mapsOf(rule, 'backendRefs')) {
    const name = textIn(backend, 'name');
    const isService =
      (textIn(backend, 'kind')?.text ?? 'Service') === 'Service' && !textIn(backend, 'group')?.text && name;
    if (isService && !has(backend, 'port'))
      site.refuses(
        name,
        [...steps, 'backendRefs', index],
        'Invalid value: Must have port for Service reference',
        {
          says: `gives no port for Service \`${name.text}\``,
          label: 'no port is given',
        },
      );
  }
}

function checkMethod(match: YamlMap, site: Site, steps: readonly Step[]): void {
  const method = get(match, 'method');
  if (method?.type === 'map' && !has(method, 'service') && !has(method, 'method'))
    site.refuses(
      method.entries[0]?.keyNode ?? method,
      [...steps, 'method'],
      "Invalid value: One or both of 'service' or 'method' must be specified",
      { says: `matches no method in \`${site.field(...steps, 'method')}\``, label: 'neither of the two' },
    );
  if (method?.type !== 'map' || (textIn(method, 'type')?.text ?? 'Exact') !== 'Exact') return;
  const [service, name] = [textIn(method, 'service'), textIn(method, 'method')];
  if (service && !/^\.?[a-z_][a-z_0-9]*(\.[a-z_][a-z_0-9]*)*$/i.test(service.text))
    site.refuses(
      service,
      [...steps, 'method'],
      'Invalid value: service must only contain valid characters (matching ^(?i)\\.?[a-z_][a-z_0-9]*(\\.[a-z_][a-z_0-9]*)*$)',
      { label: 'no name of a gRPC service' },
    );
  if (name && !/^[A-Za-z_][A-Za-z_0-9]*$/.test(name.text))
    site.refuses(
      name,
      [...steps, 'method'],
      'Invalid value: method must only contain valid characters (matching ^[A-Za-z_][A-Za-z_0-9]*$)',
      { label: 'no name of a gRPC method' },
    );
}

function checkPath(match: YamlMap, site: Site, steps: readonly Step[]): void {
  const path = get(match, 'path');
  const [type, value] = [textIn(path, 'type')?.text ?? 'PathPrefix', textIn(path, 'value')];
  if (!value || !/^(Exact|PathPrefix)$/.test(type)) return;
  const sequence = ['//', '/./', '/../', '%2f', '%2F', '#'].find((one) => value.text.includes(one));
  const ending = ['/..', '/.'].find((one) => value.text.endsWith(one));
  const fault = !value.text.startsWith('/')
    ? "value must be an absolute path and start with '/' when type one of ['Exact', 'PathPrefix']"
    : sequence
      ? `must not contain '${sequence}' when type one of ['Exact', 'PathPrefix']`
      : ending
        ? `must not end with '${ending}' when type one of ['Exact', 'PathPrefix']`
        : /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$/.test(value.text)
          ? undefined
          : "must only contain valid characters (matching ^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$) for types ['Exact', 'PathPrefix']";
  if (fault)
    site.refuses(value, [...steps, 'path'], `Invalid value: ${fault}`, { label: 'no path of this type' });
}
