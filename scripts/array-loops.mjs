// Most of a run is over before V8 optimises its loops, and until then each step of an iterator is a call and an object
// that is thrown away: a quarter of all that a run of 10,000 resources allocated. In the bundles, `for (const one of
// list)` counts, and `const [a, b] = list` asks for its places, wherever the compiler knows the type to be an array.
import { resolve } from 'node:path';
import { NodeFlags } from 'typescript/unstable/ast';
import {
  isArrayBindingPattern,
  isCallExpression,
  isForOfStatement,
  isOmittedExpression,
  isPropertyAccessExpression,
  isVariableDeclaration,
  isVariableDeclarationList,
} from 'typescript/unstable/ast/is';
import { API, TypeFlags } from 'typescript/unstable/sync';
import { applied } from './applied.mjs';

/** @param {string} project the tsconfig.json that knows the files */
export const arrayLoops = (project) => ({
  name: 'array-loops',
  setup(build) {
    const types = openTypes(project);
    build.onLoad({ filter: /\/src\/.*\.ts$/, namespace: 'file' }, ({ path }) => {
      const contents = types.rewritten(path);
      return contents === undefined ? undefined : { contents, loader: 'ts' };
    });
    build.onDispose(() => types.close());
  },
});

/** @param {string} project */
export function openTypes(project) {
  const api = new API();
  const at = resolve(project);
  const { program, checker } = api.updateSnapshot({ openProjects: [at] }).getProject(at);
  return {
    /** @param {string} path @returns {string | undefined} undefined where the project has no such file */
    rewritten: (path) => {
      const source = program.getSourceFile(path);
      return source && rewritten(source, checker);
    },
    close: () => api.close(),
  };
}

/** @typedef {import('./applied.mjs').Edit} Edit */

function rewritten(source, checker) {
  const { loops, declarations } = candidates(source);
  const asked = [...loops.map(({ list }) => list), ...declarations.map(({ initializer }) => initializer)];
  if (asked.length === 0) return source.text;
  const known = new Map(checker.getTypeAtLocation(asked).map((type, index) => [asked[index], type]));
  const arrays = new Map();
  const isArray = (node) => {
    const type = known.get(node);
    if (type === undefined) return false;
    if (!arrays.has(type.id)) arrays.set(type.id, isArrayType(type, checker));
    return arrays.get(type.id);
  };
  let names = 0;
  const name = (word) => `$${word}${names++}`;
  return applied(source.text, [
    ...loops.flatMap((one) => (isArray(one.list) ? counting(one, source, name) : [])),
    ...declarations.flatMap((one) => (isArray(one.initializer) ? byPlace(one, source, name) : [])),
  ]);
}

/** `any` could be whatever it likes. A union of arrays is one. */
const isArrayType = (type, checker) =>
  (type.flags & (TypeFlags.Any | TypeFlags.Unknown | TypeFlags.Never)) === 0 && checker.isArrayLikeType(type);

/** Loops with what they go through, and declarations that take something apart, from the outside in. */
function candidates(source) {
  const [loops, declarations] = [[], []];
  const visit = (node) => {
    if (isForOfStatement(node)) {
      const loop = loopOf(node);
      if (loop) loops.push(loop);
    } else if (isVariableDeclaration(node) && node.initializer && isPlainPattern(node.name)) {
      declarations.push(node);
    }
    node.forEachChild(visit);
  };
  visit(source);
  return { loops, declarations };
}

function loopOf(node) {
  const { initializer, expression, statement } = node;
  if (node.awaitModifier || !isVariableDeclarationList(initializer)) return undefined;
  const [{ name }] = initializer.declarations;
  const entries = entriesOf(expression);
  if (entries && !isPlainPattern(name)) return undefined;
  return {
    initializer,
    pattern: name,
    list: entries ?? expression,
    isEntries: entries !== undefined,
    statement,
  };
}

/** The list of `list.entries()`. */
const entriesOf = (node) =>
  isCallExpression(node) &&
  node.arguments.length === 0 &&
  isPropertyAccessExpression(node.expression) &&
  !node.expression.questionDotToken &&
  node.expression.name.text === 'entries'
    ? node.expression.expression
    : undefined;

/** `[a, , { b }]`, without a rest and without what stands in for what is missing. */
const isPlainPattern = (name) =>
  isArrayBindingPattern(name) &&
  name.elements.every((one) => isLeftOut(one) || (!one.dotDotDotToken && !one.initializer));

const isLeftOut = (element) => isOmittedExpression(element) || element.name === undefined;

/** @returns {Edit[]} */
function counting({ initializer, pattern, list, isEntries, statement }, source, name) {
  const [at, all] = [name('at'), name('all')];
  const item = `${all}[${at}]`;
  const bound = isEntries ? places(pattern, source, [at, item]) : [`${textOf(pattern, source)} = ${item}`];
  const kind = initializer.flags & NodeFlags.Let ? 'let' : 'const';
  const binding = bound.length === 0 ? '' : `${kind} ${bound.join(', ')}; `;
  const begun = `; ${at} < ${all}.length; ${at}++) { ${binding}`;
  return [
    { start: initializer.getStart(source), end: list.getStart(source), text: `let ${at} = 0, ${all} = ` },
    { start: list.end, end: statement.getStart(source), text: begun },
    { start: statement.end, end: statement.end, text: ' }' },
  ];
}

/** @returns {Edit[]} */
function byPlace(declaration, source, name) {
  const { name: pattern, initializer } = declaration;
  const all = name('all');
  const items = pattern.elements.map((_, place) => `${all}[${place}]`);
  const bound = places(pattern, source, items).map((one) => `, ${one}`);
  return [
    { start: pattern.getStart(source), end: pattern.end, text: all },
    { start: initializer.end, end: initializer.end, text: bound.join('') },
  ];
}

/** `a = items[0], b = items[1]` for `[a, b]`. */
const places = (pattern, source, items) =>
  pattern.elements.flatMap((one, place) =>
    isLeftOut(one) ? [] : `${textOf(one.name, source)} = ${items[place] ?? 'undefined'}`,
  );

const textOf = (node, source) => source.text.slice(node.getStart(source), node.end);
