import type { YamlNode } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import type { Check, Site } from '../site.ts';
import type { Step } from '../step.ts';
import { isIPv4, isIPv6 } from './addresses.ts';
import { checkListed, checkName, checkNames, has, labelFor, listIn, textIn } from './fields.ts';
import {
  dns1035Fault,
  domainPathFault,
  labelFault,
  pathFault,
  subdomainFault,
  wildcardFault,
} from './names.ts';

/** pkg/apis/networking/validation ValidateIngressSpec. */
export const checkIngressSpec: Check = (node, site, entry) => {
  const rules = listIn(node, 'rules')?.items.length ?? 0;
  if (rules === 0 && !has(node, 'defaultBackend') && !get(node, 'backend')) {
    site.refuses(
      entry?.keyNode ?? node,
      [],
      'Invalid value: null: either `defaultBackend` or `rules` must be specified',
      { says: 'has neither `rules` nor a `defaultBackend`', label: 'nothing to route' },
    );
  }
  checkName(site, node, 'ingressClassName', subdomainFault);
  const name = textIn(node, 'ingressClassName');
  if (name?.text === '')
    site.refuses(name, ['ingressClassName'], `Invalid value: "": ${subdomainFault('')}`, { label: 'empty' });
};

const hostFault = (host: string): string | undefined =>
  isIPv4(host) || isIPv6(host)
    ? 'must be a DNS name, not an IP address'
    : host.includes('*')
      ? wildcardFault(host)
      : subdomainFault(host);

/** validateIngressRules. */
export const checkIngressRule: Check = (node, site) => checkName(site, node, 'host', hostFault);

/** validateHTTPIngressRuleValue. */
export const checkIngressHttp: Check = (node, site, entry) => {
  if (listIn(node, 'paths')?.items.length === 0)
    site.refuses(entry?.keyNode ?? node, ['paths'], 'Required value', {
      says: `has no path in \`${site.field('paths')}\``,
      label: 'an empty list',
    });
};

/** validateIngressTLS. */
export const checkIngressTls: Check = (node, site) => {
  checkNames(site, node, 'hosts', (host) =>
    host.includes('*') ? wildcardFault(host) : subdomainFault(host),
  );
  checkName(site, node, 'secretName', subdomainFault);
};

const SEQUENCES = ['//', '/./', '/../', '%2f', '%2F'];
const ENDINGS = ['/..', '/.'];

/** validateHTTPIngressPath. */
export const checkIngressPath: Check = (node, site) => {
  const [type, path] = [textIn(node, 'pathType')?.text, textIn(node, 'path')];
  const isStrict = type === 'Exact' || type === 'Prefix';
  if (!path && isStrict && !has(node, 'path')) {
    const at = textIn(node, 'pathType')!;
    site.refuses(at, ['path'], 'Invalid value: "": must be an absolute path', { label: 'needs a `path`' });
  }
  if (!path || !type) return;
  const sequence = isStrict && SEQUENCES.find((one) => path.text.includes(one));
  const ending = isStrict && ENDINGS.find((one) => path.text.endsWith(one));
  const fault =
    !path.text.startsWith('/') && (path.text !== '' || isStrict)
      ? 'must be an absolute path'
      : sequence
        ? `must not contain '${sequence}'`
        : ending
          ? `cannot end with '${ending}'`
          : undefined;
  if (fault)
    site.refuses(path, ['path'], `Invalid value: ${JSON.stringify(path.text)}: ${fault}`, { label: fault });
};

/** validateIngressTypedLocalObjectReference: what stands in a URL of the API. */
function checkReference(ref: YamlNode | undefined, site: Site, steps: readonly Step[]): void {
  if (ref?.type !== 'map') return;
  const group = textIn(ref, 'apiGroup');
  const unknown = group && subdomainFault(group.text);
  if (group && unknown)
    site.refuses(group, [...steps, 'apiGroup'], `Invalid value: ${JSON.stringify(group.text)}: ${unknown}`, {
      label: labelFor(unknown),
    });
  for (const key of ['kind', 'name']) {
    const text = textIn(ref, key);
    const fault = text && pathFault(text.text);
    if (text?.text === '') site.refuses(text, [...steps, key], 'Required value', { label: 'empty' });
    else if (text && fault)
      site.refuses(text, [...steps, key], `Invalid value: ${JSON.stringify(text.text)}: ${fault}`, {
        label: fault,
      });
  }
}

/** ValidateIngressCreate: the class by its field, and by the annotation that is older. */
export const checkIngress: Check = (node, site) => {
  const noted = textIn(node, 'metadata', 'annotations', 'kubernetes.io/ingress.class');
  const name = textIn(node, 'spec', 'ingressClassName');
  if (noted && name && noted.text !== name.text)
    site.refuses(noted, [], '', {
      field: 'metadata.annotations[kubernetes.io/ingress.class]',
      says: `names the class \`${noted.text}\` in an annotation and \`${name.text}\` in its spec`,
      label: `\`${name.text}\` in the spec`,
      reason: `annotations.kubernetes.io/ingress.class: Invalid value: ${JSON.stringify(noted.text)}: must match \`ingressClassName\` when both are specified`,
      help: ['remove the annotation: the field is read by every controller that knows classes'],
    });
};

/** validateIngressBackend. */
export const checkIngressBackend: Check = (node, site, entry) => {
  const service = get(node, 'service');
  const at = entry?.keyNode ?? node;
  if (has(node, 'service') && has(node, 'resource')) {
    site.refuses(at, [], 'Invalid value: "": cannot set both resource and service backends', {
      says: `gives a Service and a resource in \`${site.field()}\``,
      label: 'one of the two',
    });
  } else if (!has(node, 'service') && !has(node, 'resource')) {
    site.refuses(at, [], 'Invalid value: "": resource or service backend is required', {
      says: `names no backend in \`${site.field()}\``,
      label: 'neither `service` nor `resource`',
    });
  } else if (has(node, 'resource')) {
    checkReference(get(node, 'resource'), site, ['resource']);
  } else if (service?.type === 'map') {
    const name = textIn(service, 'name');
    if (name?.text === '') site.refuses(name, ['service', 'name'], 'Required value', { label: 'empty' });
    checkName(site, service, 'name', dns1035Fault, ['service']);
    const port = get(service, 'port');
    const isSet = (key: string): boolean => {
      const value = get(port, key);
      return has(port, key) && !(value?.type === 'scalar' && (value.value === 0 || value.value === ''));
    };
    if (port && port.type !== 'map') return;
    if (isSet('name') && isSet('number'))
      site.refuses(port!, [], 'Invalid value: "": cannot set both port name & port number', {
        says: `gives a port's name and its number in \`${site.field('service', 'port')}\``,
        label: 'one of the two',
      });
    else if (!isSet('name') && !isSet('number') && !has(port, 'number'))
      site.refuses(
        has(service, 'name') ? get(service, 'name')! : at,
        [],
        'Required value: port name or number is required',
        { says: `gives no port in \`${site.field('service')}\``, label: 'no port is given' },
      );
  }
};

/** validateIngressClassSpec; validateIngressClassController: a domain, and a path behind it. */
export const checkIngressClassSpec: Check = (node, site, entry) => {
  const controller = textIn(node, 'controller');
  if (!has(node, 'controller') || controller?.text === '') site.lacks(node, entry, 'controller');
  else if (controller) {
    const fault = domainPathFault(controller.text);
    if (fault)
      site.refuses(
        controller,
        ['controller'],
        `Invalid value: ${JSON.stringify(fault.part)}: ${fault.words}`,
        { label: 'no domain with a path' },
      );
  }
};

/** validateIngressClassParametersReference. */
export const checkClassParameters: Check = (node, site) => {
  const scope = textIn(node, 'scope');
  if (scope) checkListed(site, scope, ['scope'], ['Cluster', 'Namespace']);
  const namespace = get(node, 'namespace');
  const isThere = namespace !== undefined && has(node, 'namespace');
  if (scope?.text === 'Namespace' && !isThere)
    site.refuses(scope, ['namespace'], "Required value: `parameters.scope` is set to 'Namespace'", {
      says: 'names no namespace for its parameters',
      label: 'needs `namespace`',
    });
  if ((scope ? scope.text === 'Cluster' : !has(node, 'scope')) && isThere)
    site.refuses(namespace, ['namespace'], "Forbidden: `parameters.scope` is set to 'Cluster'", {
      label: 'needs `scope: Namespace`',
    });
  checkReference(node, site, []);
  checkName(site, node, 'namespace', labelFault);
};
