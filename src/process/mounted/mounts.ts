import type { ImageFact } from '../../knowledge/image-fact.ts';
import type { Container, PodTemplate, VolumeMount } from '../../model/model.ts';
import { type Doubt, doubt } from '../listeners/doubts/doubt.ts';

/** Mounts that lie over, in or above one of the paths. */
export const coveringMounts = ({ mounts }: Container, paths: readonly string[]): VolumeMount[] =>
  mounts.filter(({ mountPath }) => paths.some((path) => overlap(path, mountPath.value)));

/**
 * Mounts that can hold settings of an earlier run. An emptyDir starts empty, and where the program's
 * configuration is read, objects of the input hold nothing unseen.
 */
export const stateMounts = (
  container: Container,
  { volumes }: PodTemplate,
  { statePaths = [], configFormat, id }: ImageFact,
): Doubt[] =>
  coveringMounts(container, statePaths)
    .filter((mount) => {
      const kind = volumes.find(({ name }) => name === mount.volume)?.kind;
      return kind !== 'emptyDir' && !(configFormat && (kind === 'configMap' || kind === 'secret'));
    })
    .map((mount) => doubt('mount-holds-state', { ...placeOf(mount), image: id }));

/** What a doubt says of a mount. */
export const placeOf = ({ volume, mountPath }: VolumeMount): { volume: string; path: string } => ({
  volume,
  path: mountPath.value,
});

/** True when one is the other or lies above it. */
export function overlap(one: string, other: string): boolean {
  const a = `${one}/`.replace(/\/+/g, '/');
  const b = `${other}/`.replace(/\/+/g, '/');
  return a.startsWith(b) || b.startsWith(a);
}
