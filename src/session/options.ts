import type { ClusterSettings } from '../cluster/bring.ts';
import type { Observation } from '../model/observation.ts';
import type { RenderSettings } from '../render/options.ts';
import type { Rule } from '../rules/rule.ts';
import type { SourceFile } from '../text/source.ts';
import type { ImageOptions } from './images.ts';
import type { Brought } from './input.ts';
import type { LogOption } from './logs.ts';

export interface SessionOptions extends ImageOptions {
  readonly rules: readonly Rule[];
  /** Paths are relative to it and shown relative to it; the process's working directory when left out. */
  readonly cwd?: string | undefined;
  /** Where registries' credentials and caches are looked for; the process's when left out. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** What the path `-` reads, once; the process's when left out. */
  readonly stdin?: StandardInput | undefined;
  /** The configuration file; when left out, the nearest `portolan.config.yaml` upwards from `cwd`; none where it is false. */
  readonly config?: string | false | undefined;
  /**
   * Whether what lies beside the manifests and in them may say what does not count: `.gitignore`, `.portolanignore`,
   * annotations, comments. So it is when left out.
   */
  readonly ignores?: boolean | undefined;
  /** A file of findings that were there before, and do not count. */
  readonly baseline?: string | undefined;
  /** Only findings one of whose ends differs from where this commit and the working tree part are told. */
  readonly changedSince?: string | undefined;
  /** Namespace of objects that name none; `default` when left out. */
  readonly namespace?: string | undefined;
  /** Folders that are applied by themselves; when left out, folders that define the same object are. */
  readonly setDirs?: readonly string[] | undefined;
  /** Parse every document, also of kinds that say nothing about ports. */
  readonly strict?: boolean | undefined;
  readonly logs?: readonly LogOption[] | undefined;
  /** What somebody saw of the thing that runs. */
  readonly observations?: readonly Observation[] | undefined;
  /** A cluster that is asked, beside the paths: those say then who wrote what it has. */
  readonly cluster?: ClusterSettings | undefined;
  /** What brings more than the paths do: rendered charts, a cluster and what is seen there. Asked again at each check. */
  readonly edges?: readonly Edge[] | undefined;
  /**
   * Build what is not applied as it is written: kustomizations, charts, what Flux and Argo CD apply from this
   * repository. It starts `kustomize`, `kubectl` and `helm` of the user's PATH (`env.PATH`), nothing else. `{}` is what
   * the command line does without options; when left out, nothing is started and every file is read as it is written.
   */
  readonly render?: RenderSettings | undefined;
  /** Whether it is certain from the start that `check` is asked again; else that is known when it is. */
  readonly again?: boolean | undefined;
  /** Sees the sources pass while they are read, and passes all of them on. */
  readonly reading?: ((sources: Iterable<SourceFile>) => Iterable<SourceFile>) | undefined;
}

export type StandardInput = AsyncIterable<Uint8Array> & { readonly isTTY?: boolean };

/** Brings sources with the bundle and the origin that it knows of them, and observations. Never throws: errors are among what it brings. */
export type Edge = () => Promise<Brought>;
