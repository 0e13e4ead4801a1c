import { realpathSync } from 'node:fs';
import { type CheckResult, checkInPieces } from '../engine/check.ts';
import { commentsIn, type PlacedComment } from '../engine/decode-source.ts';
import { Kept } from '../engine/kept.ts';
import { secretsAmong, secretsIn } from '../engine/known-secrets.ts';
import { loadInPieces } from '../engine/load.ts';
import { DEFAULT_SETTINGS, type Settings } from '../graph/links/settings.ts';
import type { Report } from '../report/report.ts';
import { FileSource } from '../sources/file-source.ts';
import { IgnoreFiles } from '../sources/ignore-files.ts';
import { KeptFiles } from '../sources/kept-files.ts';
import { readStdin } from '../sources/stdin.ts';
import type { SourceFile } from '../text/source.ts';
import { benchInMemory, type OpenBench } from './bench.ts';
import { bringFromCluster } from './cluster.ts';
import { readComparisons } from './comparisons.ts';
import { type Configuration, openConfiguration, policyOf } from './configuration.ts';
import { DecodedSources } from './decoded-sources.ts';
import { EndedRun, type FirstAnswer, type Texts } from './ended-run.ts';
import { imageConfigs } from './images.ts';
import { inPieces, type Pause } from './in-pieces.ts';
import { type Brought, type Input, openInput, type Piped } from './input.ts';
import { reasonByName, reasonByText } from './likely-reason.ts';
import { readLogs, strayLogs } from './logs.ts';
import { nothingFound } from './nothing-found.ts';
import type { SessionOptions, StandardInput } from './options.ts';
import { type Problem, wordProblems } from './problem.ts';
import { bringRendered } from './rendered.ts';
import { openStaged } from './staged.ts';
import { brokenVariations } from './vary.ts';

/** All that was found out, or why the run could not begin. */
export type Result =
  | { readonly found: CheckResult; readonly problems: readonly []; readonly near: Near }
  | {
      readonly found: undefined;
      readonly problems: readonly [Problem, ...Problem[]];
      readonly near?: undefined;
    };

/**
 * A first answer about what has changed since a run, found by looking at what is near them: what it looked at as it
 * was, and as it is. The next run gives the last word. It may be asked for while that is half done.
 *
 * @param paths of all files and folders that changed, came or went since that run began; absolute
 * @returns undefined where only a run can tell, as when something else changed than files of manifests, and for a
 * session that was not opened with `again`, which has not kept what there was
 */
export type Near = (paths: readonly string[]) => FirstAnswer | undefined;

/**
 * Runs over the same paths, one after the other. Each looks at everything again: configuration, logs, files, images.
 * What has not changed since the last run is not decoded again.
 */
export interface Session extends Texts {
  /**
   * Never throws on any input; prints nothing. Runs must not overlap.
   *
   * @param pause what is done between pieces of it: `near` of the run before it may be asked then
   */
  check(pause?: Pause): Promise<Result>;
  /** Takes a source in place of what the paths bring under its path, or beside it: an editor's unsaved text. */
  update(source: SourceFile): void;
  /** Takes what the paths bring again. */
  forget(path: string): void;
  /**
   * Where fixes of what was found are tried. Of what programs build from files it is a copy of the files.
   *
   * @param toReport words what a run found
   */
  bench(toReport: (found: CheckResult) => Report): Promise<OpenBench>;
}

/** @param paths files, folders, `-` and URLs; the working directory when there is none */
export const open = (paths: readonly string[], options: SessionOptions): Session =>
  new PathSession(paths, options);

interface KeptRun {
  readonly files: KeptFiles;
  readonly run: Kept;
}

class PathSession implements Session {
  readonly #paths: readonly string[];
  readonly #options: SessionOptions;
  readonly #cwd: string;
  readonly #decoded = new DecodedSources();
  readonly #updates = new Map<string, SourceFile>();
  readonly #piped: Piped;
  #configuration: Configuration | undefined;
  #last: EndedRun | undefined;
  /** From the second run on: who asks twice asks again, and who asks once does not pay for it. */
  #kept: KeptRun | undefined;

  constructor(paths: readonly string[], options: SessionOptions) {
    this.#paths = paths;
    this.#options = options;
    this.#cwd = options.cwd ?? process.cwd();
    if (options.again) this.#keep();
    let piped: ReturnType<Piped> | undefined;
    this.#piped = () => {
      piped ??= readStdin(this.#stdin());
      return piped;
    };
  }

  async check(pause?: Pause): Promise<Result> {
    const { config, logs: logOptions = [], edges = [], strict, setDirs, rules } = this.#options;
    const configured = await openConfiguration(config, this.#cwd, this.#configuration);
    if (configured.problems.length > 0) return stopped(configured.problems);
    this.#configuration = configured.configuration;
    const { settings = DEFAULT_SETTINGS, kinds, services, isOutside } = this.#configuration ?? {};

    const unreadable = this.#stdinProblems();
    if (unreadable.length > 0) return stopped(unreadable);
    const { logs, problems } = await readLogs(logOptions, this.#cwd, this.#piped);
    if (problems.length > 0) return stopped(problems);

    const compared = readComparisons(this.#options, this.#plainPaths(), this.#cwd);
    if (compared.problems.length > 0) return stopped(compared.problems);

    const configuration = this.#configuration;
    const ignoreFiles = this.#ignoreFiles(configuration);
    const files = this.#kept?.files;
    files?.begin();
    const input = await openInput(this.#plainPaths(), this.#cwd, this.#piped, ignoreFiles, files);
    const more = await Promise.all([
      ...edges.map((edge) => edge()),
      this.#rendered(ignoreFiles, settings),
      ...(this.#options.cluster
        ? [bringFromCluster(this.#options.cluster, { ...this.#place(), kinds })]
        : []),
    ]);
    const namespace = this.#options.namespace ?? more.find((one) => one.namespace !== undefined)?.namespace;
    this.#decoded.begin({ namespace, strict, kinds });
    const covered: PlacedComment[] = [];
    const reading = this.#reading([input, ...more], covered);
    const loading = loadInPieces(reading, { namespace, strict, kinds, decoded: this.#decoded.decode });
    const loaded = await inPieces(loading, pause);
    this.#decoded.end();
    for (const { loaded: tell } of more) tell?.(loaded.resources);
    const stray = strayLogs(logs, loaded.resources);
    if (stray.length > 0) return stopped(stray);

    const { imageConfig, errors } = await imageConfigs(loaded, this.#options, {
      ...this.#place(),
      paths: input.paths,
      hasDockerfile: input.hasDockerfile(),
      builds: more.flatMap((one) => one.imageBuilds ?? []),
      facts: settings.facts,
    });
    const observations = [
      ...logs,
      ...(this.#options.observations ?? []),
      ...more.flatMap((one) => one.observations ?? []),
    ];
    const context = {
      ...{ namespace, strict, kinds, setDirs, services, isOutside },
      settings: {
        ...settings,
        imageConfig,
        observations,
        composeMappings: more.flatMap((one) => one.composeMappings ?? []),
      },
    };
    const variations = more.flatMap((one) => one.variations ?? []);
    const broken = variations.length > 0 ? brokenVariations(loaded, variations, context) : [];
    const checkOptions = { ...context, rules, settings: { ...context.settings, variations: broken } };
    const checking = checkInPieces(loaded, { ...checkOptions, kept: this.#kept?.run });
    const result = await inPieces(checking, pause);
    const known = withInputErrors(
      {
        ...result,
        configuration: this.#configuration?.source.path,
        failOn: this.#configuration?.failOn,
        passedBy: ignoreFiles.passedBy,
        ...{ baseline: compared.baseline, changes: compared.changes },
        policy: policyOf(this.#configuration, this.#options.ignores !== false, this.#cwd),
        comments: [...result.comments, ...covered],
        plan: more.flatMap(({ plan }) => plan ?? []),
        denied: more.flatMap(({ denied }) => denied ?? []),
        builtFrom: new Set(more.flatMap(({ builtFrom }) => [...(builtFrom ?? [])])),
      },
      input,
      more.flatMap((one) => one.errors),
      errors,
    );
    const { unread } = loaded;
    // The working directory that is meant without a word is not named.
    const named = this.#paths.length > 0 ? input.named : [];
    const empty = nothingFound(named, { ...known, templates: unread }, known.errors);
    const found = { ...known, errors: [...known.errors, ...empty] };
    const ended = new EndedRun({ found, configuration, edges: more });
    this.#last = ended;
    const kept = this.#keep().run;
    if (!this.#options.again) return { found, problems: [], near: () => undefined };
    const secrets = secretsIn([...loaded.resources, ...(services ?? [])]);
    const near: Near = (paths) =>
      this.#updates.size > 0
        ? undefined
        : ended.near(paths, {
            ...{ loaded, secrets, options: checkOptions, kept, cwd: this.#cwd },
            ...{ asked: this.#plainPaths(), ignoreFiles: () => this.#ignoreFiles(configuration) },
          });
    return { found: { ...found, secrets: secretsAmong([secrets]) }, problems: [], near };
  }

  #keep(): KeptRun {
    this.#kept ??= { files: new KeptFiles(), run: new Kept() };
    return this.#kept;
  }

  /** What is built by force is not read beside it; where a cluster is asked, no path means none. */
  #plainPaths(): readonly string[] {
    return this.#paths.length > 0 || this.#isForced() || this.#options.cluster ? this.#paths : ['.'];
  }

  #isForced(): boolean {
    const { kustomizations = [], charts = [] } = this.#options.render ?? {};
    return kustomizations.length + charts.length > 0;
  }

  #ignoreFiles({ folder, exclude = [], source }: Partial<Configuration> = {}): IgnoreFiles {
    return new IgnoreFiles({
      cwd: this.#cwd,
      reads: this.#options.ignores !== false,
      excluded:
        folder !== undefined && source
          ? { folder: realpathSync.native(folder), patterns: exclude, by: source.path }
          : undefined,
    });
  }

  async #rendered(ignoreFiles: IgnoreFiles, { facts }: Settings): Promise<Brought> {
    const { render, cluster } = this.#options;
    if (!render || (cluster && this.#paths.length === 0 && !this.#isForced()))
      return { sources: [], errors: [] };
    const knownPorts = (image: string): number[] =>
      (facts(image)?.ports ?? []).flatMap(({ port, protocol = 'TCP', closed, conditional }) =>
        protocol === 'TCP' && !closed && !conditional ? [port] : [],
      );
    return bringRendered(this.#paths, render, { ...this.#place(), knownPorts }, ignoreFiles);
  }

  #place(): { readonly cwd: string; readonly env: NodeJS.ProcessEnv } {
    return { cwd: this.#cwd, env: this.#options.env ?? process.env };
  }

  update(source: SourceFile): void {
    this.#updates.set(source.path, source);
  }

  forget(path: string): void {
    this.#updates.delete(path);
  }

  textOf(path: string): string | undefined {
    return this.#last?.textOf(path);
  }

  isChanged(path: string): boolean {
    return this.#last?.isChanged(path) === true;
  }

  async bench(toReport: (found: CheckResult) => Report): Promise<OpenBench> {
    if (!this.#last) await this.check();
    const isBuilt = this.#last?.found.plan?.some(({ state }) => state === 'built');
    const staged = isBuilt ? openStaged(this.#paths, this.#options, this.#cwd) : undefined;
    if (staged) {
      const session = new PathSession(staged.paths, staged.options);
      return staged.bench(reportsOf(session, toReport));
    }
    return benchInMemory(
      {
        sourceOf: (path) => this.#last?.sourceOf(path),
        updateOf: (path) => this.#updates.get(path),
        update: (source) => this.update(source),
        forget: (path) => this.forget(path),
      },
      reportsOf(this, toReport),
    );
  }

  /** @param covered gets the comments of files that are not checked beside what was built of them */
  #reading(brought: readonly Brought[], covered: PlacedComment[]): Iterable<SourceFile> {
    const updates = this.#updates;
    const isAgain = this.#options.again === true;
    const isCovered = (path: string): boolean => brought.some(({ covers }) => covers?.has(path));
    function* all(): Generator<SourceFile> {
      const left = new Map(updates);
      for (const { sources } of brought) {
        for (const source of sources) {
          if (source.kind === 'file' && isCovered(source.path)) {
            for (const one of commentsIn(source)) covered.push(one);
            continue;
          }
          // Who waits for changes compares what there was before.
          if (isAgain && source instanceof FileSource) source.hold();
          yield left.get(source.path) ?? source;
          left.delete(source.path);
        }
      }
      // What is built from a file is read from the disk.
      for (const source of left.values()) if (!isCovered(source.path)) yield source;
    }
    return this.#options.reading?.(all()) ?? all();
  }

  #stdin(): StandardInput {
    return this.#options.stdin ?? process.stdin;
  }

  #stdinProblems(): Problem[] {
    const logs = (this.#options.logs ?? []).filter(({ file }) => file === '-').length;
    const asked = logs + this.#paths.filter((path) => path === '-').length;
    const problem = (message: string): Problem[] => [{ kind: 'standard-input', path: '-', message }];
    if (logs > 0 && asked > 1)
      return problem('standard input can be read once; give the other logs and the manifests as files');
    if (asked === 0 || !this.#stdin().isTTY) return [];
    return problem(
      `\`-\` reads standard input, which is a terminal here; pipe ${logs > 0 ? 'a log' : 'manifests'} into it`,
    );
  }
}

/** A run that cannot begin any more proves nothing. */
const reportsOf =
  (session: Session, toReport: (found: CheckResult) => Report): (() => Promise<Report>) =>
  async () => {
    const { found, problems } = await session.check();
    if (!found) throw new Error(wordProblems(problems));
    return toReport(found);
  };

function stopped([first, ...more]: readonly Problem[]): Result {
  return { found: undefined, problems: [first!, ...more] };
}

/** The input errors of the edges and of the engine; a named file that holds no Kubernetes object is one too. */
function withInputErrors(
  result: CheckResult,
  input: Input,
  ofEdges: CheckResult['errors'],
  ofImages: CheckResult['errors'],
): CheckResult {
  const isTold = new Set(ofEdges.map(({ path }) => path));
  const reasonOf = reasons(result);
  const unwanted = result.foreign
    .filter(({ path }) => input.isNamed(path) && !isTold.has(path))
    .map((one) => {
      const reason = reasonOf(one.path);
      return reason === undefined ? one : { ...one, message: `${one.message}; ${reason}` };
    });
  const foreign = [...input.foreign, ...result.foreign.filter(({ path }) => !input.isNamed(path))];
  return {
    ...result,
    errors: [...input.errors, ...ofEdges, ...result.errors, ...unwanted, ...ofImages],
    foreign,
  };
}

/** What a named file is instead, looked for once: a file may hold any number of documents that are no objects. */
function reasons({ sources }: CheckResult): (path: string) => string | undefined {
  const sourceOf = new Map(sources.map(({ source }) => [source.path, source]));
  const known = new Map<string, string | undefined>();
  return (path) => {
    if (!known.has(path)) known.set(path, reasonByName(path) ?? reasonByText(sourceOf.get(path)?.text ?? ''));
    return known.get(path);
  };
}
