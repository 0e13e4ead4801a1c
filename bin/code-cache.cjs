// Compiling the commands takes longer than checking a small folder. What V8 made of them is kept in the user's own cache,
// by the hash that a script begins with, V8's version and its flags: nothing compiled is in the package, where nobody
// could review it. Nothing is hashed here, as loading what hashes takes as long as all else.
const {
  mkdirSync,
  openSync,
  fstatSync,
  closeSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} = require('node:fs');
const { createRequire } = require('node:module');
const { homedir } = require('node:os');
const { basename, dirname, isAbsolute, join } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');

/** Two for each command, three where it builds, and for each of the versions of Node and of portolan that a machine has. */
const MOST_KEPT = 24;
/** So many runs of a command add to what is kept: the first may have been over before it began to check. */
const ADDING = 4;
/** What V8 made begins behind it, where it need not be copied; its first byte counts the runs. */
const HEADER = 8;
const SUFFIX = '.code';
/** Names may be no longer everywhere (ecryptfs). */
const LONGEST_NAME = 140;

/** Where caches lie (XDG Base Directory Specification); undefined where the user wants none. */
function folder() {
  const { XDG_CACHE_HOME, NODE_DISABLE_COMPILE_CACHE } = process.env;
  if (NODE_DISABLE_COMPILE_CACHE) return undefined;
  const home = XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), '.cache');
  return join(home, 'portolan', 'code');
}

/** Where the code of a script lies; undefined where it does not say which one it is, or its name would be too long. */
function placeOf(home, file, script) {
  const [, hash] = /^\/\/([0-9a-f]{64})\n/.exec(script) ?? [];
  const options = [...process.execArgv, ...(process.env.NODE_OPTIONS ? [process.env.NODE_OPTIONS] : [])];
  const told = [
    basename(file, '.cjs'),
    hash?.slice(0, 40),
    // What was changed by hand says the same of itself.
    script.length,
    process.versions.v8,
    process.arch,
    // Each command needs other functions.
    /^[a-z]{1,12}$/.test(process.argv[2]) ? process.argv[2] : 'none',
    ...(options.length > 0 ? [Buffer.from(options.join('\0')).toString('base64url')] : []),
  ];
  const name = told.join('-');
  return hash && name.length <= LONGEST_NAME ? join(home, `${name}${SUFFIX}`) : undefined;
}

/** What V8 made, and of how many runs; undefined for what is not there, and for what somebody else could have written. */
function cached(place) {
  let file;
  try {
    file = openSync(place, 'r');
    const { uid, mode } = fstatSync(file);
    const isOwn = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
    if (!isOwn) return undefined;
    const kept = readFileSync(file);
    return { runs: kept[0], code: kept.subarray(HEADER) };
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** A cache that cannot be written is none. */
function keep(place, code, runs) {
  const header = Buffer.alloc(HEADER);
  header[0] = runs;
  const made = `${place}.${process.pid}`;
  try {
    mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
    const there = readdirSync(dirname(place)).filter((name) => name.endsWith(SUFFIX));
    if (there.length >= MOST_KEPT && !there.includes(basename(place)))
      for (const name of there) rmSync(join(dirname(place), name), { force: true });
    writeFileSync(made, Buffer.concat([header, code]), { mode: 0o600, flag: 'wx' });
    renameSync(made, place);
  } catch {
    try {
      unlinkSync(made);
    } catch {
      // It was never made.
    }
  }
}

/**
 * A run is over before most of what V8 optimises pays for it, so it is told to wait; code that stays hot is optimised
 * all the same, also in `ui` and `--watch`. On Node 20 the heap may also grow by 40 % before it is swept, and of large
 * inputs by 20 % (`cli/steady-heap.ts`): V8 alone takes up to a fifth more memory for 10,000 resources. What survives of
 * new objects is copied by one thread, as two of them wait for each other: a twentieth of the processor time. Nor are
 * they swept because there is a moment to spare, as a short run is over then.
 *
 * Set before the script is compiled, as what is kept counts for these flags only. Unknown flags are complained of: V8
 * counted bytes of code until Node 22, and calls since.
 */
const FLAGS = [
  ...(Number(process.versions.v8.split('.')[0]) < 12
    ? ['--interrupt-budget=1000000', '--heap-growing-percent=40']
    : ['--invocation-count-for-turbofan=50000']),
  '--no-parallel-scavenge',
  '--no-minor-gc-task',
];

/** What a bundle exports: a function as Node makes one of a CommonJS file, in ASCII (`scripts/build.mjs`). */
exports.load = (file) => {
  for (const flag of FLAGS) setFlagsFromString(flag);
  const home = folder();
  const text = readFileSync(file, 'latin1');
  const place = home && placeOf(home, file, text);
  const kept = place && cached(place);
  const script = new Script(text, { filename: file, cachedData: kept?.code });
  const runs = kept === undefined || script.cachedDataRejected ? 0 : kept.runs;
  // At the end, when the functions that a run needs are compiled.
  if (place !== undefined && runs < ADDING)
    process.once('exit', () => keep(place, script.createCachedData(), runs + 1));
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
  return module.exports;
};
