// Builds what is published: the CLI as one CommonJS bundle (it starts in half the time of the same code as ES
// modules), and the library as plain ES modules with their types.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

const bundleOnly = process.argv.includes('--bundle-only');
if (!bundleOnly) rmSync('dist', { recursive: true, force: true });

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
  legalComments: 'none',
  logLevel: 'warning',
});

if (!bundleOnly) {
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '--project', 'tsconfig.build.json'], {
    stdio: 'inherit',
  });
}
