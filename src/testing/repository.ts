import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { toReport } from '../engine/to-report.ts';
import type { RenderSettings } from '../render/options.ts';
import type { Report, ReportFinding } from '../report/report.ts';
import { allRules } from '../rules/index.ts';
import { open } from '../session/session.ts';
import { HELM, KUBECTL } from './renderers.ts';

/** What PATH holds: names of programs, and where they lie. */
export type Programs = Readonly<Record<string, string | undefined>>;

/** A repository of a test in a folder of its own, with a cache and a PATH that hold what the test says. */
export class TestRepository {
  readonly root: string = mkdtempSync(join(tmpdir(), 'harbour-'));
  readonly folder: string = join(this.root, 'repository');
  readonly cache: string = join(this.root, 'cache');
  readonly bin: string = join(this.root, 'bin');
  readonly started: string = join(this.root, 'started');

  /** Texts of the last run, rendered ones as well. */
  textOf: (path: string) => string = () => '';

  constructor(
    files: Readonly<Record<string, string>> = {},
    programs: Programs = { kubectl: KUBECTL, helm: HELM },
  ) {
    for (const folder of [this.folder, this.bin]) mkdirSync(folder, { recursive: true });
    // The real programs, behind a line that says that they were started.
    const wrap = (name: string, program: string | undefined): void => {
      if (program === undefined) return;
      const script = `#!/bin/sh\necho ${name} "$@" >> '${this.started}'\nexec '${program}' "$@"\n`;
      writeFileSync(join(this.bin, name), script);
      chmodSync(join(this.bin, name), 0o755);
    };
    for (const [name, program] of Object.entries(programs)) wrap(name, program);
    this.write(files);
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text);
    }
  }

  /** @param path what PATH says; the real programs when left out */
  async check(
    paths: readonly string[] = ['.'],
    render: RenderSettings = {},
    path: string = this.bin,
  ): Promise<Report> {
    const env = { PATH: path, XDG_CACHE_HOME: this.cache, HOME: this.root };
    const session = open(paths, { cwd: this.folder, rules: allRules, env, render });
    this.textOf = (shown) => session.textOf(shown) ?? '';
    const { found, problems } = await session.check();
    if (!found) throw new Error(problems.map(({ message }) => message).join('\n'));
    return toReport(found, { version: '0.0.0' });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Where a finding's first label was written: `path:line`, or `rendered`. */
export const writtenAt = ({ labels: [label] }: ReportFinding): string =>
  label?.origin ? `${label.origin.path}:${label.origin.line}` : 'rendered';
