import type { ImageFact } from '../knowledge/image-fact.ts';
import type { Container, PodTemplate, VolumeMount } from '../model/model.ts';

/** Mounts over the image's own configuration, one phrase each: what they hold decides which ports are open. */
export const configMounts = ({ mounts }: Container, { configPaths, id }: ImageFact): string[] =>
  mounts
    .filter((mount) => configPaths.some((path) => overlap(path, mount.mountPath.value)))
    .map((mount) => `${describe(mount)} replaces configuration of the image ${id}`);

/** Mounts that can hold settings of an earlier run, one phrase each; an emptyDir starts empty. */
export const stateMounts = (
  { mounts }: Container,
  { volumes }: PodTemplate,
  { statePaths = [], id }: ImageFact,
): string[] =>
  mounts
    .filter((mount) => volumes.find(({ name }) => name === mount.volume)?.kind !== 'emptyDir')
    .filter((mount) => statePaths.some((path) => overlap(path, mount.mountPath.value)))
    .map((mount) => `${describe(mount)} can hold settings of the image ${id} that no manifest shows`);

const describe = ({ volume, mountPath }: VolumeMount): string => `volume ${volume} at ${mountPath.value}`;

/** True when one is the other or lies above it. */
function overlap(one: string, other: string): boolean {
  const a = `${one}/`.replace(/\/+/g, '/');
  const b = `${other}/`.replace(/\/+/g, '/');
  return a.startsWith(b) || b.startsWith(a);
}
