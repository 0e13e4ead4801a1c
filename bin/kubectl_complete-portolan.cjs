#!/usr/bin/env node
// kubectl asks the program of this name what may follow `kubectl portolan …`.
require('./portolan.cjs');
