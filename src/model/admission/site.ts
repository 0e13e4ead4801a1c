import type { Location } from '../../text/source.ts';
import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from '../../text/yaml-node.ts';
import type { Refusal } from '../refusal.ts';
import type { ObjectSchema } from './schema.ts';
import type { Step } from './step.ts';

/** Where in an object a check stands, and what it may say there. */
export interface Site {
  /** The schema of the whole object. */
  readonly root: ObjectSchema;
  readonly path: readonly Step[];
  /** Of the whole object; where none is said, the one that kubectl fills in. */
  readonly namespace: string;
  /** Names of the volumes that a StatefulSet claims for its Pods. */
  readonly claimed: ReadonlySet<string>;
  /** The path of a value below this place, as the server writes it. */
  field(...more: readonly Step[]): string;
  at(node: YamlNode): Location;
  /** Notes a value that the server's code refuses, at a path below this place. */
  refuses(node: YamlNode, steps: readonly Step[], reason: string, more?: Partial<Refusal>): void;
  /** The change by which a value becomes the one that was meant. */
  writing(node: YamlScalar, meant: string): NonNullable<Refusal['fix']>;
  /** Notes that a map has not the field that must be there. */
  lacks(
    node: YamlMap,
    entry: YamlEntry | undefined,
    key: string,
    reason?: string,
    help?: readonly string[],
  ): void;
}

/** What is said of a value that another one of its list has already. */
export const SAME_AGAIN: Partial<Refusal> = { label: 'the same again', toldHere: true };

/** What the server's code checks of one type, beyond its description. `entry` is where its holder has it. */
export type Check = (node: YamlMap, site: Site, entry: YamlEntry | undefined) => void;
