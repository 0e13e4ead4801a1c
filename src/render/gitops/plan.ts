import { get } from '../../model/reader.ts';
import type { Planned } from '../../sources/planned.ts';
import type { Bundle } from '../../text/source.ts';
import { readChart } from '../helm/chart.ts';
import type { HelmRoot } from '../helm/root.ts';
import { closureOf } from '../kustomize/closure.ts';
import type { KustomizeRoot } from '../kustomize/render.ts';
import type { RenderOptions } from '../options.ts';
import type { WrittenFiles } from '../written.ts';
import { planApplication } from './application.ts';
import { applicationsOf } from './application-set/plan.ts';
import type { Build, Surroundings } from './build.ts';
import { ConfiguredValues } from './configured-values.ts';
import { planFluxKustomization } from './flux-kustomization.ts';
import { gitSources } from './git-sources.ts';
import { planHelmRelease } from './helm-release.ts';
import { LEFT_OUT } from './left-out.ts';
import { type GitOpsObject, textAt } from './objects.ts';

export interface GitOpsPlan {
  readonly kustomizations: readonly KustomizeRoot[];
  readonly charts: readonly HelmRoot[];
  /** What is not built, and why. */
  readonly others: readonly Planned[];
}

/** How many builds may lead to one another: nobody keeps more. */
const DEEPEST = 8;

/**
 * What Flux and Argo CD apply from folders of this repository, with what they add. Whether a path is one of this
 * repository is told by its being there; what lies elsewhere is told, not guessed.
 */
export class GitOpsPlanner {
  readonly #options: RenderOptions;
  readonly #written: WrittenFiles;
  readonly #configured: ConfiguredValues;
  readonly #isElsewhere: Surroundings['isElsewhere'];
  readonly #names = new Map<string, number>();

  /** @param objects all that the files of the repository say */
  constructor(options: RenderOptions, written: WrittenFiles, objects: readonly GitOpsObject[]) {
    this.#options = options;
    this.#written = written;
    this.#configured = new ConfiguredValues(options.found.files, options.found.kustomizations, written);
    this.#isElsewhere = gitSources(objects);
  }

  plan(objects: readonly GitOpsObject[]): GitOpsPlan {
    const plan = { kustomizations: [] as KustomizeRoot[], charts: [] as HelmRoot[], others: [] as Planned[] };
    for (const object of objects) {
      const tree = this.#written.treeOf(object.folder);
      const around = {
        tree,
        written: this.#written,
        configured: this.#configured,
        isElsewhere: this.#isElsewhere,
      };
      planObject(object, around, (one) => this.#buildOf(one, tree, plan));
    }
    return plan;
  }

  #buildOf(
    object: GitOpsObject,
    tree: string,
    plan: { kustomizations: KustomizeRoot[]; charts: HelmRoot[]; others: Planned[] },
  ): Build {
    const { helm = {} } = this.#options;
    const written = this.#written;
    const kind = object.kind === 'application' || object.kind === 'application-set' ? 'argo-cd' : 'flux';
    const base = {
      path: object.shown,
      kind,
      ...(object.name === '' ? {} : { object: object.name }),
    } as const;
    const beyond = clusterOf(object);
    const shown = written.shown(object.folder);
    const own: Bundle = { kind: 'kustomization', path: shown === '.' ? '' : shown };
    const { kind: bundle, path } = object.printing?.together ?? own;
    const together: Bundle = {
      kind: bundle,
      path: beyond === undefined ? path : `${path || '.'} (${beyond})`,
    };
    const folders = object.printing?.folders ?? [];
    const skip: Build['skip'] = (reason, help) =>
      void plan.others.push({ ...base, state: 'left-out', reason, ...(help ? { help } : {}) });
    /** What is built may tell of builds: it ends where it comes back to one, or is too deep. */
    const goesOn = (folder: string): boolean => {
      if (folders.includes(folder)) skip(LEFT_OUT.circle(written.shown(folder)));
      else if (folders.length >= DEEPEST) skip(LEFT_OUT.tooDeep(DEEPEST));
      else return true;
      return false;
    };
    const common = (folder: string) => ({
      planned: { ...base, set: together.path || '.' },
      by: this.#nameFor(object),
      together,
      isNamed: false,
      folders: [...folders, folder],
    });
    return {
      skip,
      kustomize: (folder, overlay, more) => {
        if (!goesOn(folder)) return;
        const closure = closureOf(folder, tree, written, more.components);
        plan.kustomizations.push({ folder, closure, overlay, ...common(folder), ...more });
      },
      chart: (folder, settings, more) => {
        if (!goesOn(folder)) return;
        plan.charts.push({
          chart: readChart(folder, tree, written),
          settings: { kubeVersion: helm.kubeVersion, apiVersions: helm.apiVersions, ...settings },
          ...common(folder),
          ...more,
        });
      },
    };
  }

  /** What is built of each is told apart by it. */
  #nameFor({ name, shown }: GitOpsObject): string {
    const count = (this.#names.get(`${shown}\0${name}`) ?? 0) + 1;
    this.#names.set(`${shown}\0${name}`, count);
    return count === 1 ? name : `${name} #${count}`;
  }
}

/** Another cluster than the controller's own: what goes there meets nothing of this one. */
function clusterOf({ spec }: GitOpsObject): string | undefined {
  const destination = get(spec, 'destination');
  const named = textAt(destination, 'name') ?? textAt(destination, 'server');
  if (named !== undefined) return OWN_CLUSTER.has(named) ? undefined : named;
  return textAt(spec, 'kubeConfig', 'secretRef', 'name');
}

const OWN_CLUSTER: ReadonlySet<string> = new Set(['in-cluster', 'https://kubernetes.default.svc']);

function planObject(
  object: GitOpsObject,
  around: Surroundings,
  buildOf: (object: GitOpsObject) => Build,
): void {
  const build = buildOf(object);
  if (object.kind === 'flux-kustomization') planFluxKustomization(object, around, build);
  else if (object.kind === 'helm-release') planHelmRelease(object, around, build);
  else if (object.kind === 'application') planApplication(object, around, build);
  else if (object.kind === 'application-set') {
    const made = applicationsOf(object, around);
    if ('undecided' in made) build.skip(LEFT_OUT.undecided(made.undecided));
    else for (const one of made) planApplication(one, around, buildOf(one));
  }
}
