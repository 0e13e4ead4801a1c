// Builds a checkout. Where it is installed from Git with `-g`, as pre-commit does, npm installs nothing beside it: what
// the build needs is fetched first.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';

const npm = (...args) =>
  execFileSync('npm', args, { stdio: 'inherit', env: { ...process.env, npm_config_global: 'false' } });

try {
  createRequire(import.meta.url).resolve('esbuild');
} catch {
  npm('ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund');
}
npm('run', 'build');
