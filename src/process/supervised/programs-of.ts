import type { Container, PodTemplate } from '../../model/model.ts';
import type { Trail } from '../command/trail.ts';
import { programName, type Word } from '../command/word.ts';
import type { ObjectLookup } from '../environment/environment.ts';
import { type MountedFiles, mountedFiles } from '../mounted/mounted-files.ts';
import { ownTrail } from './own-trail.ts';
import { readOverlay, readScanned } from './service-folders.ts';
import type { Supervised } from './supervised.ts';
import { readSupervisor } from './supervisor-conf.ts';

type Read = (words: readonly Word[], mounted: MountedFiles, trail: Trail) => Supervised | undefined;

/** The last argument that is no flag. */
const scanned: Read = (words, mounted, trail) => {
  const directory = words.slice(1).findLast(({ marked }) => !marked.startsWith('-'))?.text;
  return directory?.startsWith('/') ? readScanned(directory, mounted, trail) : undefined;
};

/** `/init` starts what stands behind it as well. */
const overlay: Read = ([, ...words], mounted, trail) => {
  const read = readOverlay(mounted, trail);
  return read && words.length > 0
    ? { ...read, programs: [...read.programs, { words, trail: ownTrail(trail) }] }
    : read;
};

const READERS: ReadonlyMap<string, Read> = new Map([
  ['supervisord', readSupervisor],
  ['s6-svscan', scanned],
  ['runsvdir', scanned],
]);

/**
 * The programs that a container's own program starts, out of files that are mounted. Undefined where it is none that
 * starts others, or nothing of what it reads is in the input.
 */
export function programsOf(
  words: readonly Word[],
  trail: Trail,
  container: Container,
  template: PodTemplate,
  objects: ObjectLookup,
): Supervised | undefined {
  const read = words[0]?.text === '/init' ? overlay : READERS.get(programName(words[0]));
  return read?.(words, mountedFiles(container, template, objects), trail);
}
