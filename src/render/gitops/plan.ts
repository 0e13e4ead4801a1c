import { dirname } from 'node:path';
import { get } from '../../model/reader.ts';
import type { Planned } from '../../sources/planned.ts';
import { readChart } from '../helm/chart.ts';
import type { HelmRoot } from '../helm/root.ts';
import { closureOf } from '../kustomize/closure.ts';
import type { KustomizeRoot } from '../kustomize/render.ts';
import type { RenderOptions } from '../options.ts';
import { treeOf } from '../repository.ts';
import type { WrittenFiles } from '../written.ts';
import { planApplication } from './application.ts';
import { applicationsOf } from './application-set/plan.ts';
import type { Build, Surroundings } from './build.ts';
import { ConfiguredValues } from './configured-values.ts';
import { planFluxKustomization } from './flux-kustomization.ts';
import { gitSources } from './git-sources.ts';
import { planHelmRelease } from './helm-release.ts';
import { LEFT_OUT } from './left-out.ts';
import { type GitOpsObject, gitOpsObjects, textAt } from './objects.ts';

export interface GitOpsPlan {
  readonly kustomizations: readonly KustomizeRoot[];
  readonly charts: readonly HelmRoot[];
  /** What is not built, and why. */
  readonly others: readonly Planned[];
}

/**
 * What Flux and Argo CD apply from folders of this repository, with what they add. Whether a path is one of this
 * repository is told by its being there; what lies elsewhere is told, not guessed.
 */
export function planGitOps({ found, cwd, helm = {} }: RenderOptions, written: WrittenFiles): GitOpsPlan {
  const plan = { kustomizations: [] as KustomizeRoot[], charts: [] as HelmRoot[], others: [] as Planned[] };
  const configured = new ConfiguredValues(found.files, found.kustomizations, written);
  const objects = gitOpsObjects(found.files, written);
  const isElsewhere = gitSources(objects);
  const names = new Map<string, number>();
  // What is built of each is told apart by it.
  const nameFor = ({ name, file }: GitOpsObject): string => {
    const count = (names.get(`${file}\0${name}`) ?? 0) + 1;
    names.set(`${file}\0${name}`, count);
    return count === 1 ? name : `${name} #${count}`;
  };
  const buildOf = (object: GitOpsObject, tree: string): Build => {
    const kind = object.kind === 'application' || object.kind === 'application-set' ? 'argo-cd' : 'flux';
    const base = { path: object.source.path, kind } as const;
    const cluster = clusterOf(object);
    const folder = written.shown(dirname(object.file));
    const together = cluster === undefined ? folder : `${folder} (${cluster})`;
    const common = { planned: { ...base, set: together }, by: nameFor(object), together, isNamed: false };
    return {
      skip: (reason) => void plan.others.push({ ...base, state: 'left-out', reason }),
      kustomize: (folder, overlay, more) =>
        void plan.kustomizations.push({
          folder,
          closure: closureOf(folder, tree, written, more.components),
          overlay,
          ...common,
          ...more,
        }),
      chart: (folder, settings, more) =>
        void plan.charts.push({
          chart: readChart(folder, tree, written),
          settings: { kubeVersion: helm.kubeVersion, apiVersions: helm.apiVersions, ...settings },
          ...common,
          ...more,
        }),
    };
  };
  for (const object of objects) {
    const tree = treeOf(dirname(object.file), cwd);
    const around = { tree, written, configured, isElsewhere };
    planObject(object, around, (one) => buildOf(one, tree));
  }
  return plan;
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
