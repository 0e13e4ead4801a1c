import type { Planned } from '../sources/planned.ts';
import { LEFT_OUT } from './gitops/left-out.ts';
import { type GitOpsObject, gitOpsObjects, printedObjects } from './gitops/objects.ts';
import { GitOpsPlanner } from './gitops/plan.ts';
import type { RenderOptions } from './options.ts';
import type { RootResult } from './root.ts';
import { filesIn, folderOf, isAlone, type Root, rootsOf, takenBy } from './roots.ts';
import { switchedOff } from './switched-off.ts';
import type { WrittenFiles } from './written.ts';

/** What was made of a root. */
export interface Followed {
  readonly root: Root;
  readonly result: RootResult;
  /** What told of it: a build that printed an object; undefined for what files tell. */
  readonly from: Followed | undefined;
}

/** What is not built, and the build that told of it. */
interface Skipped {
  readonly planned: Planned;
  readonly from: Followed | undefined;
}

/** Objects that one run follows out of what was built: nobody keeps more, and each costs a build. */
const MOST_PRINTED = 2000;

export interface FollowedRoots {
  readonly followed: readonly Followed[];
  readonly others: readonly Planned[];
  /** Nobody applies them. */
  readonly unapplied: readonly Root[];
}

/**
 * Builds roots, and what the objects of Flux and Argo CD tell of, those too that a build prints: they are applied with
 * what an overlay or a template made of them, and not as they stand in their files. A folder that a controller applies
 * is not built by itself.
 *
 * @param alone the roots that stand for themselves
 * @param unapplied absolute paths of files that nobody applies: what they tell controllers of is not applied either
 */
export async function follow(
  alone: readonly Root[],
  unapplied: readonly string[],
  options: RenderOptions,
  written: WrittenFiles,
  build: (roots: readonly Root[]) => Promise<RootResult[]>,
): Promise<FollowedRoots> {
  const held = new Set(alone.flatMap(filesIn));
  const all = gitOpsObjects(options.found.files, written);
  const { objects, foreseen, reasonOf } = switchedOff(alone, unapplied, all, (told) =>
    rootsOf(new GitOpsPlanner(options, written, all).plan(told)),
  );
  const isHeld = ({ file }: GitOpsObject): boolean => held.has(file);
  const planner = new GitOpsPlanner(options, written, objects);
  const followed: Followed[] = [];
  const others: Skipped[] = [];
  const plan = (told: readonly GitOpsObject[], from?: Followed): { root: Root; from: typeof from }[] => {
    const made = planner.plan(told);
    for (const planned of made.others) others.push({ planned, from });
    return rootsOf(made).map((root) => ({ root, from }));
  };
  const off = alone.filter((root) => reasonOf(root) !== undefined);
  const isDeferred = (root: Root): boolean => !root.isNamed && foreseen.has(folderOf(root));
  let left = MOST_PRINTED;
  let wave = [
    ...plan(objects.filter((one) => !isHeld(one))),
    ...alone
      .filter((root) => !isDeferred(root) && !off.includes(root))
      .map((root) => ({ root, from: undefined })),
  ];
  let deferred = alone.filter((root) => isDeferred(root) && !off.includes(root));
  const inOverlays = new Set(alone.flatMap((root) => (root.with === 'helm' ? [] : filesIn(root))));
  let raw = objects.filter(({ file }) => inOverlays.has(file));
  for (;;) {
    const results = await build(wave.map(({ root }) => root));
    const made = wave.map(({ root, from }, at): Followed => ({ root, from, result: results[at]! }));
    for (const one of made) followed.push(one);
    wave = made.flatMap((one) => {
      const printed = printedBy(one, written);
      if (printed.length > left) others.push({ planned: tooMany(one.root), from: one });
      const some = printed.slice(0, left);
      left -= some.length;
      return some.length > 0 ? plan(some, one) : [];
    });
    if (wave.length > 0) continue;
    const taken = takenByControllers(followed);
    wave = deferred.filter((root) => !taken.has(folderOf(root))).map((root) => ({ root, from: undefined }));
    deferred = [];
    if (wave.length > 0) continue;
    // What holds them could not be built: they are taken as they are written.
    const built = new Set(
      followed.filter(({ result }) => result.planned.state === 'built').flatMap(({ root }) => filesIn(root)),
    );
    wave = plan(raw.filter(({ file }) => !built.has(file)));
    raw = [];
    if (wave.length === 0) break;
  }
  const isLeft = withoutTaken(followed);
  const taken = takenByControllers(followed);
  const stayOff = off.filter((root) => !taken.has(folderOf(root)));
  return {
    followed: followed.filter(isLeft),
    others: [
      ...others.filter(({ from }) => from === undefined || isLeft(from)).map(({ planned }) => planned),
      ...stayOff.map(
        (root): Planned => ({
          ...root.planned,
          state: 'left-out',
          reason: reasonOf(root) ?? '',
          help: `\`portolan check ${root.planned.path}\` checks it all the same`,
        }),
      ),
    ],
    unapplied: stayOff,
  };
}

const takenByControllers = (followed: readonly Followed[]): ReadonlySet<string> =>
  new Set(followed.filter(({ root }) => !isAlone(root)).flatMap(({ root }) => [...takenBy(root)]));

function printedBy({ root, result }: Followed, written: WrittenFiles): GitOpsObject[] {
  const folder = folderOf(root);
  const folders = root.folders ?? [folder];
  const shown = written.shown(folder);
  return result.sources.flatMap((source) =>
    source.bundle ? printedObjects(source, { folder, shown, folders, together: source.bundle }) : [],
  );
}

const tooMany = ({ planned }: Root): Planned => ({
  ...planned,
  state: 'left-out',
  reason: LEFT_OUT.tooMany(MOST_PRINTED),
});

/**
 * A folder by itself goes where a controller turned out to apply it, and all that it told of goes with it; of two that
 * tell of each other the first one stays.
 */
function withoutTaken(followed: readonly Followed[]): (one: Followed) => boolean {
  const gone = new Set<Followed>();
  const isLeft = (one: Followed): boolean => !gone.has(one) && (one.from === undefined || isLeft(one.from));
  const isWithin = (one: Followed, other: Followed): boolean =>
    one === other || (one.from !== undefined && isWithin(one.from, other));
  for (const one of followed.filter(({ root }) => isAlone(root) && !root.isNamed).toReversed()) {
    const folder = folderOf(one.root);
    const isTaken = followed.some(
      (other) =>
        !isAlone(other.root) &&
        !isWithin(other, one) &&
        isLeft(other) &&
        [...takenBy(other.root)].includes(folder),
    );
    if (isTaken) gone.add(one);
  }
  return isLeft;
}
