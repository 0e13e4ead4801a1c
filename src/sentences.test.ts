import { readdirSync, readFileSync } from 'node:fs';
import { parseSync, Visitor } from 'oxc-parser';
import { describe, expect, test } from 'vitest';

/** The floors where what is known is data: sentences are made of it, and tell nobody anything but people. */
const FLOORS = /^(process|graph|questions|rules|engine|report|verify|fix)\//;

/** Where an unproved link is made, with what its proof lacks. */
const MAKES_UNPROVED = 'graph/links/lacks/lacking.ts';

/** Where it is worded what is not known of a process; everywhere else it is data. */
const WORDS_DOUBTS = 'process/listeners/doubts/';

/** Fields by which something could be told of a process that is not known. */
const TELLS_DOUBT = /^(says|reason|doubts?|addressDoubt|mayOpenMore|unsettled)$/;

/** Three words in a row: a value of a doubt is a name, a place or a number. */
const PHRASE = /\w[\w'\u2019]* \w+ \w/;

/** What makes a sentence of data. */
const WORDS = /^word(Doubt|Grounds?|Lack|Link|Verdict)$/;

/** Fields that hold a sentence. */
const SENTENCE = /^(reason|says|because)$/;

/** Reasons that are no sentences of ours. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ['engine/comments-in-text.ts', 'what a user wrote behind a comment'],
  ['engine/ignored.ts', 'what a user wrote behind a comment'],
  ['graph/observed/processes.ts', 'the word that Kubernetes has for what happened'],
  ['report/map/wires.ts', 'the same is not drawn twice'],
]);

const READS =
  /^(split|match|matchAll|startsWith|endsWith|includes|indexOf|replace|replaceAll|slice|search|at)$/;

type Callback = NonNullable<ConstructorParameters<typeof Visitor>[0]>;
type Node = Parameters<NonNullable<Callback['BinaryExpression']>>[0]['left'];

/** The name that a value is read from: `link.reason`, `reason`. */
function nameOf(node: Node | { readonly type: string }): string | undefined {
  const one = node as Node;
  if (one.type === 'Identifier') return one.name;
  if (one.type === 'ChainExpression') return nameOf(one.expression);
  if (one.type === 'TSNonNullExpression') return nameOf(one.expression);
  // What words data answers with a sentence: `wordDoubt(doubt)`.
  if (one.type === 'CallExpression') return WORDS.test(nameOf(one.callee) ?? '') ? 'says' : undefined;
  return one.type === 'MemberExpression' && one.property.type === 'Identifier'
    ? one.property.name
    : undefined;
}

const isText = (node: { readonly type: string }): boolean =>
  node.type === 'TemplateLiteral' ||
  (node.type === 'Literal' && 'value' in node && typeof node.value === 'string');

/** The texts that stand in a piece of code. */
function textsIn(node: Node, text: string): string[] {
  const texts: string[] = [];
  const code = `(${text.slice(node.start, node.end)})`;
  new Visitor({
    Literal: ({ value }) => {
      if (typeof value === 'string') texts.push(value);
    },
    TemplateElement: ({ value }) => {
      texts.push(value.cooked ?? value.raw);
    },
  }).visit(parseSync('piece.ts', code).program);
  return texts;
}

const isSentence = (node: Node | { readonly type: string }): boolean => SENTENCE.test(nameOf(node) ?? '');

/** What a module does with sentences that it should do with data. */
function breaches(file: string, text: string): string[] {
  if (!FLOORS.test(file)) return [];
  const found: string[] = [];
  const isOfProcess = file.startsWith('process/') && !file.startsWith(WORDS_DOUBTS);
  const tell = (what: string, { start, end }: { start: number; end: number }): void => {
    found.push(`${file} ${what}: ${text.slice(start, end)}`);
  };
  new Visitor({
    Property: (node) => {
      const { key, value } = node;
      const isUnproved =
        key.type === 'Identifier' &&
        key.name === 'state' &&
        value.type === 'Literal' &&
        value.value === 'unproved';
      if (isUnproved && /^(process|graph|questions)\//.test(file) && file !== MAKES_UNPROVED)
        tell('makes an unproved link without what it lacks', node);
      const isWorded = key.type === 'Identifier' && TELLS_DOUBT.test(key.name) && isText(value);
      if (isWorded && isOfProcess) tell('words what is not known', node);
    },
    BinaryExpression: (node) => {
      const { left, right, operator } = node;
      const isAbsent = [left, right].some((one) => one.type === 'Identifier' && one.name === 'undefined');
      if (/^[!=]==?$/.test(operator) && !isAbsent && [left, right].some(isSentence) && !OTHERS.has(file))
        tell('compares a sentence', node);
    },
    CallExpression: (node) => {
      const { callee } = node;
      const isDoubt = /^(doubt|doubtAbout|doubtFile|missing)$/.test(nameOf(callee) ?? '');
      if (isOfProcess && isDoubt && textsIn(node, text).some((one) => PHRASE.test(one)))
        tell('words what is not known', node);
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
      const { name } = callee.property;
      if (READS.test(name) && isSentence(callee.object)) tell('reads a sentence', node);
      if (/^(test|exec)$/.test(name) && node.arguments.some(isSentence)) tell('reads a sentence', node);
    },
  }).visit(parseSync(file, text).program);
  return found;
}

const root = new URL('.', import.meta.url);

test('what is known is data: nothing compares or reads a sentence, and each unproved link says what it lacks', () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /(?<!\.test|\.d)\.tsx?$/.test(file));
  expect(files).toContain(MAKES_UNPROVED);
  expect(files.some((file) => file.startsWith(WORDS_DOUBTS))).toBe(true);
  for (const file of OTHERS.keys()) expect(files).toContain(file);
  expect(files.flatMap((file) => breaches(file, readFileSync(new URL(file, root), 'utf8')))).toEqual([]);
});

describe('a breach is seen', () => {
  test.each([
    [
      'makes an unproved link',
      'graph/a.ts',
      "const link = { ...asked, state: 'unproved', reason: 'who knows' };",
    ],
    [
      'words what is not known',
      'process/a.ts',
      "trail.push({ kind: 'image', says: `the image ${id} is new` });",
    ],
    ['words what is not known', 'process/a.ts', "const one = { kind: 'file', doubt: 'it is binary' };"],
    [
      'words what is not known',
      'process/a.ts',
      "missing('file', [`${path} is not read`, 'who can tell that']);",
    ],
    [
      'words what is not known',
      'process/a.ts',
      "sockets.doubtAbout(file, at, 'can open a socket of its own');",
    ],
    [
      'words what is not known',
      'process/a.ts',
      "doubt('value-outside', { from: `${name} is not in the input` });",
    ],
    ['compares a sentence', 'rules/a.ts', 'const isSame = wordDoubt(one) === wordDoubt(other);'],
    ['compares a sentence', 'graph/a.ts', 'const isFilled = link.reason === FILLED_IN;'],
    ['compares a sentence', 'rules/a.ts', 'const isAlike = one.listener?.because !== other.because;'],
    ['reads a sentence', 'rules/a.ts', "const redirects = speech.because.startsWith('sends');"],
    ['reads a sentence', 'report/a.ts', "const [name] = witness!.says!.split(',');"],
    ['reads a sentence', 'questions/a.ts', 'const isDuplicate = /Duplicate/.test(refusal.reason);'],
  ])('it %s: %s: %s', (what, file, text) => {
    expect(breaches(file, text).join('\n')).toContain(what);
  });

  test('and what is none is let through', () => {
    const text = "const known = link.reason !== undefined && link.state === 'unproved';";
    expect(breaches('graph/a.ts', text)).toEqual([]);
    const doubted =
      "trail.push({ kind: 'image', doubt: doubt('env-option', { written: `${one} ${two}`, where }) });";
    expect(breaches('process/a.ts', doubted)).toEqual([]);
  });
});
