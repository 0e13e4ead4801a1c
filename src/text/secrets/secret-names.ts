/** What a name says of its value when one of its words is this. */
const SECRET_WORDS: ReadonlySet<string> = new Set([
  ...['password', 'passwords', 'passwd', 'passphrase', 'passcode', 'pwd', 'pass', 'pw'],
  ...['secret', 'secrets', 'token', 'tokens', 'credential', 'credentials', 'creds', 'apikey', 'apikeys'],
  ...['htpasswd', 'dockerconfigjson', 'dockercfg', 'dsn', 'jwt', 'otp', 'passwort', 'bearer'],
  ...['requirepass', 'masterauth', 'pgpass', 'pgpassword', 'netrc', 'accesskey', 'secretkey', 'privatekey'],
  ...['authtoken', 'cookie', 'salt', 'pepper', 'authorization', 'kubeconfig', 'mysqlpwd', 'sshpass'],
]);

/** What makes a secret of the `key` behind it; a `key` alone is a name. */
const KEY_OF: ReadonlySet<string> = new Set([
  ...['api', 'access', 'private', 'encryption', 'signing', 'master', 'account', 'auth', 'shared', 'license'],
  ...[
    'licence',
    'session',
    'app',
    'application',
    'storage',
    'hmac',
    'aes',
    'rsa',
    'ssh',
    'tls',
    'ssl',
    'deploy',
  ],
  ...['admin', 'client', 'service', 'webhook', 'integration', 'routing', 'write', 'read', 'base', 'unseal'],
]);

/** Words that say something about a secret, or where it lies, when a name ends with them. */
const ABOUT: ReadonlySet<string> = new Set([
  ...[
    'name',
    'names',
    'ref',
    'refs',
    'reference',
    'file',
    'files',
    'path',
    'paths',
    'dir',
    'directory',
    'mount',
  ],
  ...[
    'type',
    'ttl',
    'timeout',
    'expiry',
    'expiration',
    'seconds',
    'minutes',
    'hours',
    'days',
    'interval',
    'age',
  ],
  ...['length', 'size', 'count', 'limit', 'min', 'max', 'policy', 'mode', 'enabled', 'disabled', 'required'],
  ...[
    'port',
    'ports',
    'host',
    'hosts',
    'hostname',
    'endpoint',
    'issuer',
    'audience',
    'audiences',
    'namespace',
  ],
  ...['header', 'headers', 'provider', 'class', 'kind', 'store', 'backend', 'algorithm', 'format', 'version'],
  ...[
    'requests',
    'reviews',
    'rotation',
    'location',
    'realm',
    'scope',
    'scopes',
    'domain',
    'field',
    'property',
  ],
]);

/** Fields of the API, and annotations of controllers, that name a Secret and hold none. */
const REFERENCES =
  /(?:^|\/)(?:auth-secret|auth-tls-secret|proxy-ssl-secret|secure-verify-ca-secret|imagePullSecrets|automountServiceAccountToken)$/;

/** Longer than any name; what is longer is text. */
const LONGEST_NAME = 200;

const remembered = new Map<string, boolean>();
const MOST_REMEMBERED = 10_000;

/**
 * Whether a variable, key, flag, field or parameter of this name holds what nobody else should read: `DB_PASSWORD`,
 * `--api-key`, `tls.key`, `clientSecret`; and not `secretName`, `TOKEN_PORT` or `passwordFile`.
 */
export function isSecretName(name: string): boolean {
  if (name.length > LONGEST_NAME) return false;
  const known = remembered.get(name);
  if (known !== undefined) return known;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const answer = judge(name);
  remembered.set(name, answer);
  return answer;
}

function judge(name: string): boolean {
  if (REFERENCES.test(name)) return false;
  const words = wordsOf(name);
  const last = words.at(-1);
  if (last === undefined || ABOUT.has(last)) return false;
  return words.some((word, index) => {
    if (SECRET_WORDS.has(word)) return true;
    const next = words[index + 1];
    if (KEY_OF.has(word) && (next === 'key' || next === 'keys')) return true;
    if (word === 'auth') return next === undefined || words[index - 1] === 'basic' || next === 'basic';
    if (word === 'basicauth') return true;
    return word === 'connection' && next === 'string';
  });
}

/** `clientSecret`, `DB_PASSWORD_1` and `tls.key` as words in small letters; numbers count for nothing. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
