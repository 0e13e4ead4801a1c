import { Located, type SourceFile } from '../../text/source.ts';
import type { YamlMap, YamlNode } from '../../text/yaml-node.ts';
import type { Resource } from '../model.ts';
import { get, mapsIn } from '../reader.ts';
import type { Refusal } from '../refusal.ts';
import { type ObjectSchema, schemaAt, schemaOf } from './schema.ts';
import { unknownKind } from './unknown-kind.ts';
import { has } from './values/fields.ts';
import { checkGatewayApi } from './values/gateway-api.ts';
import { Walk } from './walk.ts';

const NONE: readonly Refusal[] = [];

/**
 * What the API server would refuse of one object, in the order of the text. Nothing where its kind or version is not
 * known, and nothing of what only the whole object tells where the text is a piece of one.
 */
export function refusalsOf(resource: Resource, root: YamlNode): readonly Refusal[] {
  const { source, kind, apiVersion } = resource;
  const schema = schemaOf(apiVersion, kind);
  if (root.type !== 'map') return NONE;
  if (!schema) return refusalOfKind(resource, root);
  const walk = new Walk(source, schema, root);
  walk.visit(root, schema, schema.struct, undefined);
  if (schema.struct === '') checkGatewayApi(kind, root, walk);
  if (!has(root, 'spec') && requiresSpec(schema)) walk.lacks(root, undefined, 'spec');
  if (!has(root, 'metadata')) walk.lacks(root, undefined, 'metadata', 'resource name may not be empty');
  if (walk.isPatch || (walk.refusals.length === 0 && walk.missing.length === 0)) return NONE;
  const missing = isPiece(root, walk) ? [] : walk.missing.map(({ refusal }) => refusal);
  return [...walk.refusals, ...missing].sort((a, b) => a.at.start - b.at.start);
}

/** It lacks what an object of its kind must have, and the server could only merge it into one. */
export function lacksSomething(
  source: SourceFile,
  root: YamlNode,
  kind: string,
  apiVersion: string,
): boolean {
  const schema = schemaOf(apiVersion, kind);
  if (!schema || root.type !== 'map') return false;
  const walk = new Walk(source, schema, root);
  walk.visit(root, schema, schema.struct, undefined);
  return walk.missing.length > 0 || (!has(root, 'spec') && requiresSpec(schema));
}

/** Built-in kinds say so within the spec alone. */
function requiresSpec({ struct, fields }: ObjectSchema): boolean {
  if (struct === 'Service' || struct === 'IngressClass') return true;
  const place = struct === '' ? undefined : fields.get('spec');
  const spec = place === undefined ? undefined : schemaAt(place);
  return spec?.type === 'o' && spec.required.length > 0;
}

/**
 * A piece of an object, which is merged into what is there: by server-side apply, by a patch. It says something, and
 * lacks most of what must be said.
 */
function isPiece(root: YamlMap, walk: Walk): boolean {
  const metadata = get(root, 'metadata');
  if (get(metadata, 'annotations', 'kustomize.toolkit.fluxcd.io/ssa')) return true;
  // It was read from a cluster, which had no objection.
  if (get(metadata, 'uid') || mapsIn(metadata, 'ownerReferences').some((owner) => get(owner, 'uid')))
    return true;
  const spec = get(root, 'spec');
  const isLabelled = has(metadata, 'labels') || has(metadata, 'annotations');
  if (!has(root, 'spec') && requiresSpec(walk.root)) return isLabelled && walk.root.struct !== 'IngressClass';
  const says = isLabelled || (spec?.type === 'map' && spec.entries.length > 0);
  return says && walk.missing.length > 1 && walk.missing.some(({ depth }) => depth <= 1);
}

/** A kind, or a version of it, that no server has. */
function refusalOfKind({ source, kind, apiVersion }: Resource, root: YamlMap): readonly Refusal[] {
  const isNamed = has(root, 'metadata', 'name') || has(root, 'metadata', 'generateName');
  const unknown = unknownKind(apiVersion, kind, apiVersion === '' ? has(root, 'metadata') : isNamed);
  if (!unknown) return NONE;
  const { field, meant, mayBeNewer } = unknown;
  const node = get(root, apiVersion === '' ? 'kind' : field)!;
  const other =
    meant &&
    (field === 'kind' && meant.apiVersion === apiVersion
      ? `kind: ${meant.kind}`
      : `apiVersion: ${meant.apiVersion}`);
  const change = other?.slice(other.indexOf(' ') + 1);
  const isPlain =
    other?.startsWith(field) &&
    node.type === 'scalar' &&
    !node.quoted &&
    node.text === (field === 'kind' ? kind : apiVersion);
  // kubectl finds a custom kind by its name in small letters, and the server looks at the word.
  const isFoundAnyway = kind === meant?.kind.toLowerCase() && schemaOf(apiVersion, meant.kind)?.struct === '';
  return [
    {
      rule: 'unknown-kind',
      field,
      at: new Located(undefined, source, node.start, node.end),
      says:
        apiVersion === ''
          ? 'has no `apiVersion`'
          : `is written for \`${apiVersion}\`, which has no kind \`${kind}\``,
      label:
        apiVersion === ''
          ? 'of which API is not said'
          : mayBeNewer
            ? 'no release that is known here has it'
            : 'no version has it',
      reason:
        apiVersion === ''
          ? 'error validating data: apiVersion not set'
          : isFoundAnyway
            ? `kind: Invalid value: "${kind}": must be ${meant.kind}`
            : `no matches for kind "${kind}" in version "${apiVersion}"`,
      help: meant ? [`write \`apiVersion: ${meant.apiVersion}\` and \`kind: ${meant.kind}\``] : [],
      fix:
        isPlain && change
          ? {
              title: `write \`${change}\``,
              edits: [{ at: new Located(undefined, source, node.start, node.end), text: change }],
            }
          : undefined,
      lost: true,
      ...(mayBeNewer ? { mayBeNewer } : {}),
    },
  ];
}
