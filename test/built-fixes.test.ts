import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toReport } from '../src/engine/to-report.ts';
import { mend } from '../src/fix/mend.ts';
import { onlyWritable } from '../src/fix/writable.ts';
import type { Report, ReportFinding, ReportFix } from '../src/report/report.ts';
import { allRules } from '../src/rules/index.ts';
import { open } from '../src/session/session.ts';
import { whyNotWritable, writeBack } from '../src/sources/write-back.ts';
import { brokenShop } from '../src/testing/broken-shop.ts';
import { numbersFrom } from '../src/testing/mutated-yaml.ts';
import { because, KUBECTL } from '../src/testing/renderers.ts';
import { TestRepository } from '../src/testing/repository.ts';
import { STYLES, styledYaml } from '../src/testing/styled-yaml.ts';

/** Each starts the real kustomize several times; `PORTOLAN_BUILT_FIXES=500` takes more of them. */
const RUNS = Number(process.env.PORTOLAN_BUILT_FIXES ?? 15);

const ADMISSION = new Set(allRules.flatMap(({ id, ofAdmission }) => (ofAdmission ? id : [])));

type Files = Readonly<Record<string, string>>;

/** Ways in which an overlay takes the shop in; each is one that people write. */
const overlays = (below: (limit: number) => number): Files => {
  const kinds: readonly Files[] = [
    { 'prod/kustomization.yaml': 'resources: [../base]\nnamePrefix: prod-\n' },
    { 'prod/kustomization.yaml': 'resources: [../base]\nnamespace: harbour\n' },
    {
      'prod/kustomization.yaml': 'resources: [../base]\npatches: [{ path: port.yaml }]\n',
      'prod/port.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: till, namespace: shop }\nspec:\n  replicas: 3 # ours\n',
    },
    {
      'prod/kustomization.yaml': 'resources: [../base]\npatches: [{ path: port.yaml }]\n',
      'prod/port.yaml': `apiVersion: v1\nkind: Service\nmetadata: { name: till, namespace: shop }\nspec:\n  ports:\n    - port: 8080\n      targetPort: ${below(2) === 0 ? 'htttp' : 65_001} # of the overlay\n`,
    },
    {
      'prod/kustomization.yaml': 'resources: [../base]\n',
      'dev/kustomization.yaml': 'resources: [../base]\nnameSuffix: -dev\n',
    },
  ];
  return kinds[below(kinds.length)]!;
};

const filesOf = (below: (limit: number) => number): Files => {
  const style = STYLES[below(STYLES.length)]!;
  const shop = Object.entries(brokenShop(below));
  const base = Object.fromEntries(
    shop.map(([name, one]) => [`base/${name}.yaml`, styledYaml([one], style, below)]),
  );
  const resources = shop.map(([name]) => `${name}.yaml`).join(', ');
  return { ...base, 'base/kustomization.yaml': `resources: [${resources}]\n`, ...overlays(below) };
};

interface Made {
  readonly made: number;
  readonly declined: number;
}

async function tryEach(files: Files): Promise<Made> {
  const repository = new TestRepository(files);
  const cwd = repository.folder;
  const env = { PATH: repository.bin, XDG_CACHE_HOME: repository.cache, HOME: repository.root };
  const reportOf = (found: Parameters<typeof toReport>[0]): Report => toReport(found, { version: '0.0.0' });
  const check = async (): Promise<Report> => repository.check();
  try {
    const before = await check();
    let [made, declined] = [0, 0];
    const fixes = before.findings.flatMap((finding) => finding.fixes.map((fix) => ({ finding, fix })));
    for (const { finding, fix } of fixes) {
      const session = open(['.'], { cwd, rules: allRules, env, render: {} });
      const bench = await session.bench(reportOf);
      const isThis = (one: ReportFinding): ReportFix | undefined =>
        one.fingerprint === finding.fingerprint && one.set === finding.set
          ? one.fixes.find(({ title }) => title === fix.title)
          : undefined;
      const writing = { cwd, within: ['.'] };
      const { choose } = onlyWritable(isThis, before, (path) => whyNotWritable(path, writing));
      const mended = await mend(bench, choose);
      bench.close();
      for (const [path, text] of Object.entries(files))
        expect(readFileSync(join(cwd, path), 'utf8')).toBe(text);
      if (mended.done.length === 0) {
        expect(mended.files).toEqual([]);
        declined++;
        continue;
      }
      made++;
      // The base or the patch that wrote it, and nothing else.
      for (const file of mended.files) expect(files[file.path]).toBe(file.before);
      expect(writeBack(mended.files, writing).left).toEqual([]);
      const after = await check();
      const isThere = (one: ReportFinding): boolean =>
        one.fingerprint === finding.fingerprint && one.set === finding.set;
      expect(after.findings.filter(isThere)).toEqual([]);
      // Behind what the API server refuses, more may come to light.
      if (!ADMISSION.has(finding.rule))
        expect(after.summary.links.broken).toBeLessThanOrEqual(before.summary.links.broken);
      expect(after.errors).toEqual(before.errors);
      repository.write(files);
    }
    return { made, declined };
  } finally {
    repository.remove();
  }
}

test.skipIf(!KUBECTL)(
  `${RUNS} random mistakes in what kustomize builds: fixes land in the file that wrote the value, or are not made${because('kubectl')}`,
  { timeout: 3_600_000 },
  async () => {
    const seed = Math.floor(Math.random() * 0x7fffffff);
    console.info(`built fixes: seed ${seed}`);
    const total = { made: 0, declined: 0 };
    for (let run = 0; run < RUNS; run++) {
      const files = filesOf(numbersFrom(seed + run));
      const { made, declined } = await tryEach(files).catch((error) => {
        throw new Error(`seed ${seed + run}: ${JSON.stringify(files, null, 1)}`, { cause: error });
      });
      total.made += made;
      total.declined += declined;
    }
    console.info(`built fixes: ${total.made} made, ${total.declined} declined`);
    expect(total.made).toBeGreaterThan(0);
  },
);
