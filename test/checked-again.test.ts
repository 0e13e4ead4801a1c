import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tree } from '../bench/generate.mjs';
import { seeded } from '../bench/random.mjs';
import { styleFor } from '../src/cli/terminal.ts';
import { toReport } from '../src/engine/to-report.ts';
import { jsonPieces } from '../src/report/json.ts';
import { renderText } from '../src/report/text/render.ts';
import { allRules } from '../src/rules/index.ts';
import { open, type Result, type Session } from '../src/session/session.ts';
import type { ShownSource } from '../src/text/secrets/shown-source.ts';

/** `PORTOLAN_TEST_SEED=7` makes the edits of a run that failed again. */
const SEED = Number(process.env.PORTOLAN_TEST_SEED ?? Date.now() % 1_000_000);
const examples = new URL('../examples/', import.meta.url).pathname;
const names = readdirSync(examples).filter((name) => statSync(join(examples, name)).isDirectory());

let home: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'harbour-'));
  for (const name of names) cpSync(join(examples, name), join(home, name), { recursive: true });
  for (const [path, text] of quays()) write(join(home, 'quays', path), text);
  for (const { path, text } of tree('mixed-150').files) write(join(home, 'mixed', path), text);
  // What was written just now is read again, as it may be written once more within the same tick of the clock.
  await setTimeout(2100);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** More objects than are tried as a whole. */
const QUAYS = 9;

/** Many that are near each other, in few words, so that an edit of one mostly says something of another. */
function* quays(): Generator<[path: string, text: string]> {
  for (let at = 0; at < QUAYS; at++) {
    const namespace = `quay-${at}`;
    const deployment = (name: string, image: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: pier, side: ${name} } }
  template:
    metadata: { labels: { app: pier, side: ${name} } }
    spec:
      containers:
        - name: web
          image: ${image}
          env: [{ name: GF_SERVER_HTTP_PORT, valueFrom: { configMapKeyRef: { name: pier, key: port } } }]
          volumeMounts: [{ name: conf, mountPath: /etc/nginx/conf.d }]
      volumes: [{ name: conf, configMap: { name: pier, optional: true } }]
`;
    yield [`${namespace}/east.yaml`, deployment('east', 'nginx:1.27')];
    yield [`${namespace}/west.yaml`, deployment('west', 'grafana/grafana:11.0.0')];
    yield [
      `${namespace}/service.yaml`,
      `apiVersion: v1
kind: Service
metadata: { name: pier, namespace: ${namespace} }
spec: { selector: { app: pier }, ports: [{ name: web, port: 80, targetPort: 8111 }] }
`,
    ];
    yield [
      `${namespace}/config.yaml`,
      `apiVersion: v1
kind: ConfigMap
metadata: { name: pier, namespace: ${namespace} }
data: { port: "3000", default.conf: "server { listen 8080; }" }
`,
    ];
  }
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const reportOf = (
  { found, problems }: Result,
  session: Session,
  shown?: Map<string, ShownSource>,
): string => {
  if (!found) return JSON.stringify(problems);
  const report = toReport(found, { version: '1.2.3' });
  const text = renderText(report, {
    width: 100,
    style: styleFor('never'),
    textOf: (path) => session.textOf(path),
    ...(shown ? { shown } : {}),
  });
  return [...jsonPieces(report), text].join('\n');
};

type Random = ReturnType<typeof seeded>;

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((file) => /\.(?:ya?ml|json|conf)$/.test(file) && statSync(file).isFile())
    .sort();

const placesOf = (text: string, pattern: RegExp): RegExpMatchArray[] => [...text.matchAll(pattern)];

const swap = (text: string, at: RegExpMatchArray, word: string): string =>
  text.slice(0, at.index) + word + text.slice(at.index! + at[0].length);

const KINDS = [
  'Service',
  'Deployment',
  'ConfigMap',
  'Secret',
  'Ingress',
  'NetworkPolicy',
  'StatefulSet',
  'Namespace',
];

/** Of one object of a quay. */
function turn(folder: string, random: Random): string {
  const [quay, name] = [
    `quay-${random.int(0, QUAYS - 1)}`,
    random.pick(['east', 'west', 'service', 'config']),
  ];
  const file = join(folder, quay, `${name}.yaml`);
  const path = `${quay}/${name}.yaml`;
  const original = new Map(quays()).get(path)!;
  const text = filesIn(folder).includes(file) ? readFileSync(file, 'utf8') : original;
  const [pattern, words] = random.pick<[RegExp, readonly string[]]>([
    [/\b(?:80|8080|3000|8111)\b/g, ['80', '8080', '3000', '8111']],
    [/\b(?:80|8080|3000|8111)\b/g, ['80', '8080', '3000', '8111']],
    [/(?<=image: )\S+/g, ['nginx:1.27', 'grafana/grafana:11.0.0', 'redis:7', 'acme/own']],
    [/(?<=app: )\w+/g, ['pier', 'mole']],
    [/(?<=name: )pier/g, ['pier', 'mole']],
    [/(?<=namespace: )\S+/g, [quay, 'quay-0', 'quay-1']],
    [/^.*$/gs, [original, original, `# ${original}`]],
  ]);
  const places = placesOf(text, pattern);
  if (random.chance(0.1)) rmSync(file, { force: true });
  else write(file, places.length > 0 ? swap(text, random.pick(places), random.pick(words)) : text);
  return `${path}: ${pattern}`;
}

/** One edit, and what it was. */
function edit(folder: string, random: Random): string {
  const files = filesIn(folder);
  if (files.length === 0) return 'none';
  const [file, other] = [random.pick(files), random.pick(files)];
  const [text, more] = [readFileSync(file, 'utf8'), readFileSync(other, 'utf8')];
  const change = (pattern: RegExp, word: () => string): boolean => {
    const places = placesOf(text, pattern);
    if (places.length > 0) writeFileSync(file, swap(text, random.pick(places), word()));
    return places.length > 0;
  };
  const wordOf = (pattern: RegExp): string =>
    random.pick([['pier'], ...placesOf(more, pattern)])[0] ?? 'pier';
  const edits: Record<string, () => unknown> = {
    number: () => change(/\b\d{2,5}\b/g, () => String(random.pick([80, 443, 8080, 9090, 3000, 30_080]))),
    same: () => change(/\b\d(?=\d\b)/g, () => String(random.int(1, 9))),
    word: () => change(/(?<=: )[a-z][a-z0-9-]+/g, () => wordOf(/(?<=: )[a-z][a-z0-9-]+/g)),
    kind: () => change(/(?<=kind: )\w+/g, () => random.pick(KINDS)),
    namespace: () => change(/(?<=namespace: )[\w-]+/g, () => random.pick(['default', 'harbour', 'quay'])),
    beside: () => writeFileSync(file, /\.ya?ml$/.test(file + other) ? `${text}\n---\n${more}` : text),
    copy: () => write(join(folder, random.pick(['.', 'quay', 'quay/east']), `copy-${basename(other)}`), more),
    remove: () => rmSync(file),
    broken: () => writeFileSync(file, `${text}\n\tbroken: [`),
    mended: () => writeFileSync(file, text.replaceAll('\n\tbroken: [', '')),
    template: () => writeFileSync(file, `${text}\n{{ if .Values.more }}`),
    comment: () => writeFileSync(file, `# portolan-ignore\n${text}`),
    ignored: () => write(join(folder, '.portolanignore'), random.chance(0.5) ? `${basename(file)}\n` : ''),
    configured: () =>
      write(
        join(folder, 'portolan.config.yaml'),
        random.chance(0.5) ? 'nodePorts: 30000-32768\n' : 'exclude: [quay]\n',
      ),
    plain: () => rmSync(join(folder, 'portolan.config.yaml'), { force: true }),
  };
  const what = random.pick(Object.keys(edits));
  edits[what]!();
  return `${what} ${file.slice(folder.length + 1)}`;
}

describe('what a session says after any edits is what a new one says', () => {
  test.each([...names.map((name) => [name, 2] as const), ['mixed', 4] as const, ['quays', 16] as const])(
    `%s, seed ${SEED}`,
    async (name, steps) => {
      const folder = join(home, name);
      const random = seeded(SEED);
      const shown = new Map<string, ShownSource>();
      const start = (again: boolean): Session => open(['.'], { cwd: folder, rules: allRules, again });
      const session = start(true);
      await session.check();
      const done: string[] = [];
      for (let step = 0; step < steps; step++) {
        for (let left = random.int(1, 3); left > 0; left--)
          done.push(name === 'quays' && !random.chance(0.05) ? turn(folder, random) : edit(folder, random));
        const fresh = start(false);
        const expected = reportOf(await fresh.check(), fresh);
        const said = reportOf(await session.check(), session, shown);
        if (said !== expected) console.log(`seed ${SEED}, after\n${done.join('\n')}`);
        expect(said).toBe(expected);
      }
    },
  );
});
