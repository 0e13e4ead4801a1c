import { nounOf } from '../../knowledge/noun.ts';
import type { ProcessEnd } from './process-end.ts';

/** What opens a port that the program has and keeps closed. */
export function howToOpen({ fact }: ProcessEnd, number: number): string[] {
  const switches = fact?.ports.find(({ port }) => port === number)?.opensWith;
  if (!fact || !switches) return [];
  const names = switches.map((name) => `\`${name}=true\``);
  return [`${nounOf(fact)} opens ${number} with ${names.length > 1 ? 'any of ' : ''}${names.join(', ')}`];
}
