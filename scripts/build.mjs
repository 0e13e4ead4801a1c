// Builds what is published: the CLI as CommonJS bundles (they start in half the time of the same code as ES modules, and
// V8 reads all of a file before it runs any of it, so what not every run needs is a file of its own), and the library as
// plain ES modules with their types.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import module from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { ensureTree } from '../bench/generate.mjs';
import { arrayLoops } from './array-loops.mjs';
import { gate } from './gate.mjs';
import { leanYaml } from './lean-yaml.mjs';
import { notice } from './notice.mjs';
import { calledIn, setAside } from './set-aside.mjs';

const bundleOnly = process.argv.includes('--bundle-only');
const to = process.argv.find((argument) => argument.startsWith('--to='))?.slice('--to='.length);
const dist = to ?? 'dist';
if (!bundleOnly) rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
/** Where the bundles are before they are minified. */
const plain = mkdtempSync(join(tmpdir(), 'bundles-'));
process.once('exit', () => rmSync(plain, { recursive: true, force: true }));

/** They bring half of node:net or all ciphers with them, and most runs never call them. commander can start programs. */
const LATE = ['node:child_process', 'node:crypto', 'node:readline/promises'];

/** What is done when a script is loaded, and by most runs for nothing: with what js-yaml does, a quarter of a short run. */
const leanStart = {
  name: 'lean-start',
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path, namespace }) => {
      if (!LATE.includes(path)) return undefined;
      return namespace === 'late' ? { path, external: true } : { path, namespace: 'late' };
    });
    build.onLoad({ filter: /.*/, namespace: 'late' }, async ({ path }) => {
      const names = JSON.stringify(Object.keys(await import(path)).filter((name) => name !== 'default'));
      const get = `() => require(${JSON.stringify(path)})[name]`;
      return {
        contents: `for (const name of ${names}) Object.defineProperty(exports, name, { enumerable: true, get: ${get} });`,
      };
    });
  },
};

/** Of client-node only what knows a user's credentials is taken: neither the 20 MB of its API, nor its reader of YAML, nor its way to fetch. */
const leanClient = {
  name: 'lean-client',
  setup(build) {
    const unused = (filter, names) =>
      build.onResolve({ filter }, ({ importer }) =>
        importer.includes('/@kubernetes/client-node/') ? { path: names, namespace: 'unused' } : undefined,
      );
    unused(/^\.\/gen\/index\.js$/, 'createConfiguration, ServerConfiguration');
    unused(/^js-yaml$/, 'yaml as default');
    unused(/^node-fetch$/, 'Headers');
    build.onLoad({ filter: /.*/, namespace: 'unused' }, ({ path }) => ({
      contents: `let ${path.replace(/ as default/, '')}; export { ${path} };`,
    }));
  },
};

/** Parts that are loaded only when they are needed, each in a file of its own beside the CLI. */
const LAZY = {
  'cli/program.ts': 'program',
  'cli/commands.ts': 'commands',
  'rules/pages.ts': 'pages',
  'concepts/pages.ts': 'concepts',
  'config/read.ts': 'config',
  'images/look-up.ts': 'images',
  'report/map/map.ts': 'map',
  'cli/html.ts': 'html',
  'render/render.ts': 'render',
  'fix/unified-diff.ts': 'diff',
  'cluster/bring.ts': 'cluster',
  'cluster/client-node.ts': 'client-node',
  'verify/verify-session.ts': 'verify',
};

/** What V8 makes of them is kept in the user's cache (`bin/code-cache.cjs`). */
const KEPT = ['program', 'commands', 'render'];

const lazyParts = {
  name: 'lazy-parts',
  setup(build) {
    build.onResolve({ filter: /\.ts$/ }, ({ path, kind, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const file = join(resolveDir, path);
      const part = Object.keys(LAZY).find((one) => file.endsWith(`/src/${one}`));
      return part && { path: `./${LAZY[part]}.cjs`, external: true };
    });
  },
};

/** How a bundle comes by the others, and by what Node has. */
const keptParts = {
  name: 'kept-parts',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ path, kind }) => {
      if (kind === 'entry-point') return undefined;
      return KEPT.some((part) => path === `./${part}.cjs`)
        ? { path, namespace: 'kept' }
        : { path, external: true };
    });
    build.onLoad({ filter: /.*/, namespace: 'kept' }, ({ path }) => ({
      contents: `module.exports = require('../bin/code-cache.cjs').load(require('node:path').join(__dirname, '${path}'));`,
    }));
  },
};

/**
 * The facts, and what the API server says of its objects, lie beside the bundles and are read when they are first
 * looked up: V8 would read through all of them before it runs any of a bundle.
 */
const factsApart = {
  name: 'facts-apart',
  setup(build) {
    build.onLoad({ filter: /\/src\/(?:knowledge|model\/admission)\/.*\.json$/ }, ({ path }) => {
      const name = basename(path, '.json');
      const parts = Object.entries(JSON.parse(readFileSync(path, 'utf8'))).map(([key, value]) => {
        const file = `${name}-${key}.facts`;
        const lines = Array.isArray(value);
        writeFileSync(join(plain, file), inAscii(lines ? value.join('\n') : JSON.stringify(value)));
        const read = `readFileSync(join(__dirname, '${file}'), 'latin1')`;
        return `get ${key}() { return (kept.${key} ??= ${lines ? `${read}.split('\\n')` : `JSON.parse(${read})`}); }`;
      });
      return {
        contents: `const { readFileSync } = require('node:fs'); const { join } = require('node:path'); const kept = {}; module.exports = { ${parts.join(', ')} };`,
      };
    });
  },
};

/** JSON that says the same in one byte a character: it is read in half the time, as nothing has to be decoded. */
function inAscii(json) {
  return json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The page of `-o html` and `portolan ui`: what runs in a browser, in two files that are put where they are needed. */
const page = await build({
  entryPoints: { 'page-script': 'src/ui/main.tsx', 'page-style': 'src/ui/page.css' },
  outdir: dist,
  outExtension: { '.js': '.txt', '.css': '.txt' },
  metafile: true,
  bundle: true,
  minify: true,
  platform: 'browser',
  target: ['es2022', 'chrome105', 'firefox110', 'safari16'],
  format: 'iife',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  legalComments: 'none',
  logLevel: 'warning',
});

/** What all bundles have in common. */
const forNode = {
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  // A require in its place: the first import() of a process starts the loader of ES modules, for a quarter of a short run.
  supported: { 'dynamic-import': false },
  legalComments: 'none',
  logLevel: 'warning',
};
const { metafile } = await build({
  ...forNode,
  entryPoints: {
    cli: 'src/cli/main.ts',
    ...Object.fromEntries(Object.entries(LAZY).map(([file, part]) => [part, `src/${file}`])),
  },
  outdir: plain,
  metafile: true,
  loader: { '.md': 'text' },
  plugins: [leanStart, leanYaml, leanClient, lazyParts, factsApart, arrayLoops('tsconfig.json')],
});
const commands = join(plain, 'commands.cjs');
const small = ['examples/broken', 'examples/audiobookshelf', ensureTree('mixed-10').dir];
const called = calledIn(commands, [join(plain, 'cli.cjs'), 'check', ...small, '--fail-on', 'never']);
writeFileSync(commands, setAside(readFileSync(commands, 'utf8'), called));

const made = readdirSync(plain);
await build({
  ...forNode,
  entryPoints: made.filter((name) => name.endsWith('.cjs')).map((name) => join(plain, name)),
  outdir: dist,
  minify: true,
  plugins: [keptParts],
});
for (const name of made.filter((one) => one.endsWith('.facts')))
  copyFileSync(join(plain, name), join(dist, name));
for (const part of KEPT) {
  const file = join(dist, `${part}.cjs`);
  const script = readFileSync(file, 'latin1');
  // `bin/code-cache.cjs` reads it so, at half the cost. esbuild escapes texts, and leaves regular expressions as they are.
  if (/[^\0-\x7f]/.test(script))
    throw new Error(`${part}.cjs is not ASCII: escape what a regular expression holds of other characters`);
  // It says which one it is, as hashing it anew takes a tenth of the time that `--help` may take, and it is the function
  // that Node makes of such a file, which need not be put together each time.
  const hash = createHash('sha256').update(script).digest('hex');
  writeFileSync(file, `//${hash}\n${module.wrap(script)}`);
}
writeFileSync(
  join(dist, 'NOTICE.txt'),
  notice([...Object.keys(metafile.inputs), ...Object.keys(page.metafile.inputs)]),
);

if (!bundleOnly) {
  writeFileSync(join(dist, 'portolan.1'), execFileSync(process.execPath, [join(dist, 'cli.cjs'), 'man']));
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '--project', 'tsconfig.build.json'], {
    stdio: 'inherit',
  });
  // What is bundled is not installed with portolan, so the library takes it from the bundle as well.
  mkdirSync(join('dist', 'lib', 'cluster'), { recursive: true });
  writeFileSync(join('dist', 'lib', 'cluster', 'client-node.js'), "export * from '../../client-node.cjs';\n");
  for (const door of ['index', 'node']) {
    writeFileSync(join('dist', 'lib', `${door}.cjs`), await gate(dist, door));
  }
}
