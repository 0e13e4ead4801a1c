import type { YamlMap, YamlNode, YamlScalar } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import { type Check, SAME_AGAIN, type Site } from '../site.ts';
import { checkRange, checkRepeated, has, labelFor, listIn, mapsOf, textIn } from './fields.ts';
import { dns1035Fault, qualifiedFault, subdomainFault } from './names.ts';

/** pkg/apis/admissionregistration/validation validateValidatingWebhook and validateMutatingWebhook. */
export const checkWebhook: Check = (node, site) => {
  checkRange(site, node, ['timeoutSeconds'], [1, 30], 'the timeout value must be between 1 and 30 seconds');
  const name = textIn(node, 'name');
  if (name?.text === '') site.refuses(name, ['name'], 'Required value', { label: 'empty' });
  else if (name && (name.text.split('.').length < 3 || subdomainFault(name.text)))
    site.refuses(
      name,
      ['name'],
      `Invalid value: ${JSON.stringify(name.text)}: ${subdomainFault(name.text) ?? 'should be a domain with at least three segments separated by dots'}`,
      { label: 'no domain of three parts' },
    );
  const reviews = listIn(node, 'admissionReviewVersions');
  if (reviews?.items.length === 0)
    site.refuses(reviews, ['admissionReviewVersions'], 'Required value: must specify one of v1, v1beta1', {
      label: 'empty',
    });
  const versions = reviews?.items ?? [];
  const seen = new Set<unknown>();
  for (const [index, version] of versions.entries()) {
    if (version.type === 'scalar' && seen.has(version.value))
      site.refuses(
        version,
        ['admissionReviewVersions', index],
        `Invalid value: ${JSON.stringify(version.value)}: duplicate version`,
        SAME_AGAIN,
      );
    if (version.type === 'scalar') seen.add(version.value);
    const fault =
      version.type === 'scalar' && typeof version.value === 'string'
        ? dns1035Fault(version.value)
        : undefined;
    if (fault)
      site.refuses(
        version,
        ['admissionReviewVersions', index],
        `Invalid value: ${JSON.stringify((version as { text: string }).text)}: ${fault}`,
        { label: 'no version' },
      );
  }
  if (reviews && versions.length > 0 && ![...seen].some((one) => one === 'v1' || one === 'v1beta1'))
    site.refuses(
      reviews,
      ['admissionReviewVersions'],
      `Invalid value: ${JSON.stringify([...seen])}: must include at least one of v1, v1beta1`,
      { label: 'neither `v1` nor `v1beta1`' },
    );
  checkConditions(node, site);
  const effects = textIn(node, 'sideEffects');
  if (effects && /^(?:Some|Unknown|)$/.test(effects.text))
    site.refuses(
      effects,
      ['sideEffects'],
      `Unsupported value: "${effects.text}": supported values: "None", "NoneOnDryRun"`,
      { label: effects.text === '' ? 'empty' : 'no longer taken' },
    );
};

/** validateMatchConditions, without what only a reader of CEL knows. */
function checkConditions(node: YamlMap, site: Site): void {
  checkRepeated(site, node, 'matchConditions', 'name');
  for (const [index, condition] of mapsOf(node, 'matchConditions')) {
    const steps = ['matchConditions', index];
    const name = textIn(condition, 'name');
    const fault = name && qualifiedFault(name.text);
    if (name && fault)
      site.refuses(
        name,
        [...steps, 'name'],
        name.text === '' ? 'Required value' : `Invalid value: ${JSON.stringify(name.text)}: ${fault}`,
        { label: labelFor(fault) },
      );
    const expression = textIn(condition, 'expression');
    if (expression && expression.text.trim() === '')
      site.refuses(expression, [...steps, 'expression'], 'Required value', { label: 'empty' });
  }
}

/** ValidateValidatingWebhookConfiguration and its like: no two webhooks of one name. */
export const checkWebhooks: Check = (node, site) => checkRepeated(site, node, 'webhooks', 'name');

/** validateRuleWithOperations and validateRule: each list says something. */
export const checkWebhookRule: Check = (node, site) => {
  for (const key of ['operations', 'apiGroups', 'apiVersions', 'resources']) {
    const list = get(node, key);
    const items = list?.type === 'list' ? list.items : [];
    if (list && list.type !== 'list' && has(node, key)) continue;
    if (items.length === 0)
      site.refuses(list ?? node.entries[0]?.keyNode ?? node, [key], 'Required value', {
        says: `leaves \`${site.field(key)}\` empty`,
        label: `no \`${key}\``,
      });
    const all = items.find((item) => item.type === 'scalar' && item.value === ALL.get(key));
    if (all && items.length > 1)
      site.refuses(
        all,
        [key],
        `Invalid value: ${JSON.stringify(items.map((item) => (item.type === 'scalar' ? item.value : {})))}: if '${ALL.get(key)}' is present, must not specify other ${OTHERS.get(key)}`,
        { label: 'covers all others' },
      );
    if (key === 'resources') checkCovered(items, site);
    if (key === 'apiGroups' || key === 'operations') continue;
    for (const [index, item] of items.entries())
      if (item.type === 'scalar' && item.value === '')
        site.refuses(item, [key, index], 'Required value', { label: 'empty' });
  }
};

/** validateResources: all parts of a kind cover one of them, and one part of all kinds that of each. */
function checkCovered(items: readonly YamlNode[], site: Site): void {
  const all = new Set<string>();
  for (const [index, item] of items.entries()) {
    if (item.type !== 'scalar' || typeof item.value !== 'string') continue;
    const [resource = '', part] = item.value.split('/');
    if (part === undefined) continue;
    const cover = [`${resource}/*`, `*/${part}`].find((one) => all.has(one) && one !== item.value);
    if (cover)
      site.refuses(
        item,
        ['resources', index],
        `Invalid value: ${JSON.stringify(item.value)}: if '${cover}' is present, must not specify ${item.value}`,
        { label: `covered by \`${cover}\`` },
      );
    if (resource === '*' || part === '*') all.add(item.value);
  }
}

/** What means each of a list, and so stands alone. */
const ALL: ReadonlyMap<string, string> = new Map([
  ['operations', '*'],
  ['apiGroups', '*'],
  ['apiVersions', '*'],
  ['resources', '*/*'],
]);
const OTHERS: ReadonlyMap<string, string> = new Map([
  ['operations', 'operations'],
  ['apiGroups', 'API groups'],
  ['apiVersions', 'API versions'],
  ['resources', 'resources'],
]);

/** validateWebhookClientConfig: one of the two. */
export const checkClientConfig: Check = (node, site, entry) => {
  if (has(node, 'url') === has(node, 'service'))
    site.refuses(entry?.keyNode ?? node, [], 'Required value: exactly one of url or service is required', {
      says: `has ${has(node, 'url') ? 'both' : 'neither'} of \`url\` and \`service\` in \`${site.field()}\``,
      label: 'one of the two',
    });
  const url = textIn(node, 'url');
  if (url && /^https:\/\/(?:\/|$)/i.test(url.text))
    site.refuses(
      url,
      ['url'],
      'Invalid value: "": host must be specified; desired format: https://host[/path]',
      { label: 'names no host' },
    );
  else if (url && /^https:\/\/[^/]* /i.test(url.text))
    site.refuses(
      url,
      ['url'],
      'Required value: url must be a valid URL: parse "…": invalid character " " in host name',
      {
        label: 'a space in its host',
      },
    );
  else if (url && !/^https:\/\/[^/]/i.test(url.text))
    site.refuses(
      url,
      ['url'],
      `Invalid value: ${JSON.stringify(/^([a-z]+):/.exec(url.text)?.[1] ?? '')}: 'https' is the only allowed URL scheme; desired format: https://host[/path]`,
      { label: 'no https URL' },
    );
  else if (url) checkParts(url, site);
  const path = textIn(node, 'service', 'path');
  const segments = path && path.text !== '/' ? path.text.replace(/\/$/, '').split('/').slice(1) : [];
  const wrong = segments.findIndex((one) => one === '' || subdomainFault(one) !== undefined);
  if (path?.text.startsWith('/') && wrong >= 0)
    site.refuses(
      path,
      ['service', 'path'],
      `Invalid value: ${JSON.stringify(path.text)}: segment[${wrong}]${segments[wrong] === '' ? ' may not be empty' : `: ${subdomainFault(segments[wrong]!)}`}`,
      { label: segments[wrong] === '' ? 'a part is empty' : 'a part is no DNS name' },
    );
  if (path && path.text !== '' && !path.text.startsWith('/'))
    site.refuses(
      path,
      ['service', 'path'],
      `Invalid value: ${JSON.stringify(path.text)}: must start with a '/'`,
      { label: 'must start with `/`' },
    );
  const service = get(node, 'service');
  if (service?.type === 'map')
    for (const key of ['name', 'namespace']) {
      const text = textIn(service, key);
      if (text?.text === '') site.refuses(text, ['service', key], 'Required value', { label: 'empty' });
    }
};

/** webhook.ValidateWebhookURL: the address, and nothing beside it. */
function checkParts(url: YamlScalar, site: Site): void {
  const [, login, query, fragment] =
    /^https:\/\/(?:([^/?#@]*)@)?[^?#]*(?:\?([^#]*))?(?:#(.*))?$/i.exec(url.text) ?? [];
  // What stands there may be a secret, and is not repeated.
  for (const [part, words] of [
    [login, 'user information is not permitted in the URL'],
    [fragment, 'fragments are not permitted in the URL'],
    [query, 'query parameters are not permitted in the URL'],
  ] as const)
    if (part) site.refuses(url, ['url'], `Invalid value: "…": ${words}`, { label: words });
}
