// Lays trees of manifests into `.bench/`, once for each state of the generator.
// By hand: node bench/generate.mjs mixed-1000
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GROWTH } from './growth.mjs';
import { crowdedTree, mixedTree, noFacts, operatorTree } from './trees.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const CACHE = join(HERE, '..', '.bench');
const SEED = 20;
const PARTS = [
  'random',
  'yaml-writer',
  'app-parts',
  'app-objects',
  'apps',
  'mistakes',
  'crds',
  'layouts',
  'trees',
  'growth',
  'generate',
];

/** @typedef {import('./trees.mjs').Facts} Facts */

/**
 * The trees by name; `mixed-<n>` has n resources, `crowded-<n>` n Pod templates, `operator-<n>` n besides its CRDs,
 * `grown-<what>-<n>` n of each that meet.
 */
export function tree(name) {
  const [shape, ...rest] = name.split('-');
  const size = Number(rest.at(-1));
  const facts = noFacts();
  const shapes = {
    mixed: () => mixedTree(size, SEED, facts),
    operator: () => operatorTree(size, 0.91, SEED, facts),
    crowded: () => crowdedTree(size / 10, facts),
    grown: () => GROWTH[rest[0]].make(size),
  };
  if (!(shape in shapes) || !(size > 0)) throw new Error(`no tree is called ${name}`);
  return { files: shapes[shape](), facts };
}

/** @param {string} name @returns {{ dir: string, facts: Facts }} */
export function ensureTree(name) {
  const home = join(CACHE, name);
  const dir = join(home, 'tree');
  const version = generatorVersion();
  if (existsSync(join(home, 'facts.json'))) {
    const known = JSON.parse(readFileSync(join(home, 'facts.json'), 'utf8'));
    if (known.version === version) return { dir, facts: known.facts };
  }

  // Written beside and renamed, so that an interrupted run leaves no half tree behind.
  const fresh = `${home}.new`;
  rmSync(fresh, { recursive: true, force: true });
  const { files, facts } = tree(name);
  const made = new Set();
  for (const { path, text } of files) {
    const file = join(fresh, 'tree', path);
    const folder = dirname(file);
    if (!made.has(folder)) mkdirSync(folder, { recursive: true });
    made.add(folder);
    writeFileSync(file, text);
  }
  writeFileSync(join(fresh, 'facts.json'), `${JSON.stringify({ version, facts }, null, 2)}\n`);
  rmSync(home, { recursive: true, force: true });
  renameSync(fresh, home);
  return { dir, facts };
}

function generatorVersion() {
  const hash = createHash('sha256');
  for (const part of PARTS) hash.update(readFileSync(join(HERE, `${part}.mjs`)));
  return hash.digest('hex').slice(0, 16);
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  for (const name of process.argv.slice(2)) console.log(name, JSON.stringify(ensureTree(name), null, 2));
}
