import type { ControllerName } from '../graph/links/controller.ts';
import type { Bind, Setting } from '../knowledge/image-fact.ts';
import type { Speech } from '../knowledge/speech.ts';
import type { CustomKind } from '../model/kinds/custom.ts';
import type { Protocol } from '../model/protocol.ts';
import type { Severity } from '../rules/rule.ts';

/** What a configuration file says, with everything it leaves out filled in. */
export interface Config {
  readonly $schema?: string | undefined;
  /** What images listen on; an entry replaces what portolan knows of the image. */
  readonly images: readonly ConfigImage[];
  /** Services that live outside the input. */
  readonly services: readonly ConfigService[];
  /** Which controller serves an Ingress class, by the name of the class. */
  readonly controllers: Readonly<Record<string, Exclude<ControllerName, 'unknown'>>>;
  /** Custom resources that send traffic to a Service. */
  readonly kinds: readonly CustomKind[];
  /** The cluster's range of nodePorts, both ends included: `30000-32767`. */
  readonly nodePorts: string;
  /** What findings of a rule count as, by the rule's id. */
  readonly rules: Readonly<Record<string, ConfigLevel | readonly ConfigRule[]>>;
  /** The least severity that fails a run. */
  readonly failOn?: Severity | 'never' | undefined;
  /** Files and folders that are not read, as a `.gitignore` has them. */
  readonly exclude: readonly string[];
}

/** YAML 1.1, which Kubernetes speaks, takes `off` for a boolean. */
export type ConfigLevel = Severity | 'off' | false;

export interface ConfigRule {
  /** As a `.gitignore` beside the configuration has them. */
  readonly paths: readonly string[];
  readonly severity: ConfigLevel;
  readonly reason?: string | undefined;
}

export interface ConfigImage {
  readonly match: string | readonly string[];
  readonly ports: readonly (number | ConfigPort)[];
  readonly bind: Bind;
  readonly programs: readonly string[];
  readonly otherArgsHarmless: boolean;
  readonly otherVariables: readonly string[];
  readonly configPaths: readonly string[];
  readonly notes?: string | undefined;
}

export interface ConfigPort {
  readonly port: number;
  readonly protocol: Protocol;
  readonly role: string;
  readonly speaks?: Speech | undefined;
  readonly bind?: Bind | undefined;
  readonly env: readonly (string | Setting)[];
  readonly flags: readonly (string | Setting)[];
}

export interface ConfigService {
  /** `*` for every Service of the namespace. */
  readonly name: string;
  readonly namespace: string;
  /** Undefined: any port may be there. */
  readonly ports?: readonly (number | ConfigServicePort)[] | undefined;
}

export interface ConfigServicePort {
  readonly name?: string | undefined;
  readonly port: number;
  readonly protocol: Protocol;
}
