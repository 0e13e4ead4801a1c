import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tree } from '../bench/generate.mjs';
import { seeded } from '../bench/random.mjs';
import { toReport } from '../src/engine/to-report.ts';
import { amend } from '../src/report/amend.ts';
import type { Report } from '../src/report/report.ts';
import { allRules } from '../src/rules/index.ts';
import type { Pause } from '../src/session/in-pieces.ts';
import { type Near, open, type Session } from '../src/session/session.ts';
import { reportOf as reportOfText } from '../src/testing/report-of.ts';

/** `PORTOLAN_TEST_SEED=7` makes the edits of a run that failed again. */
const SEED = Number(process.env.PORTOLAN_TEST_SEED ?? Date.now() % 1_000_000);
const EDITS = 20;

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'harbour-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), text);
}

const OPTIONS = { version: '1.2.3', detail: 'findings', paths: ['.'] } as const;

const opened = (): Session => open(['.'], { cwd, rules: allRules, again: true });

/** What a run told, and what it tells of changes since. */
interface Run {
  readonly report: Report;
  readonly near: Near;
}

async function run(session: Session, pause?: Pause): Promise<Run> {
  const { found, near } = await session.check(pause);
  return { report: toReport(found!, OPTIONS), near: near! };
}

function firstAnswer({ report, near }: Run, ...paths: string[]): Report | undefined {
  const results = near(paths.map((path) => join(cwd, path)));
  return (
    results &&
    amend(
      report,
      toReport(results.before, OPTIONS),
      toReport(results.after, { ...OPTIONS, idPrefix: 'near-' }),
      results.paths,
    )
  );
}

/**
 * All that a person reads of it: ids are numbered otherwise, links of what was mended are left in it, and the link that
 * stands for all that wait for one kind of proof may be another.
 */
const readOf = ({ links, chains, ...report }: Report): unknown => ({
  ...report,
  unproved: report.unproved.map(({ kind, links }) => [kind, links]),
  findings: report.findings.map(({ link, ...finding }) => {
    const { id, ...ends } = links.find((one) => one.id === link) ?? { id: null };
    const passed = chains.find((chain) => chain.links.includes(id ?? ''));
    return { ...finding, link: ends, entry: passed?.entry };
  }),
});

type Random = ReturnType<typeof seeded>;

/** What people do to a file; the paths that a watch is told of. */
type Act = (path: string, random: Random) => readonly string[];

const textOf = (path: string): string => readFileSync(join(cwd, path), 'utf8');

const typed: Act = (path, random) => {
  const text = textOf(path);
  const places = [...text.matchAll(/(?<=: )(?:\d{2,5}|[a-z]+\b(?!-))/g)];
  if (places.length === 0) return [];
  const at = random.pick(places);
  const word = /\d/.test(at[0]) ? `${Number(at[0]) + random.pick([1, -1])}` : `${at[0]}x`;
  write(path, text.slice(0, at.index) + word + text.slice(at.index + at[0].length));
  return [path];
};

const broken: Act = (path, random) => {
  const lines = textOf(path).split('\n');
  const at = random.int(0, lines.length - 1);
  write(
    path,
    [...lines.slice(0, at), random.pick(['  - {', '\tx: 1', 'a: b: c', '"']), ...lines.slice(at)].join('\n'),
  );
  return [path];
};

const removed: Act = (path) => {
  rmSync(join(cwd, path));
  return [path];
};

const moved: Act = (path, random) => {
  const to = random.pick([
    `${dirname(path)}/0-moved.yaml`,
    `${dirname(dirname(path))}/moved.yaml`,
    'moved.yaml',
  ]);
  if (existsSync(join(cwd, to))) return [];
  renameSync(join(cwd, path), join(cwd, to));
  return [path, to];
};

const copied: Act = (path, random) => {
  const to = random.pick([`${dirname(path)}/0-more.yaml`, `${dirname(path)}/zz/more.yaml`]);
  const text = textOf(path);
  const [was, is] = random.pick([
    [/(?<=\bname"?: "?)(?=[a-z])/g, 'more-'],
    [/(?<=\bnamespace"?: "?)(?=[a-z])/g, 'far-'],
  ] as const);
  write(to, text.replace(was, is));
  return [dirname(to).endsWith('/zz') ? dirname(to) : to];
};

const ACTS: readonly [name: string, act: Act][] = [
  ['a value that is typed', typed],
  ['what does not parse any more', broken],
  ['a file that goes', removed],
  ['a file that is moved', moved],
  ['a file or a folder that comes', copied],
];

/** What somebody does to a tree: each change is taken back by the next one. */
class Edits {
  readonly #files: readonly { readonly path: string; readonly text: string }[];
  #last: readonly string[] = [];

  constructor(name: string) {
    this.#files = [...tree(name).files];
    for (const { path, text } of this.#files) write(path, text);
  }

  /** @returns the paths that a watch is told of */
  next(act: Act, random: Random): readonly string[] {
    if (this.#last.length > 0) return this.undo();
    this.#last = act(random.pick(this.#files).path, random);
    return this.#last;
  }

  undo(): readonly string[] {
    const undone = this.#last;
    for (const path of undone) {
      const text = this.#files.find((one) => one.path === path)?.text;
      if (text === undefined) rmSync(join(cwd, path), { recursive: true });
      else write(path, text);
    }
    this.#last = [];
    return undone;
  }
}

/** Tells which change a seed failed at. */
function expectSame(told: Report, whole: Report, change: string): void {
  if (JSON.stringify(readOf(told)) !== JSON.stringify(readOf(whole))) console.log(`seed ${SEED}: ${change}`);
  expect(readOf(told)).toEqual(readOf(whole));
}

test.each(ACTS)(
  `what a change did, told from what is near it, is what a whole run tells: %s, seed ${SEED}`,
  async (name, act) => {
    const random = seeded(SEED + name.length);
    const edits = new Edits('mixed-600');
    const session = opened();
    let last = await run(session);
    let [tried, answered] = [0, 0];
    for (let edit = 0; edit < EDITS; edit++) {
      const changed = edits.next(act, random);
      if (changed.length === 0) continue;
      tried += 1;
      const first = firstAnswer(last, ...changed);
      last = await run(session);
      if (!first) continue;
      answered += 1;
      expectSame(first, last.report, `change ${edit} of ${changed.join(', ')}`);
    }
    expect(answered).toBeGreaterThan(tried / 2);
  },
);

/** What who looks for the first time tells. */
const truth = async (): Promise<Report> => (await run(opened())).report;

/** Does something once some pieces of a run are done; a run may have fewer. */
function after(pieces: number, act: () => void | Promise<void>): Pause {
  let done = 0;
  return {
    everyMs: 0,
    wait: async () => {
      if (done++ === pieces) await act();
    },
  };
}

test(`a change that comes while everything is looked at is told on top of the run before, and of that run once it ends, seed ${SEED}`, async () => {
  const random = seeded(SEED + 100);
  const edits = new Edits('mixed-600');
  const session = opened();
  let last = await run(session);
  let answered = 0;
  for (let edit = 0; edit < 2 * EDITS; edit++) {
    const changed = edits.next(random.pick(ACTS)[1], random);
    let came: readonly string[] = [];
    const at = random.int(0, random.pick([20, 500]));
    const before = last;
    let whole: Report | undefined;
    last = await run(
      session,
      after(at, async () => {
        came = edits.next(random.pick(ACTS)[1], random);
        const first = firstAnswer(before, ...changed, ...came);
        whole = await truth();
        if (!first) return;
        answered += 1;
        expectSame(first, whole, `piece ${at} of run ${edit}, ${came.join(', ')}`);
      }),
    );
    if (!whole) continue;
    const top = came.length > 0 ? firstAnswer(last, ...came) : last.report;
    if (top) expectSame(top, whole, `after run ${edit}, which ${came.join(', ')} came in`);
    last = await run(session);
    expectSame(last.report, whole, `the run after run ${edit}`);
  }
  expect(answered).toBeGreaterThan(EDITS / 4);
});

const pier = (backend: string): string => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: pier, namespace: harbour }
spec: { rules: [{ host: pier.example, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${backend}, port: { number: 80 } } } }] } }] }
---
apiVersion: v1
kind: Service
metadata: { name: mole, namespace: harbour }
spec: { selector: { app: mole }, ports: [{ port: 80 }] }
`;

/** Behind `mole`, at another port than its Service says; two fixes are tried on it. */
const WORKLOAD = `---
apiVersion: v1
kind: Pod
metadata: { name: mole, namespace: harbour, labels: { app: mole } }
spec: { containers: [{ name: web, image: nginx, ports: [{ name: http, containerPort: 80 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: more, namespace: harbour }
spec: { selector: { app: mole }, ports: [{ port: 80, targetPort: htpt }] }
`;

const MORE = `${pier('mole')}---\n${pier('mole')}`;

test.each<[what: string, files: Record<string, string>]>([
  ['a kustomization', { 'kustomization.yaml': 'namePrefix: far-\n' }],
  ['a configuration', { 'portolan.config.yaml': 'failOn: warning\n' }],
  ['what manifests may be made of', { 'compose.yaml': 'services: { pier: { image: nginx } }\n' }],
  ['what is no manifest', { 'notes.txt': 'nothing\n' }],
  ['what a folder is a chart by', { 'Chart.yaml': 'name: pier\n' }],
  ['a kind that nobody knows', { 'pier.yaml': pier('mole').replace('kind: Service', 'kind: Sidecar') }],
  ['an object that another folder has', { 'far/pier.yaml': pier('mole') }],
])('is left to a whole run: %s', async (_, files) => {
  write('pier.yaml', pier('crane'));
  const session = opened();
  const last = await run(session);
  for (const [path, text] of Object.entries(files)) write(path, text);
  expect(firstAnswer(last, ...Object.keys(files))).toBeUndefined();
});

/** What stays beside what changes. */
const FAR = pier('mole').replaceAll('harbour', 'dock');

test.each<[what: string, files: Record<string, string>, gone?: string]>([
  ['a file that is new', { 'new.yaml': pier('mole').replaceAll('pier', 'more') }],
  ['a file that came beside one that changed', { 'pier.yaml': pier('mole'), 'new.yaml': 'kind: Pod\n' }],
  ['a file that went', {}, 'pier.yaml'],
  ['what does not parse', { 'pier.yaml': `${pier('mole')}\n\t- {` }],
  ['a template', { 'pier.yaml': `${pier('mole')}\n{{ if .Values.more }}` }],
  ['an object that is there already', { 'pier.yaml': MORE }],
  ['an object that the file beside it has', { 'new.yaml': pier('mole') }],
  ['a namespace that was not there', { 'pier.yaml': pier('mole').replaceAll('harbour', 'quay') }],
  ['a kind that was not there', { 'pier.yaml': pier('mole').replace('kind: Service', 'kind: ConfigMap') }],
  ['a list where an object is meant', { 'pier.yaml': '- { apiVersion: v1, kind: Service }\n' }],
])('is told at once: %s, and that it is mended', async (_, files, gone) => {
  write('pier.yaml', pier('crane'));
  write('far/dock.yaml', FAR);
  const session = opened();
  let last = await run(session);
  const before = readOf(last.report);
  for (const [path, text] of Object.entries(files)) write(path, text);
  if (gone !== undefined) rmSync(join(cwd, gone));
  const changed = [...Object.keys(files), ...(gone === undefined ? [] : [gone])];
  const first = firstAnswer(last, ...changed);
  last = await run(session);
  expect(first && readOf(first)).toEqual(readOf(last.report));
  expect(readOf(last.report)).not.toEqual(before);
  for (const path of Object.keys(files)) rmSync(join(cwd, path));
  write('pier.yaml', pier('crane'));
  const second = firstAnswer(last, ...changed, 'pier.yaml');
  expect(second && readOf(second)).toEqual(before);
});

/** Sources that are read, and links that are made. */
const EACH = 30;

/** As `run` does it, which is told how many pieces it had. */
async function countedRun(session: Session): Promise<number> {
  let pieces = 0;
  await run(session, { everyMs: 0, wait: async () => void pieces++ });
  return pieces;
}

test('a change is told at every piece of a run, and nothing of that run is kept that is not true', async () => {
  write('far/dock.yaml', FAR);
  const texts = ['crane', 'mole'].map((name) => `${pier(name)}${WORKLOAD}`);
  const truths: Report[] = [];
  for (const text of texts) {
    write('pier.yaml', text);
    truths.push(await truth());
  }
  const session = opened();
  const pieces = await countedRun(session);
  expect(pieces).toBeGreaterThan(allRules.length);
  // Most pieces are a rule that is asked, of everything and for each fix that is tried.
  const stride = seeded(SEED).int(5, 15);
  console.log(`seed ${SEED}: ${pieces} pieces, the first ${EACH} and every ${stride}th`);
  let turn = 0;
  for (let at = 0; at < pieces; at += at < EACH ? 1 : stride) {
    const [text, whole] = [texts[turn % 2]!, truths[turn % 2]!];
    turn += 1;
    const before = await run(session);
    let first: Report | undefined;
    const during = await run(
      session,
      after(at, () => {
        write('pier.yaml', text);
        first = firstAnswer(before, 'pier.yaml');
      }),
    );
    expectSame(first!, whole, `piece ${at}`);
    expectSame(firstAnswer(during, 'pier.yaml')!, whole, `after a run that changed at piece ${at}`);
    expectSame((await run(session)).report, whole, `after piece ${at}`);
  }
});

test('changes since the last run are told together', async () => {
  write('pier.yaml', pier('crane'));
  write('far/dock.yaml', FAR);
  const session = opened();
  const last = await run(session);
  write('pier.yaml', pier('mole'));
  expect(firstAnswer(last, 'pier.yaml')).toBeDefined();
  write('far/dock.yaml', FAR.replace('name: mole, port', 'name: crane, port'));
  const first = firstAnswer(last, 'pier.yaml', 'far/dock.yaml');
  expect(first && readOf(first)).toEqual(readOf((await run(session)).report));
});

test('a file that a link led to before is left to a whole run', async () => {
  write('pier.yaml', pier('crane'));
  symlinkSync('pier.yaml', join(cwd, 'a-link.yaml'));
  const session = opened();
  const last = await run(session);
  write('pier.yaml', pier('mole'));
  expect(firstAnswer(last, 'pier.yaml')).toBeUndefined();
});

test('a file that could not be read before is left to a whole run', async () => {
  writeFileSync(join(cwd, 'pier.yaml'), Buffer.from([0x61, 0, 0xff, 0xfe]));
  write('far/dock.yaml', FAR);
  const last = await run(opened());
  expect(last.report.errors).not.toEqual([]);
  write('pier.yaml', pier('mole'));
  expect(firstAnswer(last, 'pier.yaml')).toBeUndefined();
});

test('who names from afar what came is told along', async () => {
  const client =
    'apiVersion: v1\nkind: Pod\nmetadata: { name: far, namespace: dock }\nspec: { containers: [{ name: a, image: acme/a, env: [{ name: PIER_URL, value: "http://mole.harbour:81" }] }] }\n';
  write('far/client.yaml', client);
  write('far/other.yaml', pier('crane'));
  const session = opened();
  const last = await run(session);
  write('far/mole.yaml', pier('crane').split('---\n')[1]!.replaceAll('pier', 'mole'));
  rmSync(join(cwd, 'far/other.yaml'));
  const first = firstAnswer(last, 'far/mole.yaml', 'far/other.yaml');
  expect(first && readOf(first)).toEqual(readOf((await run(session)).report));
});

test('what texts name is near, in whatever namespace it lies', async () => {
  write('pier.yaml', pier('mole'));
  write('crane.yaml', pier('mole').replaceAll('harbour', 'dock').replaceAll('mole', 'crane'));
  const session = opened();
  let last = await run(session);
  for (const backend of ['crane', 'mole']) {
    write('pier.yaml', pier(backend));
    const first = firstAnswer(last, 'pier.yaml');
    last = await run(session);
    expect(first && readOf(first)).toEqual(readOf(last.report));
    expect(JSON.stringify(last.report.findings).includes('`dock`')).toBe(backend === 'crane');
  }
});

test('what is not told of a part as it tells of itself hangs on what lies outside of it', () => {
  const [whole, broken] = [pier('mole'), pier('crane')].map((text) => reportOfText({ 'pier.yaml': text }));
  expect(amend(whole!, whole!, broken!, ['pier.yaml'])?.summary).toEqual(broken!.summary);
  expect(amend(whole!, broken!, whole!, ['pier.yaml'])).toBeUndefined();
});

test('a secret of an object far away is none that a first answer tells', async () => {
  write(
    'secret.yaml',
    'apiVersion: v1\nkind: Secret\nmetadata: { name: crane, namespace: dock }\nstringData: { key: tr0ub4dor-and-3 }\n',
  );
  write('pier.yaml', pier('mole'));
  const session = opened();
  const last = await run(session);
  write('pier.yaml', pier('tr0ub4dor-and-3'));
  const first = firstAnswer(last, 'pier.yaml');
  expect(first?.findings.length).toBeGreaterThan(0);
  expect(JSON.stringify(first?.findings.map(({ message, labels }) => [message, labels]))).not.toContain(
    'tr0ub4dor',
  );
});
