/** Where a controller is reached; a scheme or a port that is left out is the route's. */
export interface ThroughAddress {
  readonly scheme: 'http' | 'https' | undefined;
  readonly host: string;
  readonly port: number | undefined;
}

/**
 * Reads `--through`: `ADDRESS`, `ADDRESS:PORT` or a URL without a path.
 *
 * @returns undefined for what is none of them
 */
export function parseThrough(text: string): ThroughAddress | undefined {
  const [, scheme] = /^(https?):\/\//i.exec(text) ?? [];
  const bare = scheme === undefined && !text.startsWith('[') && text.split(':').length > 2;
  const url = `${scheme ?? 'http'}://${(bare ? `[${text}]` : text).replace(/^https?:\/\//i, '')}`;
  if (!URL.canParse(url)) return undefined;
  const { hostname, pathname, search, hash, username } = new URL(url);
  if (hostname === '' || pathname !== '/' || search !== '' || hash !== '' || username !== '')
    return undefined;
  // The parser leaves out the port that is usual for the scheme.
  const [, port] = /:(\d+)\/?$/.exec(bare ? '' : text) ?? [];
  return {
    scheme: scheme === undefined ? undefined : (scheme.toLowerCase() as 'http' | 'https'),
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === undefined ? undefined : Number(port),
  };
}

/** Reads `--node`: an address or a name, without a port; undefined for what is neither. */
export function parseNode(text: string): string | undefined {
  const read = parseThrough(text);
  return read?.scheme === undefined && read?.port === undefined ? read?.host : undefined;
}
