// The yardstick for trees of mostly irrelevant documents: every byte through js-yaml's `parseEvents`, nothing more.
// Prints the milliseconds it took without the start of Node.
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { parseEvents } = require('js-yaml');

const start = performance.now();
(function walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) walk(path);
    else parseEvents(readFileSync(path, 'utf8'), {});
  }
})(process.argv[2]);
console.log((performance.now() - start).toFixed(1));
