import { allRules } from '../../rules/index.ts';
import { EXIT } from '../exit-codes.ts';
import { requireRule } from '../select-rules.ts';
import { print } from '../write.ts';

/** `portolan explain`: lists the rules, or prints a rule's page. */
export async function runExplain(id: string | undefined): Promise<number> {
  if (id === undefined) {
    const width = Math.max(...allRules.map((rule) => rule.id.length));
    print(
      allRules
        .map((rule) => `${rule.id.padEnd(width)}  ${rule.severity.padEnd(7)}  ${rule.summary}\n`)
        .join(''),
    );
    return EXIT.clean;
  }
  const rule = requireRule(allRules, id);
  const { pages } = await import('../../rules/pages.ts');
  print(pages.get(rule.id) ?? `${rule.id}: ${rule.summary}\n`);
  return EXIT.clean;
}
