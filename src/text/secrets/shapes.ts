import type { Stretch } from './stretch.ts';

/**
 * What is a secret by its look, whatever stands before it. Each begins with letters of its own, and none can begin
 * within itself, so that a text is passed through once. `$1` is the secret, where it is not all of it.
 */
const SHAPES: readonly RegExp[] = [
  // A login before a host. A digest behind an image's tag is none.
  /:\/\/([^\s/?#"'`<>@]{1,1024}(?:@[^\s/?#"'`<>@]{1,1024}){0,8})@/g,
  // Without a scheme, as in the name of an image: user:password@registry.
  /(?<![\w:/@.+-])[\w.+-]{1,64}:([^\s/@"'`]{1,256})@(?!sha\d{3}:)(?=[\w[])/g,
  /-----BEGIN [A-Z ]{0,32}PRIVATE KEY-----([^-]{1,65536})/g,
  /\bauthorization["']?[\s:=,]{1,8}["']?(?:basic|bearer|digest|token)\s{1,8}([^\s"'`,;]{1,8192})/gi,
  /\bBearer\s{1,8}([\w+/=.~-]{16,8192})/g,
  // curl -u user:password
  /(?:\s-u|--user)(?:\s{1,8}|=)["']?[^\s:"'`]{1,256}:(?!\d{1,10}(?:\s|["'`]|$))([^\s"'`]{1,256})/g,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /\b(?:gh[pousr]_|github_pat_|glpat-|npm_|dckr_pat_|hvs\.|xox[abeprs]-|sk_live_|sk_test_|rk_live_|sk-ant-|sk-proj-|pypi-)[\w-]{16,512}/g,
  /\bAIza[\w-]{35}/g,
  /\beyJ[\w-]{8,8192}\.[\w-]{8,8192}\.[\w-]{0,8192}/g,
  /\bSG\.[\w-]{16,64}\.[\w-]{16,64}/g,
  /\bhooks\.slack\.com\/services\/([\w/]{8,256})/g,
  // What htpasswd writes.
  /(?:\$2[aby]\$\d\d\$|\$apr1\$|\$[156y]\$|\{SHA\})[\w./=+$-]{8,256}/g,
];

/** One look before the others: most texts have none of these. */
const ANY =
  /@|PRIVATE KEY|authorization|Bearer|-u|--user|A[KS]IA|AIza|eyJ|_pat_|gh[pousr]_|glpat|npm_|hvs\.|xox|[sr]k[-_]|pypi-|SG\.|slack|\$|\{SHA/i;

export function secretShapes(text: string): Stretch[] {
  if (!ANY.test(text)) return [];
  return SHAPES.flatMap((shape) =>
    Array.from(text.matchAll(shape), ({ 0: whole, 1: inner, index }): Stretch => {
      const start = index + (inner === undefined ? 0 : whole.lastIndexOf(inner));
      return { start, end: start + (inner ?? whole).length };
    }),
  );
}
