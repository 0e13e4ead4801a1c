import type { ConfigFormat } from '../../knowledge/image-fact.ts';
import { findImageFact, type ImageFacts } from '../../knowledge/lookup.ts';
import type { ComposeMapping } from '../../model/compose-mapping.ts';
import type { ImageConfig } from '../../model/image-config.ts';
import type { Observation } from '../../model/observation.ts';
import type { BrokenVariation } from '../../model/variation.ts';
import type { ConfigReader } from '../../process/config-files/config-file.ts';
import { configReaderOf } from '../../process/config-files/index.ts';
import type { ControllerName } from './controller.ts';

/** What a run knows besides its manifests: its configuration file, its flags. */
export interface Settings {
  readonly facts: ImageFacts;
  /** What reads the mounted files of a format. */
  readonly configReaderOf: (format: ConfigFormat) => ConfigReader;
  /** The configuration of an image that was read from a Dockerfile, an archive or a registry. */
  readonly imageConfig: (image: string) => ImageConfig | undefined;
  /** What somebody saw of the thing that runs: logs, sockets, connections. */
  readonly observations: readonly Observation[];
  /** Chains that break when a chart is rendered with other values. */
  readonly variations: readonly BrokenVariation[];
  /** What compose files beside the manifests say of the ports of images. */
  readonly composeMappings: readonly ComposeMapping[];
  /** Which controller serves an Ingress class, by the name of the class. */
  readonly controllers: ReadonlyMap<string, ControllerName>;
  /** The range of nodePorts, both ends included (S-082). */
  readonly nodePorts: { readonly first: number; readonly last: number };
}

export const DEFAULT_SETTINGS: Settings = {
  facts: findImageFact,
  configReaderOf,
  imageConfig: () => undefined,
  observations: [],
  variations: [],
  composeMappings: [],
  controllers: new Map(),
  nodePorts: { first: 30_000, last: 32_767 },
};
