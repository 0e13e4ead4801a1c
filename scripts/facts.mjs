// Turns facts/**/*.yaml into what src/knowledge looks facts up in: names to places in a list of JSON texts, so that
// a run parses only the facts of the images it meets.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { load } from 'js-yaml';

const root = new URL('..', import.meta.url);
const read = (path) => load(readFileSync(new URL(path, root), 'utf8'));

const images = readdirSync(new URL('facts/images/', root))
  .filter((file) => file.endsWith('.yaml'))
  .sort()
  .flatMap((file) => read(`facts/images/${file}`));
write(
  'images',
  images.map((fact) => complete({ programs: [], configPaths: [], ...fact })),
  ({ match }) => match,
);
write('frameworks', read('facts/frameworks.yaml').map(complete), ({ commands }) => commands);

/** What an entry may leave out, filled in. */
function complete(fact) {
  return {
    notes: null,
    ...fact,
    ports: fact.ports.map(completePort),
    ...(fact.versions && {
      versions: fact.versions.map((one) =>
        one.ports ? { ...one, ports: one.ports.map(completePort) } : one,
      ),
    }),
  };
}

function completePort({ port, protocol = 'TCP', role = 'main', env = [], flags = [], ...rest }) {
  const settings = (list) => list.map((one) => (typeof one === 'string' ? { name: one, form: 'port' } : one));
  return { port, protocol, role, ...rest, moves: { env: settings(env), flags: settings(flags) } };
}

function write(name, facts, keysOf) {
  const keys = {};
  facts.forEach((fact, index) => {
    for (const key of keysOf(fact)) keys[key] = index;
  });
  const table = { keys, facts: facts.map((fact) => JSON.stringify(fact)) };
  writeFileSync(new URL(`src/knowledge/${name}.json`, root), `${JSON.stringify(table)}\n`);
}
