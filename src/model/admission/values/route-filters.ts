import type { YamlMap } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import type { Site } from '../site.ts';
import type { Step } from '../step.ts';
import { has, integerIn, listIn, mapsOf, textIn, textsIn } from './fields.ts';

const ONCE = /^(RequestHeaderModifier|ResponseHeaderModifier|RequestRedirect|URLRewrite)$/;

/** What a filter of a type says, and which stand beside one another. */
export function checkFilters(rule: YamlMap, site: Site, steps: readonly Step[]): void {
  const seen = new Set<string>();
  for (const [index, filter] of mapsOf(rule, 'filters')) {
    const type = textIn(filter, 'type');
    if (!type) continue;
    if (seen.has(type.text) && ONCE.test(type.text))
      site.refuses(type, [...steps, 'filters'], `Invalid value: ${type.text} filter cannot be repeated`, {
        label: 'a second time',
      });
    seen.add(type.text);
    const field = FILTER_FIELDS.get(type.text);
    if (field !== undefined && !has(filter, field))
      site.refuses(
        type,
        [...steps, 'filters', index],
        `Invalid value: filter.${field} must be specified for ${type.text} filter.type`,
        { label: `needs \`${field}\`` },
      );
    checkMirror(filter, site, [...steps, 'filters', index]);
    checkCors(filter, site, [...steps, 'filters', index]);
    for (const [name, other] of FILTER_FIELDS) {
      const entry = filter.entries.find(({ key }) => key === other);
      if (entry && name !== type.text && has(filter, other))
        site.refuses(
          entry.keyNode,
          [...steps, 'filters', index],
          `Invalid value: filter.${other} must be nil if the filter.type is not ${name}`,
          { label: `not for ${type.text}` },
        );
    }
  }
}

const FILTER_FIELDS: ReadonlyMap<string, string> = new Map([
  ['RequestHeaderModifier', 'requestHeaderModifier'],
  ['ResponseHeaderModifier', 'responseHeaderModifier'],
  ['RequestMirror', 'requestMirror'],
  ['RequestRedirect', 'requestRedirect'],
  ['URLRewrite', 'urlRewrite'],
  ['ExtensionRef', 'extensionRef'],
  ['CORS', 'cors'],
  ['ExternalAuth', 'externalAuth'],
]);

/** How much is mirrored is said once, and where to in full. */
function checkMirror(filter: YamlMap, site: Site, steps: readonly Step[]): void {
  const mirror = get(filter, 'requestMirror');
  if (mirror?.type !== 'map') return;
  if (has(mirror, 'percent') && has(mirror, 'fraction'))
    site.refuses(
      get(mirror, 'percent')!,
      [...steps, 'requestMirror'],
      'Invalid value: Only one of percent or fraction may be specified in HTTPRequestMirrorFilter',
      { label: '`fraction` is there as well' },
    );
  const [part, whole] = ['numerator', 'denominator'].map((key) => integerIn(mirror, 'fraction', key));
  if (part && part.value > (whole?.value ?? 100))
    site.refuses(
      part,
      [...steps, 'requestMirror', 'fraction'],
      'Invalid value: numerator must be less than or equal to denominator',
      { label: 'more than all' },
    );
  const backend = get(mirror, 'backendRef');
  const name = textIn(backend, 'name');
  const isService =
    (textIn(backend, 'kind')?.text ?? 'Service') === 'Service' && !textIn(backend, 'group')?.text;
  if (name && isService && !has(backend, 'port'))
    site.refuses(
      name,
      [...steps, 'requestMirror', 'backendRef'],
      'Invalid value: Must have port for Service reference',
      { says: `gives no port for Service \`${name.text}\``, label: 'no port is given' },
    );
}

const LISTS_OF_CORS: readonly (readonly [list: string, name: string, others: string])[] = [
  ['allowOrigins', 'AllowOrigins', 'origins'],
  ['allowMethods', 'AllowMethods', 'methods'],
];

/** What allows all stands alone. */
function checkCors(filter: YamlMap, site: Site, steps: readonly Step[]): void {
  for (const [list, name, others] of LISTS_OF_CORS) {
    const texts = textsIn(filter, 'cors', list);
    const all = texts.find(([, { text }]) => text === '*');
    if (all && texts.length > 1)
      site.refuses(
        all[1],
        [...steps, 'cors', list],
        `Invalid value: ${name} cannot contain '*' alongside other ${others}`,
        { label: 'covers all others' },
      );
  }
}

const REWRITES: readonly (readonly [type: string, field: string])[] = [
  ['ReplaceFullPath', 'replaceFullPath'],
  ['ReplacePrefixMatch', 'replacePrefixMatch'],
];

/** A redirect answers itself, and a prefix is replaced only where one is matched. */
export function checkRewrites(rule: YamlMap, site: Site, steps: readonly Step[]): void {
  const filters = mapsOf(rule, 'filters');
  const redirect = filters.find(([, filter]) => has(filter, 'requestRedirect'));
  const backends = listIn(rule, 'backendRefs');
  if (redirect && backends && backends.items.length > 0)
    site.refuses(
      textIn(redirect[1], 'type') ?? backends,
      steps,
      'Invalid value: RequestRedirect filter must not be used together with backendRefs',
      { says: `redirects and has backends in \`${site.field(...steps)}\``, label: 'answers by itself' },
    );
  const types = filters.map(([, filter]) => textIn(filter, 'type')?.text);
  if (types.includes('RequestRedirect') && types.includes('URLRewrite'))
    site.refuses(
      textIn(filters[types.indexOf('URLRewrite')]![1], 'type')!,
      [...steps, 'filters'],
      'Invalid value: May specify either httpRouteFilterRequestRedirect or httpRouteFilterRequestRewrite, but not both',
      { label: 'beside a redirect' },
    );
  for (const [index, filter] of filters)
    for (const field of ['requestRedirect', 'urlRewrite']) {
      const path = get(filter, field, 'path');
      const type = textIn(path, 'type');
      if (path?.type !== 'map' || !type) continue;
      const place = [...steps, 'filters', index, field, 'path'];
      for (const [name, key] of REWRITES) {
        if (type.text === name && !has(path, key))
          site.refuses(type, place, `Invalid value: ${key} must be specified when type is set to '${name}'`, {
            label: `needs \`${key}\``,
          });
        if (type.text !== name && has(path, key))
          site.refuses(type, place, `Invalid value: type must be '${name}' when ${key} is set`, {
            label: `beside \`${key}\``,
          });
      }
      if (type.text === 'ReplacePrefixMatch' && has(path, 'replacePrefixMatch') && !matchesOnePrefix(rule))
        site.refuses(
          type,
          steps,
          `Invalid value: When using ${field === 'urlRewrite' ? 'URLRewrite' : 'RequestRedirect'} filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified`,
          { label: 'needs one match of a `PathPrefix`' },
        );
    }
}

/** A rule without matches has one, of the prefix \`/\`. */
function matchesOnePrefix(rule: YamlMap): boolean {
  const matches = mapsOf(rule, 'matches');
  if (!has(rule, 'matches')) return true;
  const path = get(matches[0]?.[1], 'path');
  return (
    matches.length === 1 &&
    (path === undefined || (textIn(path, 'type')?.text ?? 'PathPrefix') === 'PathPrefix')
  );
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
]);

/** A duration of the Gateway API (GEP-2257) in milliseconds. */
const millisecondsOf = (text: string): number =>
  [...text.matchAll(/(\d{1,5})(ms|h|m|s)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * UNITS.get(unit!)!,
    0,
  );

export function checkTimeouts(rule: YamlMap, site: Site, steps: readonly Step[]): void {
  const [request, backend] = [
    textIn(rule, 'timeouts', 'request'),
    textIn(rule, 'timeouts', 'backendRequest'),
  ];
  if (!request || !backend) return;
  const most = millisecondsOf(request.text);
  if (most > 0 && millisecondsOf(backend.text) > most)
    site.refuses(
      backend,
      [...steps, 'timeouts'],
      'Invalid value: backendRequest timeout cannot be longer than request timeout',
      { label: `longer than ${request.text}` },
    );
}
