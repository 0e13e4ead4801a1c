import { assignedSecrets } from './assignments.ts';
import { secretShapes } from './shapes.ts';
import { dotted } from './stretch.ts';

/** A sentence as it may be shown: a message, a reason, the text of an edit, an error. Dots stand for what is a secret. */
export function hideInWords(words: string): string {
  if (!mayHoldSecrets(words)) return words;
  return dotted(words, [...assignedSecrets(words, { lines: false }), ...secretShapes(words)]);
}

/** What every secret has something of in or before it; most texts have nothing of the kind. */
const HINTS =
  /pass|pwd|_pw|secret|token|cred|key|auth|dsn|jwt|otp|bearer|cookie|salt|pepper|dockerc|netrc|string|@|-u|A[KS]IA|AIza|eyJ|_pat_|gh[pousr]_|glpat|npm_|hvs\.|xox|[sr]k[-_]|pypi-|SG\.|slack|\$|\{SHA/i;

export const mayHoldSecrets = (text: string): boolean => HINTS.test(text);
