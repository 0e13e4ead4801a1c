// Which texts name what: k8s.io/apimachinery pkg/util/validation/validation.go, and its words.

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const DNS_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const WORD = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const CONFIG_KEY = /^[-._a-zA-Z0-9]+$/;
/** Printable ASCII without `=` (relaxed since 1.34). */
const VARIABLE = /^[ -<>-~]+$/;

/** Why a text is no such name; undefined where it is one. */
export type NameFault = (text: string) => string | undefined;

export const labelFault: NameFault = (text) =>
  text.length > 63
    ? 'must be no more than 63 characters'
    : LABEL.test(text)
      ? undefined
      : SUBDOMAIN.test(text)
        ? 'must not contain dots'
        : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

export const subdomainFault: NameFault = (text) =>
  text.length > 253
    ? 'must be no more than 253 characters'
    : SUBDOMAIN.test(text)
      ? undefined
      : "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

export const dns1035Fault: NameFault = (text) =>
  text.length > 63
    ? 'must be no more than 63 characters'
    : DNS_1035.test(text)
      ? undefined
      : "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

export const wildcardFault: NameFault = (text) =>
  SUBDOMAIN.test(text.replace(/^\*\./, '')) && text !== '*.'
    ? undefined
    : "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

const WORD_RULE =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

/** The same few keys stand in every object. */
const RIGHT = new Set<string>();
const MOST_REMEMBERED = 5_000;

/** Keys of labels and annotations. */
export const qualifiedFault: NameFault = (text) => {
  if (RIGHT.has(text)) return undefined;
  const fault = faultOfKey(text);
  if (fault === undefined && RIGHT.size < MOST_REMEMBERED) RIGHT.add(text);
  return fault;
};

const faultOfKey: NameFault = (text) => {
  const parts = text.split('/');
  if (parts.length > 2)
    return `a valid label key ${WORD_RULE} (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`;
  const [name, prefix] = [parts.at(-1)!, parts.length === 2 ? parts[0] : undefined];
  if (prefix === '') return 'prefix part must be non-empty';
  if (prefix !== undefined && subdomainFault(prefix)) return `prefix part ${subdomainFault(prefix)}`;
  if (name === '') return 'name part must be non-empty';
  if (name.length > 63) return 'name part must be no more than 63 bytes';
  return WORD.test(name)
    ? undefined
    : `name part ${WORD_RULE} (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`;
};

export const labelValueFault: NameFault = (text) =>
  text.length > 63
    ? 'must be no more than 63 bytes'
    : text === '' || WORD.test(text)
      ? undefined
      : `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`;

export const configKeyFault: NameFault = (text) =>
  text.length > 253
    ? 'must be no more than 253 characters'
    : text === '.' || text === '..'
      ? `must not be '${text}'`
      : text.startsWith('..')
        ? `must not start with '..'`
        : CONFIG_KEY.test(text)
          ? undefined
          : "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

export const variableFault: NameFault = (text) =>
  VARIABLE.test(text)
    ? undefined
    : "a valid environment variable name must consist only of printable ASCII characters other than '='";

export interface PathFault {
  /** What the server shows: the whole text, or the part of it that is wrong. */
  readonly part: string;
  readonly words: string;
}

/** apimachinery pkg/util/validation IsDomainPrefixedPath: a controller, a manager. */
export function domainPathFault(text: string): PathFault | undefined {
  const [, domain = '', path = ''] = /^([^/]*)\/?(.*)$/s.exec(text)!;
  if (domain === '' || path === '')
    return { part: text, words: 'must be a domain-prefixed path (such as "acme.io/foo")' };
  const words = subdomainFault(domain);
  if (words) return { part: domain, words };
  return HTTP_PATH.test(path)
    ? undefined
    : {
        part: path,
        words: "Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')",
      };
}

const HTTP_PATH = /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;

/** What stands in a URL of the API: pkg/api/validation/path. */
export const pathFault = (text: string): string | undefined =>
  text === '.' || text === '..'
    ? `may not be '${text}'`
    : text.includes('/')
      ? "may not contain '/'"
      : text.includes('%')
        ? "may not contain '%'"
        : undefined;
