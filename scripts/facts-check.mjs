// `npm run facts:check`: whether what the facts cite still stands there, and whether images are still what they were.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { differences, snapshotOf, tagsOf, unknownPorts } from './facts/compare-image.mjs';
import { compareSource, place } from './facts/compare-source.mjs';
import { loadSource } from './facts/load-source.mjs';
import { MONTHS, monthsBetween } from './facts/months.mjs';
import { allFacts, namesOf, sourcesOf, wordsOf } from './facts/read-facts.mjs';
import { openSources } from './facts/sources.mjs';

const USAGE = `usage: npm run facts:check -- [ID…] [--sources FOLDER] [--registries] [--accept] [--json]
  --sources FOLDER   checkouts or bare copies: owner/name, owner+name or name; GitHub is asked without it
  --registries       also asks the registries what the images say of themselves
  --accept           keeps what the registries say as what is to be expected
  --json             one object for each change, for a workflow`;

const SEEN = new URL('../facts/registry.json', import.meta.url);

let options;
try {
  options = parseArgs({
    allowPositionals: true,
    options: {
      sources: { type: 'string' },
      registries: { type: 'boolean', default: false },
      accept: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
} catch (error) {
  fail(error.message);
}
if (options.values.help) {
  console.log(USAGE);
  process.exit(0);
}

const wanted = new Set(options.positionals);
const facts = allFacts().filter(({ fact }) => wanted.size === 0 || wanted.has(fact.id));
for (const id of wanted) if (!facts.some(({ fact }) => fact.id === id)) fail(`no fact has the id ${id}`);

let sources;
try {
  sources = openSources(options.values.sources);
} catch (error) {
  fail(error.message);
}
const today = new Date().toISOString().slice(0, 10);
const changes = [];
const warnings = [];
let cited = 0;
for (const { file, fact } of facts) {
  for (const source of sourcesOf(fact)) {
    if (!source.path) continue;
    cited++;
    const found = await compareSource(source, wordsOf(fact), sources);
    if (!found) continue;
    const list = found.kind === 'unknown' ? warnings : changes;
    list.push({ id: fact.id, file, source: place(source), ...found });
  }
  const age = fact.checked ? monthsBetween(fact.checked, today) : 0;
  if (age >= MONTHS)
    warnings.push({ id: fact.id, file, kind: 'old', says: `nobody has looked at it for ${age} months` });
}
if (options.values.registries) await askRegistries();

if (options.values.json) console.log(JSON.stringify({ changes, warnings }, undefined, 2));
else print();
process.exit(changes.length > 0 ? 1 : 0);

async function askRegistries() {
  const { fetchImageConfig } = await loadSource('src/images/registry.ts');
  const seen = existsSync(SEEN) ? JSON.parse(readFileSync(SEEN, 'utf8')) : {};
  for (const { file, fact } of facts) {
    if (!fact.match) continue;
    const [name] = fact.match.flatMap(namesOf);
    if (name.endsWith('*')) continue;
    for (const tag of tagsOf(fact)) {
      const image = `${name}:${tag}`;
      const config = await fetchImageConfig(image);
      if ('message' in config) {
        warnings.push({ id: fact.id, file, kind: 'unknown', says: config.message });
        continue;
      }
      const now = snapshotOf(config);
      const before = seen[image];
      for (const says of before ? differences(before, now) : [])
        changes.push({ id: fact.id, file, kind: 'changed', source: image, says: `${image}: ${says}` });
      const unknown = before ? [] : unknownPorts(fact, now);
      if (unknown.length > 0)
        warnings.push({ id: fact.id, file, kind: 'unknown', says: `${image} exposes ${unknown.join(', ')}` });
      if (!before || options.values.accept) seen[image] = now;
    }
  }
  if (options.values.accept) writeFileSync(SEEN, `${JSON.stringify(seen, undefined, 1)}\n`);
}

function print() {
  for (const { id, file, says, gone = [] } of changes) {
    console.log(`facts/${file}: ${id}: ${says}`);
    for (const line of gone) console.log(`    gone: ${line}`);
  }
  for (const { id, file, says } of warnings) console.log(`warning: facts/${file}: ${id}: ${says}`);
  console.log(
    `${facts.length} facts, ${cited} cited places: ${changes.length} changed, ${warnings.length} not settled`,
  );
}

function fail(message) {
  console.error(`facts:check: ${message}\n${USAGE}`);
  process.exit(2);
}
