import { findImageFact } from '../../knowledge/lookup.ts';
import { KIND_DECODERS } from '../../model/decode.ts';
import { sanitize, withoutCommands } from '../../report/sanitize.ts';
import { allRules } from '../../rules/index.ts';
import { openConfiguration } from '../../session/configuration.ts';
import { wordProblems } from '../../session/problem.ts';
import { largest } from '../../text/largest.ts';
import { hideInWords } from '../../text/secrets/hide-in-words.ts';
import { describeFact, unknownImage } from '../describe-fact.ts';
import { EXIT } from '../exit-codes.ts';
import { renderPage } from '../page.ts';
import { requireRule } from '../select-rules.ts';
import { type ColorChoice, styleFor, widthOfTerminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { print } from '../write.ts';

/** `portolan explain`: lists the rules, prints a rule's page, or what is known of an image. */
export async function runExplain(
  topic: string | undefined,
  image: string | undefined,
  options: { readonly config?: string | false; readonly color?: ColorChoice },
): Promise<number> {
  if (topic === 'image') return explainImage(image, options.config);
  if (topic === 'kinds' && image === undefined) return explainKinds();
  if (image !== undefined) throw new UsageError('explain takes one rule, `kinds`, or `image` and a name');
  if (topic === undefined) {
    const width = largest(allRules.map((rule) => rule.id.length));
    print(
      allRules
        .map((rule) => `${rule.id.padEnd(width)}  ${rule.severity.padEnd(7)}  ${rule.summary}\n`)
        .join(''),
    );
    return EXIT.clean;
  }
  const rule = requireRule(allRules, topic);
  const { pages } = await import('../../rules/pages.ts');
  const page = pages.get(rule.id) ?? `# ${rule.id}\n\n${rule.summary}\n`;
  print(renderPage(page, rule.severity, styleFor(options.color ?? 'auto'), widthOfTerminal()));
  return EXIT.clean;
}

/** Every kind that is followed, the groups that serve it, and the links that start or end at it. */
function explainKinds(): number {
  const rows = KIND_DECODERS.map(({ kind, groups, links }) => [
    kind,
    groups.map((group) => group || 'core').join(', '),
    links.join(', ') || '-',
  ]);
  const widths = [0, 1].map((column) => largest(rows.map((row) => row[column]!.length)));
  print(
    rows
      .map(
        ([kind, groups, links]) => `${kind!.padEnd(widths[0]!)}  ${groups!.padEnd(widths[1]!)}  ${links}\n`,
      )
      .join(''),
  );
  return EXIT.clean;
}

async function explainImage(image: string | undefined, config: string | false | undefined): Promise<number> {
  if (image === undefined) throw new UsageError('say which image: `portolan explain image nginx:1.27`');
  const { configuration, problems } = await openConfiguration(config, process.cwd());
  if (problems.length > 0) throw new UsageError(wordProblems(problems));
  const facts = configuration?.settings.facts ?? findImageFact;
  const fact = facts(image);
  if (!fact) throw new UsageError(unknownImage(image));
  print(withoutCommands(sanitize(hideInWords(describeFact(image, fact)))));
  return EXIT.clean;
}
