// Compiling the commands takes longer than checking a small folder. The build keeps what V8 compiled beside them; V8
// refuses it where its version or flags differ, and then they are compiled as ever.
const { readFileSync, writeFileSync } = require('node:fs');
const { createRequire, wrap } = require('node:module');
const { dirname } = require('node:path');
const { Script } = require('node:vm');

const cacheOf = (file) => file.replace(/\.cjs$/, '.cache');

function compile(file, cachedData) {
  const script = new Script(wrap(readFileSync(file, 'utf8')), { filename: file, cachedData });
  return { script, refused: script.cachedDataRejected === true };
}

function run({ script }, file) {
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
  return module.exports;
}

function cached(file) {
  try {
    return readFileSync(cacheOf(file));
  } catch {
    return undefined;
  }
}

/** What a CommonJS file exports. */
exports.load = (file) => {
  const data = cached(file);
  const compiled = data && compile(file, data);
  return compiled && !compiled.refused ? run(compiled, file) : require(file);
};

/** Writes the cache of a file, with the functions that `use` needs among them. */
exports.write = async (file, use) => {
  const compiled = compile(file);
  await use(run(compiled, file));
  writeFileSync(cacheOf(file), compiled.script.createCachedData());
};
