// Builds what is published: the CLI as one CommonJS bundle (it starts in half the time of the same code as ES
// modules), and the library as plain ES modules with their types.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const bundleOnly = process.argv.includes('--bundle-only');
if (!bundleOnly) rmSync('dist', { recursive: true, force: true });

/** What a dependency does when it is loaded and portolan never needs: both cost a quarter of a short run. */
const leanStart = {
  name: 'lean-start',
  setup(build) {
    // commander can run subcommands as programs of their own; node:child_process brings half of node:net with it.
    build.onResolve({ filter: /^node:child_process$/ }, () => ({ path: 'child_process', namespace: 'lazy' }));
    build.onLoad({ filter: /.*/, namespace: 'lazy' }, () => ({
      contents: `exports.spawn = (...args) => require('child_process').spawn(...args);`,
    }));
    // js-yaml builds the schemas of its loader at once; said to be pure, those that nobody imports are left out.
    build.onLoad({ filter: /js-yaml\.mjs$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(
        /^(var \w+ = )(?=new Schema\(|define\w+Tag\(|\w+_SCHEMA\.withTags\()/gm,
        '$1/* @__PURE__ */ ',
      ),
    }));
  },
};

await build({
  entryPoints: ['src/cli/main.ts'],
  outfile: 'dist/cli.cjs',
  bundle: true,
  minify: true,
  // A stack trace in a bug report should still name functions.
  keepNames: false,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  loader: { '.md': 'text' },
  plugins: [leanStart],
  legalComments: 'none',
  logLevel: 'warning',
});

if (!bundleOnly) {
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '--project', 'tsconfig.build.json'], {
    stdio: 'inherit',
  });
}
