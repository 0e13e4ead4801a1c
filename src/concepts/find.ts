import { type Concept, concepts } from './concepts.ts';

/** The concept that is spelled like this, in every letter: `port` and `PORT` are two. */
export const spelledConcept = (asked: string): Concept | undefined =>
  concepts.find(({ name }) => name === asked);

/** The concept that is called this, however it is written: `target-port`, `Named Port`, `127.0.0.1`. */
export function calledConcept(asked: string): Concept | undefined {
  const wanted = plainName(asked);
  return concepts.find((concept) => namesOf(concept).some((name) => plainName(name) === wanted));
}

/** All that a concept is called, in letters and digits that can be compared. */
export const namesOf = ({ id, name, also }: Concept): string[] => [name, id, ...also];

/** Without what people write differently: capitals, hyphens, spaces, a plural. */
export const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/s$/, '');

/** A rule's page, and which concepts are behind it. */
export function withConcepts(page: string, rule: string): string {
  const behind = concepts.filter(({ rules }) => rules.includes(rule));
  if (behind.length === 0) return page;
  const commands = behind.map(({ name }) => `\`portolan explain ${name}\``);
  return `${page.trimEnd()}\n\nThe idea behind it: ${commands.join(', ')}.\n`;
}

/** A concept's page, and the rules that are about it. */
export const withRules = (page: string, { rules }: Concept): string =>
  `${page.trimEnd()}\n\nRules: ${rules.map((rule) => `\`${rule}\``).join(', ')}.\n`;
