import schemaTable from './schemas.json' with { type: 'json' };

/** What a server says of one value: which type it has, which fields, which of them must be there. */
export type Schema = ObjectSchema | MapSchema | ListSchema | ScalarSchema | { readonly type: '*' };

export interface ObjectSchema {
  readonly type: 'o';
  /** Places of the fields' schemas. */
  readonly fields: ReadonlyMap<string, number>;
  readonly required: readonly string[];
  /** `v1.ServicePort`; undefined within custom kinds, which have no types of Go. */
  readonly go: string | undefined;
  /** `ServicePort`. */
  readonly struct: string;
  readonly facets: Facets;
}

export interface MapSchema {
  readonly type: 'm';
  readonly values: number;
  readonly facets: Facets;
}

export interface ListSchema {
  readonly type: 'a';
  readonly items: number;
  readonly facets: Facets;
}

/** `x`: an integer or a string; `q`: a quantity; `t`: a time; `y`: base64. */
export interface ScalarSchema {
  readonly type: 's' | 'i' | 'n' | 'b' | 'x' | 'q' | 't' | 'y';
  readonly facets: Facets;
}

/** What a value must keep besides its type. */
export interface Facets {
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  /** Fewest and most characters, items or entries. */
  readonly least?: number;
  readonly most?: number;
  /** An integer of 64 bits. */
  readonly long?: 1;
  /** Fields that tell the items of a list apart. */
  readonly keys?: readonly string[];
  readonly set?: 1;
  readonly nullable?: 1;
  readonly default?: 1;
  /** Fields that are not known are kept. */
  readonly open?: 1;
  readonly go?: string;
}

interface Table {
  /** Places of whole kinds: `apps/v1/Deployment`. */
  readonly keys: Readonly<Record<string, number>>;
  /** Kinds of the groups that every server has, with their versions. */
  readonly kinds: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** JSON texts: only what a run meets is parsed. */
  readonly nodes: readonly string[];
}

const table: Table = schemaTable;
const parsed: Schema[] = [];

/** The schema of a kind; undefined where none is known of this very version. */
export function schemaOf(apiVersion: string, kind: string): ObjectSchema | undefined {
  const key = `${apiVersion}/${kind}`;
  const { keys } = table;
  return Object.hasOwn(keys, key) ? (schemaAt(keys[key]!) as ObjectSchema) : undefined;
}

export function schemaAt(place: number): Schema {
  const known = parsed[place];
  if (known) return known;
  const schema = parse(JSON.parse(table.nodes[place]!));
  parsed[place] = schema;
  return schema;
}

type Stored =
  | ['o', Readonly<Record<string, number>>, string[], Facets?]
  | ['m' | 'a', number, Facets?]
  | [ScalarSchema['type'], Facets?]
  | ['*'];

/** So that most values are done with their type. */
export const NO_FACETS: Facets = {};

function parse(stored: Stored): Schema {
  switch (stored[0]) {
    case 'o': {
      const [type, fields, required, facets = NO_FACETS] = stored;
      const { go } = facets;
      return {
        type,
        fields: new Map(Object.entries(fields)),
        required,
        go,
        struct: go === undefined ? '' : go.slice(go.indexOf('.') + 1),
        facets,
      };
    }
    case 'm':
      return { type: 'm', values: stored[1], facets: stored[2] ?? NO_FACETS };
    case 'a':
      return { type: 'a', items: stored[1], facets: stored[2] ?? NO_FACETS };
    case '*':
      return { type: '*' };
    default:
      return { type: stored[0], facets: stored[1] ?? NO_FACETS };
  }
}

/** The versions of a kind in a group that every server has; undefined for other groups, empty for a kind it lacks. */
export function versionsOf(group: string, kind: string): readonly string[] | undefined {
  const { kinds } = table;
  if (!Object.hasOwn(kinds, group)) return undefined;
  const group_ = kinds[group]!;
  return Object.hasOwn(group_, kind) ? group_[kind]! : [];
}

/** Kinds of the groups that every server has, with those groups. */
export function* builtInKinds(): Generator<{
  readonly group: string;
  readonly kind: string;
  readonly version: string;
}> {
  for (const [group, of] of Object.entries(table.kinds)) {
    for (const [kind, versions] of Object.entries(of)) yield { group, kind, version: versions[0]! };
  }
}
