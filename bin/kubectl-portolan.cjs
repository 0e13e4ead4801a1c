#!/usr/bin/env node
// `kubectl portolan`: the name of the program says that a cluster is meant where no path is given.
require('./portolan.cjs');
