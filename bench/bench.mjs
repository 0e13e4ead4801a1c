// npm run bench -- [--rounds 5] [--only T3,T4] [--quick] [--write] [--cli bin/portolan.cjs]
// Prints what was measured. A missed target is no failure; only what could not run is.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CASES } from './cases.mjs';
import {
  BARE_NODE,
  bareNode,
  CHECK,
  findPeers,
  PARSE_ALL,
  PEERS,
  parseAll,
  peerCommand,
  portolanCheck,
  portolanInfo,
} from './commands.mjs';
import { ensureTree } from './generate.mjs';
import { interleave, median, peakMemory, run, succeeded } from './measure.mjs';
import { markdown, writeBetweenMarkers } from './tables.mjs';
import { timeOfChange } from './watched-change.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** The whole report of larger trees is more than is worth reading back. */
const READ_BACK = 11_000;
/** Of what takes half a minute a time. */
const SLOW_ROUNDS = 3;

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string' },
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    cli: { type: 'string' },
  },
});
const rounds = Number(options.rounds ?? (options.quick ? 3 : 5));
const only = options.only?.split(',');
const cli = options.cli ?? `${ROOT}bin/portolan.cjs`;
const peers = findPeers();
/** @type {string[]} */
const failures = [];

if (!options.cli)
  execFileSync(process.execPath, ['scripts/build.mjs', '--bundle-only'], { cwd: ROOT, stdio: 'inherit' });
const missing = PEERS.filter(({ name }) => !peers.has(name));
for (const { name, module } of missing) say(`${name} is not installed: go install ${module}@latest`);

/** @type {Map<string, import('./targets.mjs').Result>} */
const results = new Map();
for (const one of CASES) {
  if (options.quick && one.slow) continue;
  if (only && !one.targets.some((target) => only.includes(target))) continue;
  results.set(one.id, await measure(one));
}

const given = process.argv.slice(2).filter((argument) => argument !== '--write');
const text = markdown(results, {
  rounds,
  missing: missing.map(({ name }) => name),
  options: given.length > 0 ? ` -- ${given.join(' ')}` : '',
});
console.log(text);
if (options.write) writeBetweenMarkers(`${ROOT}docs/PERFORMANCE.md`, text);
for (const failure of failures) say(`could not run: ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;

/** @param {import('./cases.mjs').Case} one @returns {Promise<import('./targets.mjs').Result>} */
async function measure({ id, tree, peers: wanted, parseAll: yardstick, slow, change }) {
  const { dir, facts } = tree ? ensureTree(tree) : {};
  const commands = dir
    ? [
        ...(id.startsWith('grown-') ? [] : [bareNode()]),
        // Where as much meets as is followed, that is told as an error of the input (2), and the rest is checked.
        { ...portolanCheck(cli, dir), ...(id.startsWith('grown-') ? { succeeds: [0, 1, 2] } : {}) },
        ...(yardstick ? [parseAll(dir)] : []),
        ...PEERS.filter(({ name }) => wanted.includes(name) && peers.has(name)).map((peer) =>
          peerCommand(peers.get(peer.name), peer, dir),
        ),
      ]
    : [bareNode(), portolanInfo(cli, '--version'), portolanInfo(cli, '--help')];

  // The first round warms the page cache, shows what works, and is not counted.
  // Trees of what grew say nothing of how many resources they have.
  const small = facts !== undefined && facts.resources > 0 && facts.resources < READ_BACK;
  const working = [];
  for (const command of commands) {
    say(`${id}: ${command.name}`);
    const { code, output, complaint } = await run(command, command.name === CHECK && small);
    if (!succeeded(command, code)) fail(id, command, `exit code ${code} ${complaint.split('\n')[0]}`);
    else if (command.name === CHECK && small && readCount(output) !== facts.resources)
      fail(id, command, `read ${readCount(output)} of ${facts.resources} resources`);
    else working.push(command);
  }

  const runs = await interleave(working, slow ? Math.min(rounds, SLOW_ROUNDS) : rounds);
  const measured = new Map();
  for (const command of working) {
    const isWeighed = !(command.name === BARE_NODE && tree) && !id.startsWith('grown-');
    const peak = isWeighed ? await peakMemory(command) : undefined;
    measured.set(command.name, { seconds: median(runs.get(command.name).map((one) => one.seconds)), peak });
  }
  const ownClock = runs.get(PARSE_ALL)?.map(({ output }) => Number(output) / 1000);
  return {
    id,
    resources: facts?.resources || undefined,
    commands: measured,
    parseSeconds: ownClock && median(ownClock),
    changeSeconds: change && dir ? await timeOfChange(cli, dir, rounds) : undefined,
  };
}

function fail(id, { name }, reason) {
  failures.push(`${name} on ${id}: ${reason}`);
}

/** @param {string} output of a check */
function readCount(output) {
  try {
    return JSON.parse(output).summary.resources;
  } catch {
    return undefined;
  }
}

function say(line) {
  process.stderr.write(`${line}\n`);
}
