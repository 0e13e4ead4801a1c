// The facts as they are written, with the file that each stands in.
import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';

const folder = new URL('../../facts/', import.meta.url);

export const factFiles = () =>
  readdirSync(new URL('images/', folder))
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => `images/${file}`);

export const readFacts = (file) => load(readFileSync(new URL(file, folder), 'utf8'));

export const allFacts = () =>
  [...factFiles(), 'frameworks.yaml'].flatMap((file) => readFacts(file).map((fact) => ({ file, fact })));

/** `{lscr.io,ghcr.io}/linuxserver/radarr` is two names. */
export function namesOf(name) {
  const [, before, choices, after] = /^(.*?)\{([^}]*)\}(.*)$/.exec(name) ?? [];
  if (choices === undefined) return [name];
  return choices.split(',').flatMap((choice) => namesOf(`${before}${choice}${after}`));
}

/**
 * Everything in a fact that can cite: itself, its versions, variants, subcommands and links. What held before a version
 * was read in the past, and is `past`.
 */
export function sourcesOf(fact) {
  const old = (fact.versions ?? []).flatMap(({ before, source = [] }) =>
    before === undefined ? [] : source,
  );
  const parts = [fact, ...['versions', 'variants', 'subcommands'].flatMap((key) => fact[key] ?? [])];
  const links = (fact.serviceLinks ?? []).flatMap(({ source }) => source ?? []);
  const deeper = parts.slice(1).flatMap(({ subcommands = [] }) => subcommands);
  return [...parts, ...deeper]
    .flatMap(({ source = [] }) => source)
    .concat(links)
    .map((source) => ({ ...asPlace(source), ...(old.includes(source) && { past: true }) }));
}

/** A source in one text, as frameworks.yaml has them, is the same place. */
function asPlace(source) {
  if (typeof source !== 'string') return source;
  const [, repo, path, commit] = /^([^:#]+\/[^:#]+):(\S+) @ ([0-9a-f]+)$/.exec(source) ?? [];
  return repo ? { repo, path, commit } : { url: source };
}

/** Numbers and names that a cited file is expected to hold. */
export function wordsOf(fact) {
  const parts = [fact, ...['versions', 'variants', 'subcommands'].flatMap((key) => fact[key] ?? [])];
  const ports = parts.flatMap(({ ports = [] }) => ports);
  const settings = ports.flatMap(({ env = [], flags = [] }) => [...env, ...flags]);
  return [
    ...new Set([
      ...ports.map(({ port }) => String(port)),
      ...settings.map((setting) => (typeof setting === 'string' ? setting : setting.name)),
    ]),
  ];
}
