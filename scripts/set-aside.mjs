// A small check calls a third of the functions of its bundle, and yet each of them is an object that V8 takes out of what
// it has kept, and that the run makes: 5 of the 50 ms beyond Node's own start. What such a check does not call is put
// within a function for each floor of the source, which is called as soon as something of it is.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseSync, Visitor } from 'oxc-parser';
import { applied } from './applied.mjs';

/**
 * Where the functions of a script begin that a run of Node calls.
 *
 * @param {string} script its path
 * @param {string[]} args of that run, which loads it by `require`
 * @returns {Set<number>} offsets in its text
 */
export function calledIn(script, args) {
  const folder = mkdtempSync(join(tmpdir(), 'coverage-'));
  try {
    execFileSync(process.execPath, args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      // What is kept of an earlier run counts nothing.
      env: { ...process.env, NODE_V8_COVERAGE: folder, NODE_DISABLE_COMPILE_CACHE: '1' },
    });
    const { href } = pathToFileURL(script);
    const ranges = readdirSync(folder)
      .flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')).result)
      .filter(({ url }) => url === href)
      .flatMap(({ functions }) => functions.map(({ ranges: [whole] }) => whole));
    if (ranges.length === 0) throw new Error(`nothing of ${script} was run`);
    return new Set(ranges.filter(({ count }) => count > 0).map(({ startOffset }) => startOffset));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} code a bundle that esbuild did not minify, whose names are each declared once
 * @param {Set<number>} called where the functions begin that stay where they are
 * @returns {string} what does the same
 */
export function setAside(code, called) {
  const statements = statementsOf(code);
  const aside = chosen(statements, called);
  const floors = [...new Set(aside.map(({ floor }) => floor))];
  const made = floors.map((floor, at) => {
    const within = aside.filter((one) => one.floor === floor);
    return floorFunction(code, within, at);
  });
  const begin = statements.find(({ floor }) => floor !== undefined)?.start ?? 0;
  return applied(code, [
    { start: begin, end: begin, text: made.length > 0 ? [STAND_IN, ...made, ''].join('\n') : '' },
    ...aside.map(({ start, end }) => ({ start, end, text: '' })),
  ]);
}

/** What is called in place of a function until the first of its floor is. */
const STAND_IN = 'var $standIn = (floor, at) => (...given) => floor()[at](...given);';

/** Called once: from then on the names are what they were meant to be. Floors call those below, and never come back. */
function floorFunction(code, within, at) {
  const body = within.map(({ start, end }) => code.slice(start, end)).join('\n');
  const names = within.filter(isUsedOutside).flatMap((one) => one.names);
  const standIns = names.map((name, place) => `${name} = $standIn($floor${at}, ${place})`);
  return `var ${standIns.join(', ')};
function $floor${at}() { return [${names}] = (() => {
${body}
return [${names}];
})(); }`;
}

/**
 * @typedef {object} Statement of the bundle, that is of no function
 * @property {number} start
 * @property {number} end
 * @property {string | undefined} floor of `src/`; undefined for what is not of it
 * @property {string[]} names that it declares
 * @property {{ start: number } | undefined} fn the function that it declares, and nothing else
 * @property {boolean} isValue whether it declares something else, which may be made later
 * @property {Set<Statement>} users those that name it
 * @property {boolean} isHandedOn whether it is named other than to be called
 */

/** @returns {Statement[]} */
function statementsOf(code) {
  const { program, errors } = parseSync('bundle.cjs', code, { sourceType: 'script' });
  if (errors.length > 0) throw new Error(errors[0].message);
  // The comment that esbuild puts before what comes of a file.
  const files = [...code.matchAll(/^\/\/ (?:src\/(\w[\w-]*)\/|[\w@./:-]+$)/gm)];
  let file = 0;
  const statements = program.body.map((node) => {
    while (files[file]?.index < node.start) file++;
    return { start: node.start, end: node.end, floor: files[file - 1]?.[1], ...declared(node) };
  });
  tellUsers(program, statements);
  return statements;
}

function declared(node) {
  const rest = { users: new Set(), isHandedOn: false };
  if (node.type === 'FunctionDeclaration')
    return { ...rest, names: [node.id.name], fn: node, isValue: false };
  if (node.type === 'ClassDeclaration')
    return { ...rest, names: [node.id.name], fn: undefined, isValue: true };
  if (node.type !== 'VariableDeclaration') return { ...rest, names: [], fn: undefined, isValue: false };
  const { declarations } = node;
  const names = declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
  const isPlain = names.length === declarations.length;
  const [{ init }] = declarations;
  const isFunction = init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression';
  const fn = isPlain && isFunction && names.length === 1 ? init : undefined;
  return { ...rest, names, fn, isValue: isPlain && !fn };
}

/** Every use of a word counts that is none of a property: a variable of a function that is called alike is taken for it. */
function tellUsers(program, statements) {
  const owners = new Map(statements.flatMap((one) => one.names.map((name) => [name, one])));
  let at = 0;
  const plain = new Set();
  const notNames = new Set();
  const skip = ({ computed, shorthand }, key) => {
    if (!computed && !shorthand) notNames.add(key);
  };
  new Visitor({
    MemberExpression: (node) => skip(node, node.property),
    Property: (node) => skip(node, node.key),
    MethodDefinition: (node) => skip(node, node.key),
    PropertyDefinition: (node) => skip(node, node.key),
    CallExpression: ({ callee }) => plain.add(callee),
    FunctionDeclaration: ({ id }) => plain.add(id),
    VariableDeclarator: ({ id }) => plain.add(id),
    Identifier(node) {
      const owner = owners.get(node.name);
      if (!owner || notNames.has(node)) return;
      while (statements[at].end <= node.start) at++;
      if (statements[at] !== owner) owner.users.add(statements[at]);
      if (!plain.has(node)) owner.isHandedOn = true;
    },
  }).visit(program);
}

const isUsedOutside = ({ users, floor, fn }) =>
  fn !== undefined && [...users].some((user) => !user.isAside || user.floor !== floor);

/**
 * Functions that were not called, and what they alone need. Who is given a function could tell it from what stands in for
 * it, and who gives its name another would give it to the stand-in: one that is not just called stays unless its own floor
 * alone knows it.
 */
function chosen(statements, called) {
  for (const one of statements) {
    const { floor, fn, isValue, users } = one;
    one.isAside = floor !== undefined && (fn ? !called.has(fn.start) : isValue && users.size > 0);
  }
  for (let left = true; left; ) {
    left = false;
    for (const one of statements.filter(({ isAside }) => isAside)) {
      const isOutside = [...one.users].some((user) => !user.isAside || user.floor !== one.floor);
      one.isAside = !isOutside || (one.fn !== undefined && !one.isHandedOn);
      left ||= !one.isAside;
    }
  }
  return statements.filter(({ isAside }) => isAside);
}
