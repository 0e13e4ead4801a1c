// Turns facts/**/*.yaml into what src/knowledge looks facts up in: names to places in a list of JSON texts, so that
// a run parses only the facts of the images it meets. What servers print becomes one JSON text, parsed with the first log.
import { writeFileSync } from 'node:fs';
import { loadSource } from './facts/load-source.mjs';
import { MONTHS, monthsBetween } from './facts/months.mjs';
import { factFiles, namesOf, readFacts } from './facts/read-facts.mjs';

const root = new URL('..', import.meta.url);

/** Names as the look-up has them, so that no run has to make them so. */
const { parseImage } = await loadSource('src/knowledge/image-reference.ts');

const images = factFiles().flatMap(readFacts);
const newest = images
  .map(({ checked }) => checked)
  .sort()
  .at(-1);
write(
  'images',
  images.map(({ cases: _, ...fact }) =>
    complete({
      programs: [],
      configPaths: [],
      ...fact,
      ...(monthsBetween(fact.checked, newest) >= MONTHS && { isOld: true }),
      match: fact.match.flatMap(namesOf),
    }),
  ),
  ({ match }) => match.map(canonical),
);
write('frameworks', readFacts('frameworks.yaml').map(complete), ({ commands }) => commands);
writeTable('log-lines', { patterns: JSON.stringify(readFacts('log-lines.yaml').map(logPattern)) });

/** A pattern is kept as the beginning that it stands for, with `*`. */
function canonical(name) {
  const stem = name.replace(/\*$/, '');
  if (stem === name) return parseImage(name)?.name ?? name;
  return `${parseImage(`${stem}x`).name.slice(0, -1)}*`;
}

/** What an entry may leave out, filled in. */
function complete(fact) {
  return {
    notes: null,
    ...completePart(fact),
    ...(fact.versions && { versions: fact.versions.map(completePart) }),
    ...(fact.variants && { variants: fact.variants.map(completePart) }),
  };
}

/** What holds for an image, and for a version, a variant or a subcommand of it. */
function completePart(part) {
  return {
    ...part,
    ...(part.ports && { ports: part.ports.map(completePort) }),
    ...(part.source && { source: part.source.map(sourceText) }),
    ...(part.serviceLinks && {
      serviceLinks: part.serviceLinks.map((link) =>
        link.source ? { ...link, source: sourceText(link.source) } : link,
      ),
    }),
    ...(part.subcommands && { subcommands: part.subcommands.map(completePart) }),
  };
}

/** A source as people read it. */
function sourceText(source) {
  if (typeof source === 'string') return source;
  const { repo, path, commit, lines, issue, url } = source;
  if (url) return url;
  return issue ? `${repo}#${issue}` : `${repo}:${path}${lines ? `:${lines}` : ''} @ ${commit}`;
}

function completePort({ port, protocol = 'TCP', role = 'main', env = [], flags = [], ...rest }) {
  const settings = (list) => list.map((one) => (typeof one === 'string' ? { name: one, form: 'port' } : one));
  return { port, protocol, role, ...rest, moves: { env: settings(env), flags: settings(flags) } };
}

function write(name, facts, keysOf) {
  const keys = {};
  facts.forEach((fact, index) => {
    for (const key of keysOf(fact)) {
      if (Object.hasOwn(keys, key) && keys[key] !== index)
        throw new Error(`${key} is named by ${facts[keys[key]].id} and ${fact.id}`);
      keys[key] = index;
    }
  });
  writeTable(name, { keys, facts: facts.map((fact) => JSON.stringify(fact)) });
}

function writeTable(name, table) {
  writeFileSync(new URL(`src/knowledge/${name}.json`, root), `${JSON.stringify(table)}\n`);
}

/** Without what only tests and people read, and with a word to look for before the regex is tried. */
function logPattern({ example: _, expect: __, notes: ___, ...pattern }) {
  const words = pattern.words ?? [longestWord(pattern.regex)];
  if (words.some((word) => word.length < 2))
    throw new Error(`${pattern.id}: say which words its lines contain`);
  return { source: [], ...pattern, words };
}

/** The longest text that whatever the regex matches must contain: outside groups and classes, and not optional. */
function longestWord(regex) {
  const tokens = regex.match(/\\.|\[(?:\\.|[^\]\\])*\]|\{\d[^}]*\}|\(\?(?:[:=!]|<[=!]?(?:\w+>)?)|./gs);
  const words = [''];
  let depth = 0;
  tokens.forEach((token, index) => {
    if (token.startsWith('(')) depth++;
    if (token === ')') depth--;
    if (token === '|' && depth === 0)
      throw new Error(`${regex} has alternatives: say which words its lines contain`);
    const literal = /^\\\W$/.test(token) ? token[1] : /^[^\\[\](){}|.*+?^$]$/.test(token) ? token : '';
    const optional = /^[*?{]/.test(tokens[index + 1] ?? '');
    if (literal !== '' && depth === 0 && !optional) words[words.length - 1] += literal;
    else words.push('');
  });
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest));
}
