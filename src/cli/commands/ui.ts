import { toReport } from '../../engine/to-report.ts';
import { mend } from '../../fix/mend.ts';
import { onlyWritable } from '../../fix/writable.ts';
import type { Report } from '../../report/report.ts';
import { allRules } from '../../rules/index.ts';
import type { Session } from '../../session/session.ts';
import { watchPaths } from '../../session/watch.ts';
import { whyNotWritable, writeBack } from '../../sources/write-back.ts';
import { VERSION } from '../../version.ts';
import { inputWords } from '../cluster-arguments.ts';
import { complain } from '../complain.ts';
import { EXIT } from '../exit-codes.ts';
import { namedPaths } from '../named-paths.ts';
import { openSession, requireFound, type SessionArguments } from '../open-session.ts';
import { UsageError } from '../usage-error.ts';
import { print } from '../write.ts';

export interface UiArguments extends SessionArguments {
  readonly port: string;
  readonly allowWrite: boolean;
}

/** A cluster tells nobody that it changed. */
const CLUSTER_MS = 15_000;

/** `portolan ui`: serves the page of `-o html` on this machine, and follows what changes until it is stopped. */
export async function runUi(paths: readonly string[], args: UiArguments): Promise<number> {
  const port = portOf(args.port);
  const given = inputWords(paths, args);
  const runs = new Runs(openSession(paths, args, allRules), given);
  await runs.again();
  const { pageOfServer } = await import('../html.ts');
  const folder = process.cwd();
  const server = await pageOfServer({
    port,
    data: () => ({
      report: runs.report,
      texts: runs.session,
      paths: given,
      folder,
      canWrite: args.allowWrite,
    }),
    apply: args.allowWrite
      ? (fingerprint, fix) => runs.apply(fingerprint, fix, namedPaths(paths, args))
      : undefined,
  });
  print(`${server.url}\n`);
  complain('this address is for you alone; Ctrl+C ends it');
  const again = (): void => void runs.again().then((isNew) => isNew && server.changed(), tell);
  const watching = watchPaths(namedPaths(paths, args), { cwd: folder, onChange: again, onError: complain });
  const asking = args.cluster ? setInterval(again, CLUSTER_MS) : undefined;
  await stopped();
  clearInterval(asking);
  watching.close();
  server.close();
  return EXIT.clean;
}

const tell = (error: unknown): void => complain(error instanceof Error ? error.message : String(error));

const stopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port < 0 || port > 65_535) throw new UsageError(`\`--port ${text}\` is no port from 0 to 65535`);
  return port;
}

/** One run after the other over the same paths, as sessions do not overlap. */
class Runs {
  readonly session: Session;
  readonly #given: readonly string[];
  #report: Report | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(session: Session, given: readonly string[]) {
    this.session = session;
    this.#given = given;
  }

  get report(): Report {
    return this.#report!;
  }

  /** @returns whether anything is not as it was */
  again(): Promise<boolean> {
    return this.#next(async () => {
      const before = this.#report;
      this.#report = this.#reportOf(requireFound(await this.session.check()));
      return JSON.stringify(before) !== JSON.stringify(this.#report);
    });
  }

  /** Makes one fix, proved by a check of all with it in place; what became of it, in words. */
  apply(fingerprint: string, at: number, within: readonly string[]): Promise<string> {
    return this.#next(async () => {
      const writing = { cwd: process.cwd(), within };
      const { choose, refused } = onlyWritable(
        (finding) => (finding.fingerprint === fingerprint ? finding.fixes[at] : undefined),
        this.report,
        (path) => whyNotWritable(path, writing),
      );
      const bench = await this.session.bench((found) => this.#reportOf(found));
      try {
        const { files, declined } = await mend(bench, choose);
        const [reason] = [...refused, ...declined].map((one) => one.reason);
        if (files.length === 0) return `not applied: ${reason ?? 'no finding is like this any more'}`;
        const { written, left } = writeBack(files, writing);
        return left[0] ? `not applied: ${left[0].path}: ${left[0].reason}` : `written: ${written.join(', ')}`;
      } finally {
        bench.close();
      }
    });
  }

  readonly #reportOf = (found: Parameters<typeof toReport>[0]): Report =>
    toReport(found, { version: VERSION, paths: this.#given });

  #next<T>(run: () => Promise<T>): Promise<T> {
    const next = this.#last.then(run, run);
    this.#last = next.catch(() => undefined);
    return next;
  }
}
