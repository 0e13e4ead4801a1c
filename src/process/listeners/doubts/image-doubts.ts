import { nounOf } from '../../../knowledge/noun.ts';
import { whyRemembered } from '../../../knowledge/remembered.ts';
import type { Nothing, Reader, Wordings } from './wording.ts';

/** A Dockerfile, and the image that it builds on. */
interface Built {
  readonly dockerfile: string;
  readonly image: string;
}

/** What can be unknown of an image, and of what the table says of one. */
export interface ImageDoubts {
  readonly 'image-unnamed': Nothing;
  readonly 'image-unknown': { readonly image: string };
  readonly 'image-exposes': { readonly ports: readonly number[] };
  readonly 'entrypoint-unknown': { readonly image: string | undefined };
  readonly 'facts-remembered': Reader;
  readonly 'build-runs': Built;
  readonly 'build-replaces': Built & { readonly path: string };
  readonly 'application-port-unsaid': Reader;
  readonly 'application-opens-more': Reader;
  readonly 'image-env-sets': Reader & { readonly image: string; readonly variable: string };
  readonly 'image-file-says': {
    readonly file: string;
    readonly image: string;
    readonly part: 'port' | 'address';
  };
}

export const IMAGE_DOUBTS: Wordings<ImageDoubts> = {
  'image-unnamed': () => 'the container names no image',
  'image-unknown': ({ image }) => `the image ${image} is not in the table of image facts`,
  'image-exposes': ({ ports }) => `the image says EXPOSE ${ports.join(' ')}, which proves nothing by itself`,
  'entrypoint-unknown': ({ image }) => `the ENTRYPOINT of the image ${image} is not known`,
  'facts-remembered': ({ fact }) => `the facts of ${nounOf(fact)} ${whyRemembered(fact)}`,
  'build-runs': ({ dockerfile, image }) =>
    `RUN in ${dockerfile} can change what the image ${image} below it opens`,
  'build-replaces': ({ dockerfile, image, path }) =>
    `${dockerfile} writes to ${path}, where configuration and programs of the image ${image} below it lie`,
  'application-port-unsaid': ({ fact }) => `nothing in the input says the port of ${nounOf(fact)}`,
  'application-opens-more': ({ fact }) =>
    `the application that ${nounOf(fact)} runs can open ports of its own`,
  'image-env-sets': ({ image, variable, fact }) =>
    `ENV of the image ${image} can set ${variable}, which ${nounOf(fact)} reads`,
  'image-file-says': ({ file, image, part }) => `${file} in the image ${image} can say another ${part}`,
};
