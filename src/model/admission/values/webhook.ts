import { get } from '../../reader.ts';
import type { Check } from '../site.ts';
import { checkRange, checkRepeated, has, listIn, textIn } from './fields.ts';
import { dns1035Fault, subdomainFault } from './names.ts';

/** pkg/apis/admissionregistration/validation validateValidatingWebhook and validateMutatingWebhook. */
export const checkWebhook: Check = (node, site) => {
  checkRange(site, node, ['timeoutSeconds'], [1, 30], 'the timeout value must be between 1 and 30 seconds');
  const name = textIn(node, 'name');
  if (name && (name.text.split('.').length < 3 || subdomainFault(name.text)))
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
  for (const [index, version] of versions.entries()) {
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
  const effects = textIn(node, 'sideEffects');
  if (effects && (effects.text === 'Some' || effects.text === 'Unknown'))
    site.refuses(
      effects,
      ['sideEffects'],
      `Unsupported value: "${effects.text}": supported values: "None", "NoneOnDryRun"`,
      { label: 'no longer taken' },
    );
};

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
    if (key === 'apiGroups') continue;
    for (const [index, item] of items.entries())
      if (item.type === 'scalar' && item.value === '')
        site.refuses(item, [key, index], 'Required value', { label: 'empty' });
  }
};

/** validateWebhookClientConfig: one of the two. */
export const checkClientConfig: Check = (node, site, entry) => {
  if (has(node, 'url') === has(node, 'service'))
    site.refuses(entry?.keyNode ?? node, [], 'Required value: exactly one of url or service is required', {
      says: `has ${has(node, 'url') ? 'both' : 'neither'} of \`url\` and \`service\` in \`${site.field()}\``,
      label: 'one of the two',
    });
  const url = textIn(node, 'url');
  if (url && !/^https:\/\/[^/]/i.test(url.text))
    site.refuses(
      url,
      ['url'],
      `Invalid value: ${JSON.stringify(/^([a-z]+):/.exec(url.text)?.[1] ?? '')}: 'https' is the only allowed URL scheme; desired format: https://host[/path]`,
      { label: 'no https URL' },
    );
  const path = textIn(node, 'service', 'path');
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
