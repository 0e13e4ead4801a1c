import { folderOf } from '../../text/slashes.ts';
import { trimEndOf } from '../../text/trim-end.ts';
import { readVariable, type Trail } from '../command/trail.ts';
import type { ConfigFile } from '../config-files/config-file.ts';
import type { Environment } from '../environment/environment.ts';
import { serviceLinks } from '../environment/service-links.ts';
import { Variables } from '../environment/variables.ts';
import { doubt } from '../listeners/doubts/doubt.ts';
import { covers, type MountedFiles } from '../mounted/mounted-files.ts';
import { ownTrail } from './own-trail.ts';
import { followRun } from './run-script.ts';
import type { Supervised, SupervisedProgram } from './supervised.ts';

/** What s6-svscan and runsvdir start: the `run` of each folder in the one that they are told. */
export function readScanned(directory: string, mounted: MountedFiles, trail: Trail): Supervised | undefined {
  const runs = runsIn(mounted, directory);
  if (runs.length === 0) return undefined;
  return {
    programs: runs.map((file) => startedBy(file, ownTrail(trail))),
    listeners: [],
    doubts: covers(mounted, directory)
      ? []
      : [doubt('supervises-more', { program: 's6-svscan', path: directory })],
  };
}

/** Folders of services of s6-overlay: those of version 3, and those of before. */
const SOURCES = '/etc/s6-overlay/s6-rc.d';
const OVERLAY = [SOURCES, '/etc/services.d'];

/**
 * What `/init` of s6-overlay starts (services-up and rc.init of just-containers/s6-overlay): the services of the bundle
 * `user`, and every folder of services.d.
 */
export function readOverlay(mounted: MountedFiles, trail: Trail): Supervised | undefined {
  const runs = OVERLAY.flatMap((directory) => runsIn(mounted, directory)).filter(
    (file) => folderOf(folderOf(file.path)) !== SOURCES || isInBundle(file, mounted),
  );
  if (runs.length === 0) return undefined;
  return {
    programs: runs.map((file) => startedBy(file, trailOf(file, trail))),
    listeners: [],
    doubts: OVERLAY.filter((directory) => !covers(mounted, directory)).map((path) =>
      doubt('supervises-more', { program: '/init', path }),
    ),
  };
}

/** A service of version 3 is started where a bundle or another service names it. Without a list, that of the image does. */
function isInBundle({ path }: ConfigFile, { files }: MountedFiles): boolean {
  const folder = folderOf(path);
  const name = folder.slice(SOURCES.length + 1);
  const lists = files.filter((file) => /\/(?:contents|dependencies)\.d\/[^/]+$/.test(file.path));
  const isListed = lists.some((file) => file.path.endsWith(`.d/${name}`));
  return isListed || !lists.some((file) => file.path.includes('/contents.d/'));
}

/** They are given none of the container's variables unless they, or S6_KEEP_ENV, ask for them. */
function trailOf(file: ConfigFile, trail: Trail): Trail {
  const keep = readVariable(trail, 'S6_KEEP_ENV');
  const isKept = keep.kind === 'set' && Number(keep.variable.value) > 0;
  if (isKept || file.text.value.includes('with-contenv')) return ownTrail(trail);
  const isEmptied =
    keep.kind === 'set' ? keep.variable.value !== undefined : keep.kind === 'unset' && !keep.image;
  return ownTrail({ ...trail, assigned: new Map() }, emptied(trail.environment, isEmptied));
}

/** Nothing but the search path, whatever the image and the Pod set. */
const emptied = (environment: Environment, complete: boolean): Environment => ({
  variables: Variables.none,
  complete,
  unseen: complete ? undefined : '`/init`',
  overwritten: () => [],
  links: serviceLinks(false, () => []),
  image: {
    from: 's6-overlay',
    env: new Map(),
    entrypoint: undefined,
    cmd: undefined,
    user: environment.image?.user,
    exposed: [],
    complete,
    base: undefined,
  },
});

const runsIn = ({ files }: MountedFiles, directory: string): ConfigFile[] => {
  const inside = trimEndOf(directory, '/');
  return files.filter(({ path }) => path.endsWith('/run') && folderOf(folderOf(path)) === inside);
};

const startedBy = (file: ConfigFile, trail: Trail): SupervisedProgram => ({
  words: followRun(file, trail),
  trail,
});
