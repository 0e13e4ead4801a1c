// Times and weighs processes. Nothing here knows what is measured.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * @typedef {object} Command
 * @property {string} name
 * @property {string} file
 * @property {string[]} args
 * @property {string} [cwd]
 * @property {number[]} [succeeds] exit codes that mean the work was done; 0 when left out
 * @property {boolean} [ownClock] prints the milliseconds that count
 *
 * @typedef {object} Run
 * @property {number} seconds wall time from before the spawn to the exit
 * @property {number | null} code
 * @property {string} output
 * @property {string} complaint the beginning of what went to standard error
 */

const devNull = openSync('/dev/null', 'w');

/** Output goes to /dev/null unless it is wanted. @param {Command} command @returns {Promise<Run>} */
export function run({ file, args, cwd }, wantOutput = false) {
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const child = spawn(file, args, { cwd, stdio: ['ignore', wantOutput ? 'pipe' : devNull, 'pipe'] });
    let seconds = 0;
    let output = '';
    let complaint = '';
    child.stdout?.setEncoding('utf8').on('data', (data) => {
      output += data;
    });
    child.stderr.setEncoding('utf8').on('data', (data) => {
      if (complaint.length < 1000) complaint += data;
    });
    child.on('error', reject);
    child.on('exit', () => {
      seconds = Number(process.hrtime.bigint() - start) / 1e9;
    });
    child.on('close', (code) => resolve({ seconds, code, output, complaint }));
  });
}

/** @param {Command} command @param {number | null} code */
export const succeeded = ({ succeeds = [0] }, code) => code !== null && succeeds.includes(code);

/**
 * Round-robin over the commands, so that a busy moment of the machine hits all of them.
 *
 * @param {Command[]} commands
 * @param {number} rounds
 * @returns {Promise<Map<string, Run[]>>} by name
 */
export async function interleave(commands, rounds) {
  const runs = new Map(commands.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const command of commands) {
      const done = await run(command, command.ownClock);
      if (!succeeded(command, done.code)) throw new Error(`${command.name}: exit code ${done.code}`);
      runs.get(command.name).push(done);
    }
  }
  return runs;
}

/** @param {number[]} numbers */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Peak resident memory in bytes, in a run of its own: GNU time, else what Linux says of the process while it lives.
 *
 * @param {Command} command
 * @returns {Promise<number | undefined>} undefined where the system tells neither
 */
export const peakMemory = (command) => (hasGnuTime() ? byGnuTime(command) : byPolling(command));

let gnuTime;
function hasGnuTime() {
  gnuTime ??=
    spawnSync('/usr/bin/time', ['-v', 'true'], { encoding: 'utf8' }).stderr?.includes('Maximum resident') ??
    false;
  return gnuTime;
}

async function byGnuTime(command) {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
  const file = join(folder, 'time');
  await run({ ...command, file: '/usr/bin/time', args: ['-v', '-o', file, command.file, ...command.args] });
  const kilobytes = /Maximum resident set size \(kbytes\): (\d+)/.exec(readFileSync(file, 'utf8'))?.[1];
  rmSync(folder, { recursive: true });
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

function byPolling({ file, args, cwd }) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd, stdio: ['ignore', devNull, devNull] });
    let bytes;
    const look = setInterval(() => {
      try {
        const kilobytes = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
        if (kilobytes) bytes = Number(kilobytes) * 1024;
      } catch {
        // Gone already, or not Linux.
      }
    }, 2);
    child.on('close', () => {
      clearInterval(look);
      resolve(bytes);
    });
  });
}
