// `npm run new-image NAME`: fills in what a registry or a Dockerfile says of an image, and runs the entry's cases.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { entryOf } from './facts/entry-of.mjs';
import { loadSource } from './facts/load-source.mjs';
import { printFacts } from './facts/print-facts.mjs';
import { allFacts, factFiles, namesOf } from './facts/read-facts.mjs';

const USAGE = `usage: npm run new-image -- NAME [--category CATEGORY] [--dockerfile PATH]
  NAME               as manifests write it; the registry is asked for its newest tag, or for the one that is named
  --category         the file below facts/images/ that the entry is written to; productivity when left out
  --dockerfile PATH  is read instead of asking the registry`;

let options;
try {
  options = parseArgs({
    allowPositionals: true,
    options: { category: { type: 'string', default: 'productivity' }, dockerfile: { type: 'string' } },
  });
} catch (error) {
  fail(error.message);
}
const [image, ...more] = options.positionals;
if (image === undefined || more.length > 0) fail('say one image');
const { category, dockerfile } = options.values;
const categories = factFiles().map((file) => file.replace(/^images\/|\.yaml$/g, ''));
if (!categories.includes(category))
  fail(`there is no facts/images/${category}.yaml, but ${categories.join(', ')}`);

const { parseImage } = await loadSource('src/knowledge/image-reference.ts');
const reference = parseImage(image);
if (!reference) fail(`${image} is no name of an image`);
// A port of the registry stays: `localhost:5000/quay:2.4`.
const name = image.replace(/@.*$/, '').replace(/:[^/]*$/, '');
const taken = allFacts().find(({ fact }) =>
  (fact.match ?? []).flatMap(namesOf).some((one) => parseImage(one)?.name === reference.name),
);
if (taken) fail(`${name} is ${taken.fact.id} in facts/${taken.file}`);

const entry = entryOf(name, await configOf(), today(), new Set(allFacts().map(({ fact }) => fact.id)));
const path = new URL(`../facts/images/${category}.yaml`, import.meta.url);
writeFileSync(path, `${readFileSync(path, 'utf8')}${printFacts([entry])}`);
spawnSync('npx', ['biome', 'format', '--write', path.pathname], { stdio: 'ignore' });
execFileSync(process.execPath, [new URL('facts.mjs', import.meta.url).pathname], { stdio: 'inherit' });
console.log(`facts/images/${category}.yaml: ${entry.id} is there, from memory until its sources are named:
  1. read where each port and variable is decided, and correct the entry
  2. name the place: source: [{ repo: owner/name, path: Dockerfile, commit: 0123456789ab, lines: "12" }]
  3. status: verified, and a case for each thing that you read
docs/ADDING-AN-IMAGE.md says more. Its cases now:`);
const test = ['vitest', 'run', 'src/engine/fact-cases.test.ts', '-t', `${entry.id}(,| )`];
process.exit(spawnSync('npx', test, { stdio: 'inherit' }).status ?? 1);

async function configOf() {
  if (dockerfile !== undefined) {
    const { readDockerfile } = await loadSource('src/images/dockerfile.ts');
    if (!existsSync(dockerfile)) fail(`${dockerfile}: there is no such file`);
    const text = readFileSync(dockerfile, 'utf8');
    const { config, errors } = readDockerfile({ path: dockerfile, kind: 'file', text, editable: false });
    if (!config) fail(`${dockerfile}: ${errors[0]?.message ?? 'it has no stage'}`);
    return config;
  }
  const { fetchImageConfig } = await loadSource('src/images/registry.ts');
  const config = await fetchImageConfig(image);
  if ('message' in config) fail(`${config.message}; give its Dockerfile with --dockerfile`);
  return config;
}

function today() {
  return new Date().toISOString().slice(0, 10);
}

function fail(message) {
  console.error(`new-image: ${message}\n${USAGE}`);
  process.exit(2);
}
