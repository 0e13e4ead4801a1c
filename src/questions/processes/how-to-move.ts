import type { FrameworkFact, ImageFact } from '../../knowledge/image-fact.ts';
import { settingsOf } from './settings-of-fact.ts';

/** How the port of a program can be moved, by what is the easiest for its user; one sentence without a full stop. */
export function howToMove(fact: ImageFact | FrameworkFact): string {
  const moves = (kind: 'env' | 'flags'): string =>
    settingsOf(fact, kind, ({ form }) => form !== 'host').join(', ');
  const [variables, flags] = [moves('env'), moves('flags')];
  if (variables) return `the image \`${fact.id}\` takes its port from ${variables}`;
  if (flags) return `the image \`${fact.id}\` takes its port from the flag ${flags}`;
  const [path] = 'configPaths' in fact ? fact.configPaths : [];
  return path
    ? `the image \`${fact.id}\` takes its port from its configuration under \`${path}\``
    : `the image \`${fact.id}\` has no setting for its port; send traffic to the port that it has`;
}
