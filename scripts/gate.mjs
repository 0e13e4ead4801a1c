import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The door of the library for a Node that knows no `module-sync` (it came with 20.19, as did loading modules by
 * `require`): written as the oldest Node reads it, so that it can say which one is needed. The names at its end are
 * there for who imports them by name, and are found without running it.
 */
export async function gate(dist, door) {
  const names = Object.keys(await import(pathToFileURL(join(dist, 'lib', 'public', `${door}.js`)).href));
  return `'use strict';
var library;
var version = process.versions.node.split('.');
if (Number(version[0]) > 20 || (Number(version[0]) === 20 && Number(version[1]) >= 19))
  library = require('./public/${door}.js');
else {
  var error = new Error('portolan: Node 20.19 or newer is needed, and this is ' + process.versions.node);
  // Where in the library it was noticed helps nobody.
  error.stack = error.message;
  throw error;
}
module.exports = library;
0 && (module.exports = { ${names.join(', ')} });
`;
}
