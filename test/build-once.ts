import { execFileSync } from 'node:child_process';

/** The scenarios run the bundle that users run, so it is built before the first test and never stale. */
export default function buildOnce(): void {
  execFileSync(process.execPath, ['scripts/build.mjs', '--bundle-only'], { stdio: 'inherit' });
}
