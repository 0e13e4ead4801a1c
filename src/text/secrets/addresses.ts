import { isSecretName } from './secret-names.ts';

/** As DNS and registries have names: small letters, digits, dots, dashes. */
const NAME = /^[a-z0-9][a-z0-9._/-]*$/;
const SCHEME = /:\/\/$/;
/** Slashes are read as part of a name. */
const SLASHES = /^\/{1,2}/;
/** `image: `, `"image": "`, "image `", and a registry with its port behind it. */
const IMAGE = /\bimages?["'`]?\s{0,4}[:=]?\s{0,4}["'`]?(?:[\w.-]{1,100}:\d{1,5}\/?)?$/i;

/** What follows a host or an image without a blank. */
const PORT = /:\d{1,5}(?![\w.-])/y;
const VERSION = /:v?\d{1,5}(?:\.\d{1,5}){0,3}(?:-[\w.-]{1,100})?(?:@sha\d{3}:[0-9a-f]{1,128})?(?![\w.-])/y;
const LATEST = /:(?:latest|stable|edge|nightly|main|master)(?![\w.-])/y;
const TAG = /:[\w][\w.-]{0,127}(?:@sha\d{3}:[0-9a-f]{1,128})?/y;

const follows = (pattern: RegExp, text: string, at: number): boolean => {
  pattern.lastIndex = at;
  return pattern.test(text);
};

/**
 * Whether a name is that of a host with its port, or of an image with its tag, and no key with its secret:
 * `http://token-service:8080`, `acme/cookie-proxy:1.2`. Where nothing around it says so, the last word does: a
 * `token-service` is a service, a `db-password` is a password.
 */
export function isAddress(text: string, start: number, end: number): boolean {
  if (text[end] !== ':') return false;
  const from = start + (SLASHES.exec(text.slice(start, end))?.[0].length ?? 0);
  const name = text.slice(from, end);
  if (!NAME.test(name)) return false;
  const before = text.slice(Math.max(0, from - REACH), from);
  if (SCHEME.test(before)) return follows(PORT, text, end);
  if (IMAGE.test(before)) return follows(TAG, text, end);
  if (endsInSecret(name)) return false;
  return follows(PORT, text, end) || follows(VERSION, text, end) || follows(LATEST, text, end);
}

/** Further back than this nothing is said of an image. */
const REACH = 120;

function endsInSecret(name: string): boolean {
  const last = name.split(/[^a-z]+/).findLast((word) => word !== '') ?? name;
  return /^(?:keys?|strings?|auth)$/.test(last) || isSecretName(last);
}
