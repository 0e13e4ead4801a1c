import { toReport } from '../engine/to-report.ts';
import { amend } from '../report/amend.ts';
import type { Report } from '../report/report.ts';
import { sanitizeLine } from '../report/sanitize.ts';
import { Drawn } from '../report/text/drawn.ts';
import type { Near, Session } from '../session/session.ts';
import {
  type Asked,
  type CheckOutput,
  inputsOf,
  isComparing,
  judged,
  renderForPeople,
  reportOptions,
  type Told,
  writeAll,
} from './check-report.ts';
import { requireFound } from './open-session.ts';
import { spareInputs } from './outputs.ts';
import { UsageError } from './usage-error.ts';
import { type Turn, watchChecks } from './watch-checks.ts';
import { writeReport } from './write.ts';

/**
 * `portolan check --watch`.
 *
 * @throws UsageError for what cannot be watched, or is done once
 */
export function checkAgain(session: Session, asked: Asked): Promise<number> {
  const { outputs, paths, args } = asked;
  const { filename, kustomize, chart, config, baseline, values } = args;
  if (args.writeBaseline || args.pruneBaseline || args.plan)
    throw new UsageError('`--watch` checks again and again; a baseline or a plan is made once, without it');
  const given = [...paths, ...filename];
  const stream = given.find((path) => path === '-' || /^https?:\/\//i.test(path));
  if (stream !== undefined)
    throw new UsageError(`\`--watch\` watches files and folders, and \`${sanitizeLine(stream)}\` is none`);
  const roots = [...given, ...kustomize, ...chart];
  const beside = [...(config ? [config] : []), ...(baseline === undefined ? [] : [baseline]), ...values];
  const checks = new Checks(session, asked);
  return watchChecks({
    paths: [...(roots.length > 0 ? roots : ['.']), ...beside],
    written: outputs.flatMap(({ file }) => file ?? []),
    look: (turn) => checks.look(turn),
    answer: (turn) => checks.answer(turn),
  });
}

class Checks {
  readonly #session: Session;
  readonly #asked: Asked;
  readonly #drawn = new Drawn();
  /** Where a person reads it, as opposed to programs, which are told of everything or nothing. */
  readonly #screen: CheckOutput | undefined;
  /** What the last look at everything that came to its end told, and what tells of changes since it began. */
  #last: { readonly report: Report; readonly near: Near | undefined } | undefined;
  #shown: string | undefined;

  constructor(session: Session, asked: Asked) {
    this.#session = session;
    this.#asked = asked;
    const [only, ...more] = asked.outputs;
    if (only?.format === 'text' && more.length === 0 && !isComparing(asked.args)) this.#screen = only;
  }

  async look(turn: Turn): Promise<void> {
    const result = await this.#session.check({ wait: () => turn.pause() });
    const found = requireFound(result);
    spareInputs(this.#asked.outputs, inputsOf(found, this.#asked));
    await turn.pause();
    const { report } = judged(found, this.#asked);
    await turn.pause();
    const whole = { report, texts: this.#session };
    if (!this.#screen) {
      turn.begin(turn.changed());
      return writeAll(whole, this.#asked);
    }
    const text = await this.#draw(this.#screen, whole);
    // From here on changes are told on top of this look, and nobody waits before that is written.
    this.#last = { report, near: result.near };
    const came = turn.came();
    const before = turn.changed().filter((path) => !came.includes(path));
    const newer = came.length > 0 ? this.#amended(came) : undefined;
    if (newer) this.#show(await this.#draw(this.#screen, newer), turn, [...before, ...came]);
    else if (came.length === 0 || !turn.isTold(before)) this.#show(text, turn, before);
  }

  /**
   * What changes did, as far as what is near them tells, printed before everything is looked at again: whoever waits
   * has it at once, and hears more only if it is not the whole truth.
   */
  async answer(turn: Turn): Promise<void> {
    if (!this.#screen) return;
    const paths = turn.changed();
    const first = this.#amended(paths);
    if (first) this.#show(await this.#draw(this.#screen, first), turn, paths);
  }

  #amended(paths: readonly string[]): Told | undefined {
    const { report, near } = this.#last ?? {};
    const results = near?.(paths);
    if (!report || !results) return undefined;
    const options = reportOptions(this.#asked);
    const before = toReport(results.before, options);
    const after = toReport(results.after, { ...options, idPrefix: 'near-' });
    const amended = amend(report, before, after, results.paths);
    return amended && { report: amended, texts: results };
  }

  #draw(screen: CheckOutput, told: Told): Promise<string> {
    return renderForPeople(screen, told, this.#asked, this.#drawn);
  }

  #show(text: string, turn: Turn, paths: readonly string[]): void {
    if (turn.isTold(paths) && text === this.#shown) return;
    turn.begin(paths);
    writeReport(this.#screen?.file, text);
    this.#shown = text;
  }
}
