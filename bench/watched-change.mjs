// How long somebody waits who has saved one file of a tree that is watched.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { median } from './measure.mjs';

/** No report comes piece by piece so slowly, and what follows a first answer has come by then. */
const QUIET_MS = 3000;
const LONGEST_MS = 120_000;

/**
 * The median of so many changes, each of which gives a Service's port a name that no Pod has, until the report says so.
 * All of them are made in a copy of the tree.
 *
 * @param {string} cli
 * @param {string} dir
 * @param {number} rounds
 * @returns {Promise<number | undefined>} seconds; undefined where no report came
 */
export async function timeOfChange(cli, dir, rounds) {
  const copy = mkdtempSync(join(tmpdir(), 'portolan-watched-'));
  cpSync(dir, copy, { recursive: true });
  const child = spawn(process.execPath, [cli, 'check', copy, '--watch'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let [heard, said] = [0, ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    heard = performance.now();
    said += text;
  });
  try {
    const taken = [];
    for (const [index, file] of servicesIn(copy, rounds).entries()) {
      if (!(await isQuiet(() => heard))) return undefined;
      const name = `gone-${index}`;
      const text = readFileSync(file, 'utf8').replace(/targetPort: \S+/, `targetPort: ${name}`);
      said = '';
      const written = performance.now();
      writeFileSync(file, text);
      while (!said.includes(name)) {
        if (performance.now() - written > LONGEST_MS) return undefined;
        await wait(1);
      }
      taken.push((heard - written) / 1000);
    }
    return median(taken);
  } finally {
    child.kill();
    rmSync(copy, { recursive: true });
  }
}

/** @param {() => number} heard when something was printed last; 0 before anything was */
async function isQuiet(heard) {
  const begun = performance.now();
  while (heard() === 0 || performance.now() - heard() < QUIET_MS) {
    if (performance.now() - begun > LONGEST_MS) return false;
    await wait(50);
  }
  return true;
}

/** Files that hold the port of a Service, from all over the tree. */
function servicesIn(folder, count) {
  const files = readdirSync(folder, { recursive: true })
    .sort()
    .filter(
      (file) => /\.ya?ml$/.test(file) && /^ +targetPort: \S+/m.test(readFileSync(join(folder, file), 'utf8')),
    );
  const step = Math.max(1, Math.floor(files.length / count));
  return files
    .filter((_, index) => index % step === 0)
    .slice(0, count)
    .map((file) => join(folder, file));
}
