import type { ConfigFormat } from '../../../knowledge/image-fact.ts';
import { type WrittenSetting, wordSetting } from '../grounds/written-setting.ts';
import type { Wordings } from './wording.ts';

/** A volume, and where it is mounted. */
interface Mount {
  readonly volume: string;
  readonly path: string;
}

/** A source of a volume: `ConfigMap`, `Secret`. */
interface VolumeObject {
  readonly kind: string;
  readonly name: string;
}

/** What can be unknown of what volumes put into a container. */
export interface MountDoubts {
  readonly 'mount-hides-port': Mount & { readonly port: number };
  readonly 'mount-hides-configuration': Mount & { readonly image: string };
  readonly 'mount-holds-state': Mount & { readonly image: string };
  readonly 'main-file-hidden': { readonly path: string };
  readonly 'setting-beside-configuration': { readonly setting: WrittenSetting };
  readonly 'volume-filled-later': Mount;
  readonly 'volume-without-path': { readonly volume: string; readonly subPath: string | undefined };
  readonly 'source-filled-later': { readonly source: string };
  readonly 'volume-object-outside': VolumeObject;
  readonly 'key-too-large': { readonly from: string };
  readonly 'key-binary': { readonly from: string };
  readonly 'key-absent': VolumeObject & { readonly key: string };
  /** `read`: the file that it failed on, or the container. */
  readonly 'reader-failed': { readonly format: ConfigFormat; readonly read: string; readonly cause: string };
}

export const MOUNT_DOUBTS: Wordings<MountDoubts> = {
  'mount-hides-port': ({ port, ...mount }) =>
    `${wordMount(mount)} replaces the configuration that says where ${port} is`,
  'mount-hides-configuration': ({ image, ...mount }) =>
    `${wordMount(mount)} replaces configuration of the image ${image}`,
  'mount-holds-state': ({ image, ...mount }) =>
    `${wordMount(mount)} can hold settings of the image ${image} that no manifest shows`,
  'main-file-hidden': ({ path }) => `a volume hides ${path} of the image`,
  'setting-beside-configuration': ({ setting }) =>
    `what ${wordSetting(setting)} means beside mounted configuration is not followed`,
  'volume-filled-later': (mount) => `${wordMount(mount)} is filled at run time`,
  'volume-without-path': ({ volume, subPath }) => `volume ${volume} has no ${subPath}`,
  'source-filled-later': ({ source }) => `${source} is filled in at run time`,
  'volume-object-outside': ({ kind, name }) => `${kind} ${name} is not in the input`,
  'key-too-large': ({ from }) => `${from} is larger than the API server takes`,
  'key-binary': ({ from }) => `${from} is binary`,
  'key-absent': ({ kind, name, key }) => `${kind} ${name} has no key ${key}`,
  'reader-failed': ({ format, read, cause }) =>
    `the reader of ${format} configuration failed on ${read}, and what it opens is not known: ${cause}`,
};

const wordMount = ({ volume, path }: Mount): string => `volume ${volume} at ${path}`;
