import { largest } from '../largest.ts';
import { isSecretName } from './secret-names.ts';

/** Part of every name of a secret, and of the kind whose data are secrets. */
const HINT =
  /pass|pwd|\bpw\b|_pw\b|secret|token|cred|key|auth|dsn|jwt|otp|bearer|cookie|salt|pepper|dockerc|netrc|string|kubeconfig/i;
const NAMES = /[^\w.$/-]+/;
/** Letters that are not written as they are read. */
const ESCAPED = /\\[xuU]/;

/**
 * Whether a text may hold a Secret, or something under a name of secrets. Its tree, which tells for certain, costs
 * hundreds of times as much, and most documents have nothing of the kind.
 */
export const namesSecrets = (text: string): boolean =>
  ESCAPED.test(text) ||
  (HINT.test(text) &&
    text
      .split('\n')
      .some((line) => HINT.test(line) && (line.split(NAMES).some(isSecretName) || hasLongKey(line))));

/** A key that is more than one name, as `api key: x`. */
const hasLongKey = (line: string): boolean =>
  line
    .split(':')
    .slice(0, -1)
    .some((piece) => {
      const key = piece.slice(1 + largest(['{', '[', ','].map((sign) => piece.lastIndexOf(sign))));
      return NAMES.test(
        key
          .replace(/^[\s"'?-]{1,200}/, '')
          .trimEnd()
          .replace(/["']$/, ''),
      );
    });
