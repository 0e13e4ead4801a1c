/** Why an image's configuration cannot be read, in words for people; never with credentials in it. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
}
