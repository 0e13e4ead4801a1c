import type { ImageConfig } from '../../model/image-config.ts';
import type { ConfigMap, Container, PodTemplate, Secret, Service, Workload } from '../../model/model.ts';
import {
  buildEnvironment,
  type Environment,
  type ObjectLookup,
} from '../../process/environment/environment.ts';
import { Variables } from '../../process/environment/variables.ts';
import type { ContainerProcess } from '../../process/listeners/container-process.ts';
import { doubt, wordDoubt } from '../../process/listeners/doubts/doubt.ts';
import { missing } from '../../process/listeners/missing-proof.ts';
import { processOf, unknownProcess } from '../../process/listening.ts';
import { causeWithoutText } from '../../text/fault.ts';
import type { Settings } from '../links/settings.ts';

/** What is known of one container. */
export interface InferredProcess {
  readonly environment: Environment;
  /** Made when it is asked for, and once. */
  readonly process: ContainerProcess;
}

/**
 * What was inferred of processes in an earlier graph. It holds for the same container as long as every object that was
 * looked up for it is the one that it was, and what was not there still is not; what is looked up is written down.
 */
export class KeptProcesses {
  #known = new WeakMap<Container, Kept>();
  #settings: Pick<Settings, 'facts' | 'configReaderOf'> | undefined;

  /** @param settings others than the last make everything new */
  begin(settings: Settings): void {
    const before = this.#settings;
    if (before?.facts !== settings.facts || before.configReaderOf !== settings.configReaderOf)
      this.#known = new WeakMap();
    this.#settings = settings;
  }

  of(container: Container, workload: Workload, objects: ObjectLookup, settings: Settings): InferredProcess {
    const { template } = workload;
    const image = imageOf(container, settings);
    const known = this.#known.get(container);
    if (known && known.template === template && known.image === image && known.objects.stay(objects))
      return known.inferred;
    const seen = new SeenObjects(objects);
    const inferred = infer(container, workload, seen, settings);
    this.#known.set(container, { template, image, objects: seen, inferred });
    return inferred;
  }
}

interface Kept {
  readonly template: PodTemplate;
  readonly image: ImageConfig | undefined;
  readonly objects: SeenObjects;
  readonly inferred: InferredProcess;
}

/** What the manifests, the facts and the image say of a container. */
export function infer(
  container: Container,
  { template }: Workload,
  objects: ObjectLookup,
  settings: Settings,
): InferredProcess {
  const { facts, configReaderOf } = settings;
  let process: ContainerProcess | undefined;
  const failed = (thrown: unknown): ContainerProcess => (process = failedProcess(container, thrown));
  const environment = attempt(
    () => buildEnvironment(container, template, objects, imageOf(container, settings)),
    (thrown) => {
      failed(thrown);
      return UNKNOWN_ENVIRONMENT;
    },
  );
  return {
    environment,
    get process() {
      process ??= attempt(
        () => processOf(container, template, environment, { facts, configReaderOf, objects }),
        failed,
      );
      return process;
    },
  };
}

/** Whatever is read of a container may throw: it costs this one, of which nothing is known then. */
function attempt<T>(read: () => T, otherwise: (thrown: unknown) => T): T {
  try {
    return read();
  } catch (thrown) {
    return otherwise(thrown);
  }
}

/** Anything can be set in it. */
const UNKNOWN_ENVIRONMENT: Environment = {
  ...{ variables: Variables.none, complete: false, overwritten: () => [], image: undefined },
  links: { find: () => undefined, mayBeOutside: () => true },
};

function failedProcess(container: Container, thrown: unknown): ContainerProcess {
  // What was read may be what only a Secret should hold.
  const cause = causeWithoutText(thrown);
  const failed = doubt('process-failed', { container: container.name, cause });
  const fault = {
    ...({ part: 'process', name: container.name, cause } as const),
    at: container.nameAt,
    message: wordDoubt(failed),
  };
  return { ...unknownProcess(missing('program', [failed])), faults: [fault] };
}

const imageOf = ({ image }: Container, { imageConfig }: Settings): ImageConfig | undefined =>
  image && imageConfig(image.value);

/**
 * Writes down which objects were asked for. An environment may ask for more of them at any time, so that whoever is
 * asked is exchanged, and not what was made of the answers.
 */
class SeenObjects implements ObjectLookup {
  #objects: ObjectLookup;
  readonly #configMaps = new Map<string, ConfigMap | undefined>();
  readonly #secrets = new Map<string, Secret | undefined>();
  readonly #services = new Map<string, readonly Service[]>();

  constructor(objects: ObjectLookup) {
    this.#objects = objects;
  }

  readonly configMap = (name: string): ConfigMap | undefined => {
    const found = this.#objects.configMap(name);
    this.#configMaps.set(name, found);
    return found;
  };

  readonly secret = (name: string): Secret | undefined => {
    const found = this.#objects.secret(name);
    this.#secrets.set(name, found);
    return found;
  };

  readonly services = (name: string): readonly Service[] => {
    const found = this.#objects.services(name);
    this.#services.set(name, found);
    return found;
  };

  /** Whether others answer all that was asked as before; they are asked from now on then. */
  stay(objects: ObjectLookup): boolean {
    for (const [name, before] of this.#configMaps) if (objects.configMap(name) !== before) return false;
    for (const [name, before] of this.#secrets) if (objects.secret(name) !== before) return false;
    for (const [name, before] of this.#services) {
      const now = objects.services(name);
      if (now.length !== before.length || now.some((one, at) => one !== before[at])) return false;
    }
    this.#objects = objects;
    return true;
  }
}
