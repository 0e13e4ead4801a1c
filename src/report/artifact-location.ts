/** Where a SARIF reader finds a text (SARIF 2.1.0, 3.4). */
export interface ArtifactLocation {
  readonly uri: string;
  readonly uriBaseId?: string;
}

/**
 * A report's path as a URI. A relative one hangs on %SRCROOT%, the name that CodeQL gives the checkout; what that is
 * on this machine is not said, so that the bytes are the same on every machine.
 */
export function toArtifactLocation(path: string): ArtifactLocation {
  // A file name may hold half a surrogate pair, which no URI can say.
  const text = path.replace(/\p{Surrogate}/gu, '\ufffd');
  if (text === '-') return { uri: 'stdin' };
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return { uri: text.replace(NOT_IN_URI, encodeURIComponent) };
  if (text.startsWith('//')) return { uri: `file:${encode(text)}` };
  if (text.startsWith('/')) return { uri: `file://${encode(text)}` };
  if (/^[a-z]:\//i.test(text)) return { uri: `file:///${text.slice(0, 2)}${encode(text.slice(2))}` };
  return { uri: encode(text), uriBaseId: '%SRCROOT%' };
}

/** All but RFC 3986's reserved and unreserved characters, and `%`, as an address may be encoded already. */
const NOT_IN_URI = /[^\w\-.~:/?#[\]@!$&'()*+,;=%]/gu;

const encode = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
