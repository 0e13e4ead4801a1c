// Compiling the commands takes longer than checking a small folder. The build keeps what V8 compiled beside them; where
// its version or flags differ, V8 refuses that and compiles them as ever.
const { readFileSync, writeFileSync } = require('node:fs');
const { createRequire, wrap } = require('node:module');
const { dirname } = require('node:path');
const { Script } = require('node:vm');

const cacheOf = (file) => file.replace(/\.cjs$/, '.cache');

const compile = (file, cachedData) =>
  new Script(wrap(readFileSync(file, 'utf8')), { filename: file, cachedData });

function run(script, file) {
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
  return data ? run(compile(file, data), file) : require(file);
};

/** Writes the cache of a file, with the functions that `use` needs among them. */
exports.write = async (file, use) => {
  const script = compile(file);
  await use(run(script, file));
  writeFileSync(cacheOf(file), script.createCachedData());
};
