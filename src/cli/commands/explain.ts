import { type Concept, concepts } from '../../concepts/concepts.ts';
import {
  calledConcept,
  namesOf,
  plainName,
  spelledConcept,
  withConcepts,
  withRules,
} from '../../concepts/find.ts';
import { findImageFact } from '../../knowledge/lookup.ts';
import { KIND_DECODERS } from '../../model/decode.ts';
import { sanitize, withoutCommands } from '../../report/sanitize.ts';
import type { Style } from '../../report/text/style.ts';
import { allRules } from '../../rules/index.ts';
import type { Rule } from '../../rules/rule.ts';
import { openConfiguration } from '../../session/configuration.ts';
import { wordProblems } from '../../session/problem.ts';
import { largest } from '../../text/largest.ts';
import { hideInWords } from '../../text/secrets/hide-in-words.ts';
import { nearest } from '../../text/suggest.ts';
import { describeFact, unknownImage } from '../describe-fact.ts';
import { EXIT } from '../exit-codes.ts';
import { renderPage } from '../page.ts';
import { type ColorChoice, styleFor, widthOfTerminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { print } from '../write.ts';

/** `portolan explain`: lists concepts and rules, prints the page of one, or what is known of an image. */
export async function runExplain(
  topic: string | undefined,
  image: string | undefined,
  options: { readonly config?: string | false; readonly color?: ColorChoice },
): Promise<number> {
  const style = styleFor(options.color ?? 'auto');
  if (topic === undefined) return listAll(style);
  if (topic === 'image') return explainImage(image, options.config);
  if (topic === 'kinds' && image === undefined) return explainKinds();
  // Names of several words need no quotes.
  const asked = image === undefined ? topic : `${topic} ${image}`;
  const concept = spelledConcept(asked);
  const rule = concept ? undefined : allRules.find(({ id }) => id === asked);
  const page = rule ? await pageOfRule(rule) : await pageOfConcept(concept ?? requireConcept(asked));
  print(renderPage(page, rule?.severity, style, widthOfTerminal()));
  return EXIT.clean;
}

function listAll(style: Style): number {
  print(
    [
      style.bold('Concepts'),
      ...inColumns(concepts.map(({ name, summary }) => [name, summary.replaceAll('`', '')])),
      '',
      style.bold('Rules'),
      ...inColumns(allRules.map(({ id, severity, summary }) => [id, severity, summary])),
      '',
    ].join('\n'),
  );
  return EXIT.clean;
}

const inColumns = (rows: readonly (readonly string[])[]): string[] => {
  const widths = (rows[0] ?? []).map((_, column) => largest(rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at]!))
      .join('  ')
      .trimEnd(),
  );
};

async function pageOfRule({ id, summary }: Rule): Promise<string> {
  const { pages } = await import('../../rules/pages.ts');
  return withConcepts(pages.get(id) ?? `# ${id}\n\n${summary}\n`, id);
}

async function pageOfConcept(concept: Concept): Promise<string> {
  const { conceptPages } = await import('../../concepts/pages.ts');
  return withRules(conceptPages.get(concept.id)!, concept);
}

/** @throws UsageError naming the nearest rules and concepts */
function requireConcept(asked: string): Concept {
  const concept = calledConcept(asked);
  if (concept) return concept;
  const named = [
    ...concepts.flatMap((one) => namesOf(one).map((name) => ({ plain: plainName(name), shown: one.name }))),
    ...allRules.map(({ id }) => ({ plain: plainName(id), shown: id })),
  ];
  const alike = nearest(
    plainName(asked),
    named.map(({ plain }) => plain),
  );
  const near = new Set(
    alike.flatMap((one) => named.filter(({ plain }) => plain === one).map(({ shown }) => shown)),
  );
  const hint =
    near.size > 0
      ? `the nearest are ${[...near].map((one) => `\`${one}\``).join(', ')}`
      : '`portolan explain` lists them';
  throw new UsageError(`no rule or concept is called \`${asked}\`; ${hint}`);
}

/** Every kind that is followed, the groups that serve it, and the links that start or end at it. */
function explainKinds(): number {
  const rows = KIND_DECODERS.map(({ kind, groups, links }) => [
    kind,
    groups.map((group) => group || 'core').join(', '),
    links.join(', ') || '-',
  ]);
  print(`${inColumns(rows).join('\n')}\n`);
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
