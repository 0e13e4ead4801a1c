import { readdirSync, readFileSync } from 'node:fs';
import { parseSync, Visitor } from 'oxc-parser';
import { describe, expect, test } from 'vitest';

/** The floors where what is known is data: sentences are made of it, and tell nobody anything but people. */
const FLOORS = /^(process|graph|questions|rules|engine|report|verify|fix)\//;

/** The floors that find out what is known; it is worded above them, when somebody reads it. */
const KNOWS = /^(process|graph)\//;

/** The rooms where it is worded: what is not known of a process, how a thing is known, what proves a link, what its proof lacks. */
const WORDS_IT = /^(process\/listeners\/(doubts|grounds)|graph\/links\/(proofs|lacks))\//;

/** Where links get their state: with what proves it, or with what its proof lacks. */
const GIVES_STATES = ['graph/links/proofs/proving.ts', 'graph/links/lacks/lacking.ts'];

/** Three words in a row: a value of a ground, a proof or a doubt is a name, a place or a number. */
const PHRASE = /\w[\w'\u2019]* \w+ \w/;

/** What makes a sentence of data. */
const WORDS = /^word[A-Z]/;

/** Fields that hold a sentence. */
const SENTENCE = /^(reason|says|because|phrase)$/;

/** Reasons that are no sentences of ours. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ['engine/comments-in-text.ts', 'what a user wrote behind a comment'],
  ['engine/ignored.ts', 'what a user wrote behind a comment'],
  ['graph/observed/processes.ts', 'the word that Kubernetes has for what happened'],
  ['report/map/wires.ts', 'the same is not drawn twice'],
]);

/** Phrases that are no sentences. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['process/command/harmless.ts', 'programs, as command lines have them'],
  ['process/command/start.ts', 'places: `args of container web`'],
  ['process/environment/environment.ts', 'a place: `env`, where it is too long for a process'],
  ['process/environment/service-links.ts', 'what stands for an address that nobody knows'],
  ['process/listeners/container-process.ts', 'a kind of speech: `HTTPS with redirect`'],
  ['process/settings/switches.ts', 'a kind of speech: `HTTPS with redirect`'],
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

const isState = (value: unknown): value is string =>
  value === 'whole' || value === 'broken' || value === 'unproved';

const isText = (node: { readonly type: string }): boolean =>
  node.type === 'TemplateLiteral' ||
  (node.type === 'Literal' && 'value' in node && typeof node.value === 'string');

/** Whether a piece of code words data. */
function words({ start, end }: { start: number; end: number }, text: string): boolean {
  let isWorded = false;
  new Visitor({
    CallExpression: ({ callee }) => {
      isWorded ||= WORDS.test(nameOf(callee) ?? '');
    },
  }).visit(parseSync('piece.ts', `(${text.slice(start, end)})`).program);
  return isWorded;
}

const isSentence = (node: Node | { readonly type: string }): boolean => SENTENCE.test(nameOf(node) ?? '');

/** What a module does with sentences that it should do with data. */
function breaches(file: string, text: string): string[] {
  if (!FLOORS.test(file)) return [];
  const found: string[] = [];
  const knows = KNOWS.test(file) && !WORDS_IT.test(file);
  const tell = (what: string, { start, end }: { start: number; end: number }): void => {
    found.push(`${file} ${what}: ${text.slice(start, end)}`);
  };
  const tellPhrase = (said: string, node: { start: number; end: number }): void => {
    if (knows && PHRASE.test(said) && !NAMES.has(file)) tell('words what is data', node);
  };
  new Visitor({
    Literal: (node) => {
      if (typeof node.value === 'string') tellPhrase(node.value, node);
    },
    TemplateLiteral: (node) => {
      tellPhrase(node.quasis.map(({ value }) => value.cooked ?? value.raw).join(''), node);
    },
    Property: (node) => {
      const { key, value, kind } = node;
      if (key.type !== 'Identifier') return;
      const state = key.name === 'state' && value.type === 'Literal' ? value.value : undefined;
      if (isState(state) && /^(process|graph|questions)\//.test(file) && !GIVES_STATES.includes(file))
        tell(`makes a link that is ${state} without what says why`, node);
      if (!knows || !SENTENCE.test(key.name) || kind !== 'init') return;
      if (words(value, text)) tell('words it before anybody reads it', node);
      else if (isText(value)) tell('words what is data', node);
    },
    BinaryExpression: (node) => {
      const { left, right, operator } = node;
      const isAbsent = [left, right].some((one) => one.type === 'Identifier' && one.name === 'undefined');
      if (/^[!=]==?$/.test(operator) && !isAbsent && [left, right].some(isSentence) && !OTHERS.has(file))
        tell('compares a sentence', node);
    },
    CallExpression: (node) => {
      const { callee } = node;
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
      const { name } = callee.property;
      if (READS.test(name) && isSentence(callee.object)) tell('reads a sentence', node);
      if (/^(test|exec)$/.test(name) && node.arguments.some(isSentence)) tell('reads a sentence', node);
    },
  }).visit(parseSync(file, text).program);
  return found;
}

const root = new URL('.', import.meta.url);

test('what is known is data: nothing makes, compares or reads a sentence, and each link says why it is as it is', () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /(?<!\.test|\.d)\.tsx?$/.test(file));
  for (const file of [...GIVES_STATES, ...OTHERS.keys(), ...NAMES.keys()]) expect(files).toContain(file);
  const rooms = new Set(files.flatMap((file) => WORDS_IT.exec(file)?.[1] ?? []));
  expect(rooms.size).toBe(4);
  expect(files.flatMap((file) => breaches(file, readFileSync(new URL(file, root), 'utf8')))).toEqual([]);
});

describe('a breach is seen', () => {
  const whole = 'makes a link that is whole without what says why';
  const broken = 'makes a link that is broken without what says why';
  const unproved = 'makes a link that is unproved without what says why';
  test.each([
    [whole, 'graph/a.ts', "const link = { ...asked, state: 'whole', proof };"],
    [
      broken,
      'graph/a.ts',
      "return { fault: 'no-port', state: 'broken', proof: { what: 'no-port', values } };",
    ],
    [unproved, 'graph/a.ts', "const link = { ...asked, state: 'unproved', reason: 'who knows' };"],
    [broken, 'questions/a.ts', "return { state: 'broken', reason: `no port ${number}` };"],
    ['words what is data', 'graph/a.ts', "const reason = 'the Service has this port';"],
    ['words what is data', 'graph/a.ts', 'const reason = `Service ${service.name} has no port ${number}`;'],
    ['words what is data', 'graph/a.ts', "broken('no-service', { service: `${name}, which nobody has` });"],
    ['words what is data', 'graph/a.ts', "const one = { kind: 'condition', phrase: `is ${status}` };"],
    ['words what is data', 'process/a.ts', "trail.push({ kind: 'image', says: `the image ${id} is new` });"],
    ['words what is data', 'process/a.ts', "const one = { kind: 'file', reason: 'binary' };"],
    ['words what is data', 'process/a.ts', "missing('file', [`${path} is not read`, 'who can tell that']);"],
    ['words what is data', 'process/a.ts', "sockets.doubtAbout(file, at, 'can open a socket of its own');"],
    [
      'words what is data',
      'process/a.ts',
      "doubt('value-outside', { from: `${name} is not in the input` });",
    ],
    ['words it before anybody reads it', 'graph/a.ts', 'const told = { says: wordLink(link) };'],
    ['words it before anybody reads it', 'process/a.ts', 'return { port, because: `${wordGrounds(all)}!` };'],
    ['compares a sentence', 'rules/a.ts', 'const isSame = wordDoubt(one) === wordDoubt(other);'],
    ['compares a sentence', 'graph/a.ts', 'const isFilled = link.reason === FILLED_IN;'],
    ['compares a sentence', 'rules/a.ts', 'const isAlike = one.listener?.because !== other.because;'],
    ['reads a sentence', 'rules/a.ts', "const redirects = wordSpeech(speech).startsWith('sends');"],
    ['reads a sentence', 'report/a.ts', "const [name] = witness!.says!.split(',');"],
    ['reads a sentence', 'questions/a.ts', 'const isDuplicate = /Duplicate/.test(refusal.reason);'],
  ])('it %s: %s: %s', (what, file, text) => {
    expect(breaches(file, text).join('\n')).toContain(what);
  });

  test('and what is none is let through', () => {
    for (const text of [
      "const known = link.proof !== undefined && link.state === 'unproved';",
      "return { ...link, ...broken('no-service-port', { service: service.name, number }) };",
      "trail.push({ kind: 'image', doubt: doubt('env-option', { written: `${one} ${two}`, where }) });",
      'return { kind, get says() { return wordLink(link); } };',
    ])
      expect(breaches('graph/a.ts', text)).toEqual([]);
    expect(breaches('graph/links/proofs/a.ts', "const all = { key: () => 'the key is there' };")).toEqual([]);
  });
});
