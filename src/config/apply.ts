import { DEFAULT_SETTINGS, type Settings } from '../graph/links/settings.ts';
import { withFacts } from '../knowledge/lookup.ts';
import { KIND_DECODERS } from '../model/decode.ts';
import { type Kinds, kindsOf } from '../model/kind.ts';
import { customKind } from '../model/kinds/custom.ts';
import type { Service } from '../model/model.ts';
import type { SourceFile } from '../text/source.ts';
import type { YamlNode } from '../text/yaml-node.ts';
import type { Config } from './config.ts';
import { factsOf } from './facts.ts';
import { type SeverityOf, severitiesOf } from './rules.ts';
import { outsideOf, servicesOf } from './services.ts';

/** What a configuration changes of a run. */
export interface Applied {
  readonly settings: Settings;
  readonly kinds: Kinds;
  /** Services that live outside the input; their text is the configuration's. */
  readonly services: readonly Service[];
  /** Whether a Service that the input lacks is said to live outside. */
  readonly isOutside: (namespace: string, name: string) => boolean;
  readonly severityOf: SeverityOf;
  readonly failOn: Config['failOn'];
  readonly exclude: readonly string[];
}

export function apply(config: Config, root: YamlNode | undefined, source: SourceFile): Applied {
  const [first, last] = config.nodePorts.split('-').map(Number);
  return {
    settings: {
      ...DEFAULT_SETTINGS,
      facts: withFacts(factsOf(config.images, source.path)),
      controllers: new Map(Object.entries(config.controllers)),
      nodePorts: { first: first!, last: last! },
    },
    kinds: kindsOf([...KIND_DECODERS, ...config.kinds.map(customKind)]),
    services: servicesOf(source, root),
    isOutside: outsideOf(config),
    severityOf: severitiesOf(config, source.path),
    failOn: config.failOn,
    exclude: config.exclude,
  };
}
