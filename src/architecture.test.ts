import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { circlesIn } from './testing/circles.ts';
import { readModule } from './testing/read-module.ts';

interface Floor {
  readonly name: string;
  /** No file, no network, no clock, no randomness, no printing. */
  readonly pure: boolean;
  /** Floors below that it may not import from. */
  readonly without?: readonly string[];
  /** No floor imports from it: it is built as something of its own. */
  readonly isPrivate?: boolean;
  /** It runs in browsers. */
  readonly isBrowser?: boolean;
  /** Packages of npm that it has leave for. */
  readonly packages?: readonly string[];
  /**
   * Its folders, where they have an order: each may import from itself and from those before it. The floor's own
   * files, which join them, come after all of them.
   */
  readonly rooms?: readonly string[];
}

/**
 * The floors of the house. Each may import from itself and from the floors listed before it, besides the exceptions
 * that `without` names. Reading this list is reading the design.
 */
const FLOORS: readonly Floor[] = [
  { name: 'text', pure: true, packages: ['js-yaml'] },
  { name: 'model', pure: true },
  { name: 'knowledge', pure: true },
  {
    name: 'process',
    pure: true,
    packages: ['smol-toml'],
    rooms: [
      'listeners',
      'environment',
      'command',
      'settings',
      'config-files',
      'mounted',
      'supervised',
      'logs',
      'observed',
    ],
  },
  {
    name: 'graph',
    pure: true,
    rooms: [
      'links',
      'services',
      'routes/knative',
      'processes',
      'policies',
      'mesh',
      'routes/backends',
      'routes/ingress',
      'routes/streams',
      'routes/gateway',
      'routes/traefik',
      'routes/istio',
      'routes/openshift',
      'routes/contour',
      'routes/rollouts',
      'routes/custom',
      'routes',
      'clients',
      'monitors',
      'nodes',
      'webhooks',
      'observed',
      'chains',
    ],
  },
  {
    name: 'questions',
    pure: true,
    rooms: ['services', 'processes', 'routes', 'clients', 'mesh', 'nodes', 'observed'],
  },
  { name: 'rules', pure: true },
  // What people learn from: pages, and which rules they are behind. Words alone.
  {
    name: 'concepts',
    pure: true,
    without: ['text', 'model', 'knowledge', 'process', 'graph', 'questions', 'rules'],
  },
  // A reporter is a function of the report alone, so that any reader can be one.
  { name: 'report', pure: true, without: ['model', 'knowledge', 'process', 'graph', 'questions', 'rules'] },
  // The page, which runs in browsers: a reader of reports like any other.
  {
    name: 'ui',
    pure: false,
    isPrivate: true,
    isBrowser: true,
    without: ['model', 'knowledge', 'process', 'graph', 'questions', 'rules'],
    packages: ['preact', '@preact/signals'],
  },
  // Sources bring text and know nothing of what it means.
  {
    name: 'sources',
    pure: false,
    packages: ['ignore'],
    without: ['model', 'knowledge', 'process', 'graph', 'questions', 'rules', 'report'],
  },
  { name: 'config', pure: true, packages: ['ignore', 'zod'] },
  // What images say of themselves: Dockerfiles, archives and registries.
  {
    name: 'images',
    pure: false,
    without: ['process', 'graph', 'questions', 'rules', 'report'],
    packages: ['modern-tar'],
  },
  // Programs of the user that turn what is written into what is applied: text in, text and its origins out.
  {
    name: 'render',
    pure: false,
    without: ['knowledge', 'process', 'graph', 'questions', 'rules', 'report', 'config', 'images'],
  },
  // A Kubernetes API server: what is there and what was seen of it, never what that means.
  {
    name: 'cluster',
    pure: false,
    without: ['knowledge', 'process', 'graph', 'questions', 'rules', 'report', 'config', 'images', 'render'],
    packages: ['@kubernetes/client-node', 'ws'],
  },
  // What comes back from the thing that runs, read: text and bytes in, observations out.
  {
    name: 'observe',
    pure: true,
    without: ['knowledge', 'process', 'graph', 'questions', 'rules', 'report', 'sources', 'cluster'],
  },
  { name: 'engine', pure: true, without: ['images', 'render', 'cluster', 'observe'] },
  // Findings in, texts that are proved again out; what is tried on lies elsewhere.
  { name: 'fix', pure: true, packages: ['diff'] },
  // Paths, settings and edges in, a result and its problems out; words and exit codes are the command line's.
  { name: 'session', pure: false },
  { name: 'testing', pure: false, packages: ['oxc-parser', 'vitest'] },
  { name: 'version.ts', pure: true },
  // What an on-call engineer does: a plan of steps, each step, and the judgement of the same engine.
  {
    name: 'verify',
    pure: false,
    without: ['knowledge', 'process', 'questions', 'rules', 'config', 'images', 'render', 'fix'],
    rooms: ['step', 'plan', 'ask'],
  },
  { name: 'public', pure: false, without: ['testing'] },
  // The page with an editor, and all of the library behind it: a site for any host.
  {
    name: 'playground',
    pure: false,
    isPrivate: true,
    isBrowser: true,
    packages: ['preact', '@preact/signals'],
  },
  // Serves the page on this machine, and knows nothing of what is in it.
  {
    name: 'ui-server',
    pure: false,
    without: [
      'text',
      'model',
      'knowledge',
      'process',
      'graph',
      'questions',
      'rules',
      'report',
      'engine',
      'session',
    ],
  },
  { name: 'cli', pure: false, without: ['testing'], packages: ['commander', 'picocolors'] },
];

/** What of the language depends on nothing but a function's arguments. */
const PURE: ReadonlySet<string> = new Set(
  `undefined Array BigInt Boolean Error Float64Array Infinity JSON Map NaN Number Object Promise RangeError RegExp Set
  String Symbol SyntaxError TextDecoder TextEncoder TypeError URL Uint8Array Uint32Array WeakMap WeakSet atob btoa
  decodeURI decodeURIComponent encodeURI encodeURIComponent structuredClone`.split(/\s+/),
);

/** Of what else there is, the part that does not. */
const PURE_USE =
  /^(Math\.(?!random$)\w+|Date\.parse|Date\.UTC|instanceof Date|Intl\.(Segmenter|DateTimeFormat))$/;

const isPure = (use: string): boolean =>
  PURE.has(use.replace(/^(?:new|instanceof) /, '').replace(/[.(].*/, '')) || PURE_USE.test(use);

/** What brings code that no import names. */
const LOADS = /^(require\(\)|require|module\.|createRequire|(new )?Function|eval)/;

const root = new URL('.', import.meta.url);

const placeOf = (file: string): { readonly floor: number; readonly path: string } => {
  const [name = '', ...path] = file.split('/');
  return { floor: FLOORS.findIndex((floor) => floor.name === name), path: path.join('/') };
};

/** The place of a file's room in the order of its floor; the longest name that fits is meant. */
function roomOf(path: string, rooms: readonly string[]): number | undefined {
  if (!path.includes('/')) return rooms.length;
  const [room] = rooms.filter((one) => path.startsWith(`${one}/`)).toSorted((a, b) => b.length - a.length);
  return room === undefined ? undefined : rooms.indexOf(room);
}

const resolved = (file: string, specifier: string): string =>
  new URL(specifier, new URL(file, root)).href.slice(root.href.length);

/** What a file does that its floor forbids, in words. */
function breaches(file: string, text: string): string[] {
  const { floor: at, path } = placeOf(file);
  const floor = FLOORS[at];
  if (!floor) return [`${file} is on no floor`];
  const found: string[] = [];
  const room = floor.rooms && roomOf(path, floor.rooms);
  if (floor.rooms && room === undefined) found.push(`${file} is in no room`);
  const { imports, globals } = readModule(file, text);
  for (const specifier of imports) {
    if (specifier === '') found.push(`${file} imports what only a run can tell`);
    else if (/\.test\.tsx?$/.test(specifier)) found.push(`${file} imports a test`);
    else if (specifier.startsWith('.')) {
      const to = resolved(file, specifier);
      const target = placeOf(to);
      const name = FLOORS[target.floor]?.name ?? to;
      if (target.floor < 0 || target.floor > at) found.push(`${file} imports upwards from ${to}`);
      if (target.floor !== at && FLOORS[target.floor]?.isPrivate && !floor.isBrowser)
        found.push(`${file} may not import from ${name}, which is private`);
      if (floor.without?.includes(name)) found.push(`${file} may not import from ${name}`);
      if (target.floor !== at || !floor.rooms || room === undefined) continue;
      const there = roomOf(target.path, floor.rooms);
      if (there === undefined || there > room) found.push(`${file} imports against the rooms from ${to}`);
    } else if (specifier.startsWith('node:')) {
      if (floor.isBrowser) found.push(`${file} runs in browsers and imports ${specifier}`);
      if (floor.pure) found.push(`${file} must stay pure and imports ${specifier}`);
    } else if (!floor.packages?.includes(packageOf(specifier))) {
      found.push(`${file} has no leave for ${packageOf(specifier)}`);
    }
  }
  if (globals.some((use) => LOADS.test(use))) found.push(`${file} calls require`);
  const impure = globals.filter((use) => floor.pure && !isPure(use));
  return [...found, ...impure.map((use) => `${file} must stay pure and uses ${use}`)];
}

const packageOf = (specifier: string): string =>
  specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /(?<!\.test|\.d)\.tsx?$/.test(file));

test('all code is in files that are read here', () => {
  const others = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(?:[cm]?jsx?|[cm]ts)$/.test(file),
  );
  expect(others).toEqual([]);
});

const textOf = (file: string): string => readFileSync(new URL(file, root), 'utf8');

test.each(files)('%s keeps to its floor', (file) => {
  expect(breaches(file, textOf(file))).toEqual([]);
});

const importsOf = (modules: Readonly<Record<string, string>>): Map<string, string[]> =>
  new Map(
    Object.entries(modules).map(([file, text]) => [
      file,
      readModule(file, text)
        .imports.filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => resolved(file, specifier)),
    ]),
  );

test('no module reaches itself, not even by a type', () => {
  expect(circlesIn(importsOf(Object.fromEntries(files.map((file) => [file, textOf(file)]))))).toEqual([]);
});

test('every room that is listed has files', () => {
  const empty = FLOORS.flatMap(({ name, rooms = [] }) =>
    rooms.map((room) => `${name}/${room}/`).filter((room) => !files.some((file) => file.startsWith(room))),
  );
  expect(empty).toEqual([]);
});

describe('a breach is seen', () => {
  test.each([
    // Upwards, in whatever way an import is written.
    ['imports upwards', 'model/a.ts', "import { renderText } from '../report/text/render.ts';"],
    ['imports upwards', 'model/a.ts', 'import { renderText } from "../report/text/render.ts";'],
    ['imports upwards', 'model/a.ts', "import type { Rule } from '../rules/rule.ts';"],
    ['imports upwards', 'model/a.ts', "export { endsOf } from '../graph/links/ends.ts';"],
    ['imports upwards', 'model/a.ts', "export * from '../graph/links/ends.ts';"],
    ['imports upwards', 'model/a.ts', "import '../cli/main.ts';"],
    ['imports upwards', 'model/a.ts', "export type Rule = import('../rules/rule.ts').Rule;"],
    ['imports upwards', 'engine/a.ts', "const x = await import('../cli/main.ts');"],
    ['imports upwards', 'engine/a.ts', 'const x = await import(`../cli/main.ts`);'],
    ['what only a run can tell', 'engine/a.ts', 'const x = await import(name);'],
    ['calls require', 'engine/a.ts', "const x = require('../cli/main.ts');"],
    ['calls require', 'engine/a.ts', "import x = require('../cli/main.ts');"],
    ['calls require', 'cli/a.ts', "const fs = require('node:fs');"],
    ['calls require', 'cli/a.ts', "const fs = module.require('node:fs');"],
    ['calls require', 'cli/a.ts', "import { createRequire } from 'node:module'; createRequire(here)('ws');"],
    ['calls require', 'cli/a.ts', "const fs = eval('require')('node:fs');"],
    ['calls require', 'cli/a.ts', "const fs = new Function('return process')();"],
    ['imports a test', 'model/a.ts', "import { x } from './decode.test.ts';"],
    ['is on no floor', 'helpers/a.ts', 'export const one = 1;'],
    // What an exception forbids.
    ['may not import from', 'report/a.ts', "import { endsOf } from '../graph/links/ends.ts';"],
    ['may not import from', 'ui/a.tsx', "import { endsOf } from '../graph/links/ends.ts';"],
    ['may not import from', 'cli/a.ts', "import { App } from '../ui/app.tsx';"],
    ['runs in browsers', 'ui/a.ts', "import { readFileSync } from 'node:fs';"],
    ['may not import from', 'cli/a.ts', "import { testRule } from '../testing/test-rule.ts';"],
    // A package without leave.
    ['has no leave for', 'model/a.ts', "import { parseEvents } from 'js-yaml';"],
    ['has no leave for', 'session/a.ts', "import WebSocket from 'ws';"],
    ['has no leave for', 'rules/a.ts', "import type { z } from 'zod/v4';"],
    ['has no leave for', 'sources/a.ts', "import x from '@scope/package/part';"],
    // Purity.
    ['must stay pure and imports node:fs', 'rules/a.ts', "import { readFileSync } from 'node:fs';"],
    ['console.log', 'report/json.ts', 'console.log(report);'],
    ['Date.now', 'graph/a.ts', 'const now = Date.now();'],
    ['new Date', 'graph/a.ts', 'const now = new Date();'],
    ['globalThis', 'graph/a.ts', 'const { env } = globalThis.process;'],
    ['globalThis', 'graph/a.ts', "const env = globalThis['process'].env;"],
    ['uses process', 'graph/a.ts', 'const { env } = process;'],
    ['process.env', 'graph/a.ts', 'const home = process.env.HOME;'],
    ['Math.random', 'engine/a.ts', 'const id = Math.random();'],
    ['fetch()', 'engine/a.ts', 'const page = await fetch(url);'],
    ['fetch', 'engine/a.ts', 'const page = await (0, fetch)(url);'],
    ['Date', 'graph/a.ts', 'const now = new (Date)();'],
    ['Date.[]', 'graph/a.ts', "const now = Date['now']();"],
    ['Date', 'graph/a.ts', 'const [now] = [Date].map((Clock) => new Clock());'],
    ['Date', 'graph/a.ts', 'const { now } = Date;'],
    ['Math.[]', 'graph/a.ts', "const id = Math['random']();"],
    ['Math', 'graph/a.ts', 'const { random } = Math;'],
    ['global.process', 'graph/a.ts', 'const { env } = global.process;'],
    ['self.process', 'graph/a.ts', 'const { env } = self.process;'],
    ['uses process', 'graph/a.ts', 'tell(process);'],
    ['uses process', 'graph/a.ts', 'export default { process };'],
    ['WebSocket', 'graph/a.ts', "const socket = new WebSocket('ws://there');"],
    ['queueMicrotask', 'graph/a.ts', 'queueMicrotask(run);'],
    ['import.meta', 'graph/a.ts', 'const here = import.meta.url;'],
    // The order of the rooms.
    ['against the rooms', 'graph/links/a.ts', "import { findPort } from '../services/target-ports.ts';"],
    ['against the rooms', 'graph/links/a.ts', "import type { Chain } from '../build.ts';"],
    ['against the rooms', 'graph/routes/ingress/a.ts', "import { resolveRoutes } from '../resolve.ts';"],
    ['against the rooms', 'graph/routes/gateway/a.ts', "import { resolveIstio } from '../istio/resolve.ts';"],
    ['is in no room', 'graph/tools/a.ts', 'export const one = 1;'],
    ['against the rooms', 'process/environment/a.ts', "import { listening } from '../listening.ts';"],
    [
      'against the rooms',
      'process/listeners/a.ts',
      "import type { Environment } from '../environment/environment.ts';",
    ],
  ])('it %s: %s: %s', (what, file, text) => {
    expect(breaches(file, text).join('\n')).toContain(what);
  });

  test('a circle, and one of types alone', () => {
    const a = "import { b } from './b.ts'; export const a = b;";
    expect(
      circlesIn(importsOf({ 'text/a.ts': a, 'text/b.ts': "import './c.ts';", 'text/c.ts': '' })),
    ).toEqual([]);
    const b = "import type { A } from './a.ts'; export const b = 1;";
    expect(circlesIn(importsOf({ 'text/a.ts': a, 'text/b.ts': b }))).toEqual([['text/a.ts', 'text/b.ts']]);
    expect(circlesIn(importsOf({ 'text/a.ts': "export type A = import('./a.ts').A;" }))).toEqual([
      ['text/a.ts'],
    ]);
  });
});

describe('what is allowed is let through', () => {
  test.each([
    ['graph/a.ts', 'const listens = ({ process }: BindLink) => process.listeners;'],
    ['graph/a.ts', 'const isDate = (value: unknown) => value instanceof Date;'],
    ['graph/a.ts', 'const when = (value: string): Date | number => Date.parse(value) * Math.max(1, 2);'],
    ['graph/a.ts', '// Date.now() would tell\nconst told = "new Date()";'],
    ['cli/a.ts', 'const now = new Date(); console.log(process.argv, now);'],
    ['graph/services/a.ts', "import { end } from '../links/end.ts';"],
    ['graph/routes/resolve.ts', "import { resolveIstio } from './istio/resolve.ts';"],
    ['text/a.ts', "import { parseEvents } from 'js-yaml';"],
  ])('%s: %s', (file, text) => {
    expect(breaches(file, text)).toEqual([]);
  });
});
