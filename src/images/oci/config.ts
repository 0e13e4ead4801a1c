import type { ImageConfig } from '../../model/image-config.ts';
import { exposedPorts } from '../dockerfile/exposed.ts';
import { ImageError } from '../image-error.ts';
import { isObject, parseJson, textOf, textsOf } from './json.ts';

/**
 * Reads the configuration blob of an image (opencontainers/image-spec, config.md). Everything in it may be missing,
 * and is then known to be missing. Throws ImageError.
 */
export function decodeConfig(bytes: Uint8Array, from: string): ImageConfig {
  const blob = parseJson(bytes, 'the configuration of the image');
  if (!isObject(blob)) throw new ImageError('the configuration of the image is no JSON object');
  const config = isObject(blob.config) ? blob.config : {};
  const env = new Map<string, string>();
  for (const entry of textsOf(config.Env) ?? []) {
    const equals = entry.indexOf('=');
    if (equals > 0) env.set(entry.slice(0, equals), entry.slice(equals + 1));
  }
  const ports = isObject(config.ExposedPorts) ? Object.keys(config.ExposedPorts) : [];
  return {
    from,
    env,
    entrypoint: textsOf(config.Entrypoint),
    cmd: textsOf(config.Cmd),
    user: textOf(config.User) || undefined,
    exposed: ports.flatMap((port) => exposedPorts(port) ?? []),
    complete: true,
    base: undefined,
  };
}
