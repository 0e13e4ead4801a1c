import { Located, type Location, type SourceFile } from '../../text/source.ts';
import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from '../../text/yaml-node.ts';
import { get, mapsIn } from '../reader.ts';
import type { Refusal } from '../refusal.ts';
import { facetFault, keepsFacets, repeatedItems } from './facets.ts';
import { hintForShape } from './hints.ts';
import { freeFields, hintForUnknown } from './near-field.ts';
import { itemOfNull, KEPT_EMPTY, reasonForNothing, TOLD_BY_CODE } from './nothing.ts';
import { isLeftOpen, isToFillIn } from './placeholder.ts';
import { quotesAround } from './quotes.ts';
import {
  type ListSchema,
  type MapSchema,
  NO_FACETS,
  type ObjectSchema,
  type ScalarSchema,
  type Schema,
  schemaAt,
} from './schema.ts';
import { SAME_AGAIN, type Site } from './site.ts';
import { clip, fieldOf, type Step } from './step.ts';
import { CHECKS } from './values/checks.ts';
import { textIn } from './values/fields.ts';
import { expectedOf, fits, gotOf, typeReason } from './words.ts';

/**
 * Definitions of custom kinds change from one release of their controller to the next. What the Gateway API has
 * released does not (https://gateway-api.sigs.k8s.io/concepts/versioning), and more than one release of it is known here.
 */
const SETTLED = /^gateway\.networking\.k8s\.io\//;

/** Goes through one object beside its schema, and notes what the API server would refuse. */
export class Walk implements Site {
  readonly source: SourceFile;
  readonly root: ObjectSchema;
  readonly refusals: Refusal[] = [];
  /** Required fields that are not there: pieces of objects, to be merged into whole ones, lack many. */
  readonly missing: { readonly depth: number; readonly refusal: Refusal }[] = [];
  readonly path: Step[] = [];
  /** A key such as `$patch`: it is a patch, and no object. */
  isPatch = false;

  /** Names of the volumes that a StatefulSet claims for its Pods. */
  readonly claimed: ReadonlySet<string>;
  readonly #whole: YamlMap;
  /** Whether a cluster may know another version of this kind than the ones that are known here. */
  readonly #mayBeNewer: boolean;

  constructor(source: SourceFile, root: ObjectSchema, node: YamlMap) {
    this.source = source;
    this.root = root;
    this.#whole = node;
    const claims = root.struct === 'StatefulSet' ? mapsIn(get(node, 'spec'), 'volumeClaimTemplates') : [];
    const apiVersion = textIn(node, 'apiVersion')?.text ?? '';
    this.#mayBeNewer = root.struct === '' && !SETTLED.test(apiVersion);
    this.claimed = new Set(claims.map((claim) => textIn(claim, 'metadata', 'name')?.text ?? ''));
  }

  get namespace(): string {
    return textIn(this.#whole, 'metadata', 'namespace')?.text || 'default';
  }

  /** @param struct the Go type whose field this is, `` within custom kinds */
  visit(node: YamlNode, schema: Schema, struct: string, entry: YamlEntry | undefined): void {
    if (schema.type === '*') return;
    if (node.type === 'scalar' && node.value === null) return;
    if (!fits(node, schema, struct === '')) {
      // Capabilities are written as what others are to fill in: `NET_ADMIN`.
      if (isLeftOpen(node) && struct !== 'Capabilities') return;
      this.#misshapen(node, schema, struct, entry);
      return;
    }
    if (schema.type === 'o') this.#object(node as YamlMap, schema, entry);
    else if (schema.type === 'm') this.#map(node as YamlMap, schema, struct);
    else if (schema.type === 'a') this.#list(node, schema, struct, entry);
    else if (schema.facets !== NO_FACETS) this.#facets(node, schema, struct, entry);
  }

  #object(node: YamlMap, schema: ObjectSchema, entry: YamlEntry | undefined): void {
    const { fields, struct } = schema;
    let free: readonly string[] | undefined;
    let misspelt: Set<string | undefined> | undefined;
    for (const one of node.entries) {
      const place = fields.get(one.key);
      if (place === undefined) {
        free ??= freeFields(node, schema);
        misspelt ??= new Set();
        misspelt.add(this.#unknown(one, schema, free));
        continue;
      }
      if (this.path.length === 0 && one.key === 'status') continue;
      this.path.push(one.key);
      this.visit(one.value, schemaAt(place), struct, one);
      this.path.pop();
    }
    // Owners are looked at with the object's own metadata, and those of a template by nobody.
    for (const key of struct === 'OwnerReference' ? [] : schema.required) {
      const value = get(node, key);
      if ((value && !(value.type === 'scalar' && value.value === null)) || misspelt?.has(key)) continue;
      if ((this.path.length > 0 || key !== 'metadata') && !TOLD_BY_CODE.has(`${struct}.${key}`))
        this.lacks(node, entry, key, reasonForNothing(key, struct));
    }
    const check = struct === '' ? undefined : CHECKS.get(struct);
    if (check) check(node, this, entry);
  }

  #map(node: YamlMap, schema: MapSchema, struct: string): void {
    const values = schemaAt(schema.values);
    const isAnyText = values.type === 's' && values.facets === NO_FACETS;
    for (const one of node.entries) {
      if (one.key.startsWith('$')) this.isPatch ||= !isToFillIn({ value: one.key });
      if (one.value.type === 'scalar' && typeof one.value.value === 'string' && isAnyText) continue;
      this.path.push(struct === '' ? one.key : [one.key]);
      this.visit(one.value, values, struct, one);
      this.path.pop();
    }
  }

  #list(node: YamlNode, schema: ListSchema, struct: string, entry: YamlEntry | undefined): void {
    if (node.type !== 'list') return;
    const items = schemaAt(schema.items);
    for (const [index, item] of node.items.entries()) {
      this.path.push(index);
      if (item.type === 'scalar' && item.value === null) this.#nullItem(item, items, struct);
      else this.visit(item, items, struct, undefined);
      this.path.pop();
    }
    if (schema.facets === NO_FACETS) return;
    this.#facets(node, schema, struct, entry);
    if (struct !== '') return;
    for (const { index, node: item, value } of repeatedItems(node.items, schema.facets)) {
      this.refuses(item, [index], `Duplicate value: ${value}`, SAME_AGAIN);
    }
  }

  #nullItem(item: YamlNode, schema: Schema, struct: string): void {
    if (struct === '') {
      if (schema.type !== '*' && !schema.facets.nullable) this.#misshapen(item, schema, struct, undefined);
      return;
    }
    const made = itemOfNull(item, schema);
    if (made) this.visit(made, schema, struct, undefined);
  }

  /** The field of the map that is meant, where that is plain. */
  #unknown(entry: YamlEntry, schema: ObjectSchema, free: readonly string[]): string | undefined {
    if (entry.key.startsWith('$')) this.isPatch = true;
    // What says nothing is left out on its way.
    if (entry.value.type === 'scalar' && entry.value.value === null) return undefined;
    if (schema.facets.open || entry.key.includes('${') || entry.key.includes('{{')) return undefined;
    // Whoever decrypts the object takes it away (https://getsops.io, `sops.mac`).
    if (this.path.length === 0 && entry.key === 'sops' && get(entry.value, 'mac')) return undefined;
    const field = this.field(entry.key);
    const near = hintForUnknown(this, free, entry, schema);
    // Those of all kinds are Kubernetes' own, and beside `spec` no release puts another.
    const isOfMetadata = this.path[0] === 'metadata';
    this.refusals.push({
      rule: 'refused-field',
      field,
      at: this.at(entry.keyNode),
      says: `has the field \`${field}\`, which nothing knows there`,
      label: near.label,
      reason: `strict decoding error: unknown field "${field}"`,
      help: near.help,
      fix: near.fix,
      lost: near.isMeant,
      ...(this.#mayBeNewer && !near.isMeant && !isOfMetadata && this.path.length > 0
        ? { mayBeNewer: true }
        : {}),
    });
    return near.near;
  }

  #misshapen(node: YamlNode, schema: Schema, struct: string, entry: YamlEntry | undefined): void {
    const field = this.field();
    const hint = hintForShape(node, schema, struct, entry);
    const quotes = hint?.isUnquoted && quotesAround(this.at(node));
    this.refusals.push({
      rule: hint?.isCompose ? 'compose-port-syntax' : 'refused-field',
      field,
      at: this.at(node.type === 'scalar' || !entry ? node : entry.keyNode),
      says: `has ${gotOf(node)} as \`${field}\`, where ${expectedOf(schema)} is taken`,
      label: hint?.label ?? `${gotOf(node)}, not ${expectedOf(schema)}`,
      reason: typeReason(node, schema, struct, field, this.path),
      help: quotes ? [] : (hint?.help ?? []),
      ...(quotes ? { fix: { ...quotes, isSafe: true as const } } : {}),
      lost: true,
    });
  }

  #facets(
    node: YamlNode,
    schema: ScalarSchema | ListSchema,
    struct: string,
    entry: YamlEntry | undefined,
  ): void {
    if (node.type === 'map' || keepsFacets(node, schema)) return;
    if (node.type === 'scalar' && isToFillIn(node)) return;
    const field = this.field();
    const place = `${struct}.${this.path.findLast((step) => typeof step === 'string')}`;
    const keepsEmpty =
      struct === '' || KEPT_EMPTY.has(place) || KEPT_EMPTY.has(`${this.root.struct}:${place}`);
    const fault = facetFault(node, schema, field, keepsEmpty);
    if (!fault) return;
    this.refusals.push({
      rule: fault.isList ? 'refused-field' : 'refused-value',
      field,
      at: this.at(node.type === 'scalar' || !entry ? node : entry.keyNode),
      says: `${fault.says} \`${field}\``,
      label: fault.label,
      reason: this.#worded(field, place, node) ?? fault.reason,
      help: fault.help,
      ...(fault.meant !== undefined && node.type === 'scalar'
        ? { fix: this.writing(node, fault.meant) }
        : {}),
      lost: fault.isList && entry?.key === 'protocol',
    });
  }

  #worded(field: string, place: string, node: YamlNode): string | undefined {
    const said = WORDED.get(`${this.root.struct}:${field}`);
    if (said || place !== 'NodeSelectorRequirement.operator' || node.type !== 'scalar') return said;
    return `${field}: Invalid value: ${JSON.stringify(node.value)}: not a valid selector operator`;
  }

  /** Notes that a map has not the field that must be there. */
  lacks(
    node: YamlMap,
    entry: YamlEntry | undefined,
    key: string,
    reason = 'Required value',
    help: readonly string[] = [],
  ): void {
    const field = this.field(key);
    const first = node.entries[0];
    const said = node.entries.find((one) => one.key === key);
    if (said && this.#isToFillIn(said)) return;
    this.missing.push({
      depth: this.path.length,
      refusal: {
        rule: 'refused-field',
        field,
        at: this.at(said?.keyNode ?? entry?.keyNode ?? first?.keyNode ?? node),
        says: `leaves out \`${field}\`, which must be there`,
        label: `has no \`${key.slice(key.lastIndexOf('.') + 1)}\``,
        reason: `${field}: ${reason}`,
        help,
        lost: false,
        keepsLinks: !ALWAYS_WHOLE.test(this.root.struct),
      },
    });
  }

  /** `image: #{IMAGE}` is to be filled in, and to YAML a comment. */
  #isToFillIn({ keyNode: { end } }: YamlEntry): boolean {
    return /^["']?:[ \t]{1,9}#\{[A-Za-z]/.test(this.source.text.slice(end, end + 16));
  }

  /** Notes a value that the server's code refuses, at a path below the current one. */
  refuses(node: YamlNode, steps: readonly Step[], reason: string, more: Partial<Refusal> = {}): void {
    const field = this.field(...steps);
    const shown = node.type === 'scalar' ? `\`${clip(node.text)}\`` : gotOf(node);
    this.refusals.push({
      rule: 'refused-value',
      field,
      at: this.at(node),
      says: `gives ${shown} as \`${field}\``,
      label: reason.length > 60 ? 'refused' : reason,
      reason: `${field}: ${reason}`,
      help: [],
      lost: false,
      ...more,
    });
  }

  /** Where nothing is written, what stands before it is marked: the `-` of a list. */
  at({ start, end }: YamlNode): Location {
    if (start < end) return new Located(undefined, this.source, start, end);
    const before = this.source.text.slice(0, start).trimEnd().length;
    return new Located(undefined, this.source, Math.max(0, before - 1), before);
  }

  writing(node: YamlScalar, meant: string): NonNullable<Refusal['fix']> {
    const text = node.quoted ? JSON.stringify(meant) : meant;
    return { title: `write \`${meant}\``, edits: [{ at: this.at(node), text }] };
  }

  /** The path of a value as the server writes it. */
  field(...more: readonly Step[]): string {
    return fieldOf([...this.path, ...more]);
  }
}

/** Kinds that are seldom written in pieces: of others, templates above all, pieces are merged by patches and server-side apply. */
const ALWAYS_WHOLE = /^(Service|Ingress|NetworkPolicy)$/;

/** pkg/apis/apps/validation ValidateStatefulSetSpec words these closed lists in its own way. */
const WORDED: ReadonlyMap<string, string> = new Map([
  [
    'StatefulSet:spec.podManagementPolicy',
    "spec.podManagementPolicy: Invalid value: must be 'OrderedReady' or 'Parallel'",
  ],
  [
    'StatefulSet:spec.updateStrategy.type',
    "spec.updateStrategy: Invalid value: must be 'RollingUpdate' or 'OnDelete'",
  ],
]);
