#!/usr/bin/env node
// Read by every Node there is, and so written as the oldest reads it: what follows needs a newer one.
var version = process.versions.node.split('.');
if (Number(version[0]) > 20 || (Number(version[0]) === 20 && Number(version[1]) >= 19))
  require('../dist/cli.cjs');
else {
  console.error('portolan: Node 20.19 or newer is needed, and this is ' + process.versions.node);
  process.exitCode = 3;
}
