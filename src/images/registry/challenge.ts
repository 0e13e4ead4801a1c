/** How a registry wants to be asked (RFC 9110, 11.6.1; distribution/distribution, docs/spec/auth/token.md). */
export interface Challenge {
  readonly scheme: 'bearer' | 'basic';
  /** Names in lower case: `realm`, `service`, `scope`. */
  readonly parameters: ReadonlyMap<string, string>;
}

const SCHEME =
  /(?:^|,)\s*(bearer|basic)(?:\s+|$)((?:\s*,?\s*[\w-]+\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s",]+))*)/gi;
/** Of a header; patterns with blanks on both sides take their square. */
const LONGEST = 4096;
const PARAMETER = /(?<![\w-])([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))/g;

/** Reads `WWW-Authenticate`; a token is preferred to a password that goes with each request. */
export function readChallenge(header: string): Challenge | undefined {
  const challenges = [...header.slice(0, LONGEST).matchAll(SCHEME)].map(
    ([, scheme = '', parameters = '']): Challenge => {
      const pairs = [...parameters.matchAll(PARAMETER)].map(
        ([, name = '', quoted, plain = '']) =>
          [name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? plain] as const,
      );
      return { scheme: scheme.toLowerCase() === 'bearer' ? 'bearer' : 'basic', parameters: new Map(pairs) };
    },
  );
  return challenges.find(({ scheme }) => scheme === 'bearer') ?? challenges[0];
}
