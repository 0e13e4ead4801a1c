import { assignedSecrets } from './assignments.ts';
import { mayHoldSecrets } from './hide-in-words.ts';
import { secretsInYaml } from './secrets-in-yaml.ts';
import { secretShapes } from './shapes.ts';
import { dotted } from './stretch.ts';

/**
 * A source as it may be shown: what Secrets hold, what stands under a name of secrets, and what is a secret by its
 * look becomes dots. Frames show lines around a place, and logs of CI are read by many. Every offset stays what it was.
 */
export function hideSecrets(text: string): string {
  if (!mayHoldSecrets(text)) return text;
  const { stretches, kept } = secretsInYaml(text);
  const own = dotted(text, stretches, kept);
  return dotted(own, [...assignedSecrets(own, { lines: true }), ...secretShapes(own)]);
}
