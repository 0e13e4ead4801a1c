// Compiles what an API server and the definitions of custom kinds say of their objects into src/model/admission/schemas.json:
// which fields there are, their types, which are required, and closed lists of values. Run when portolan is developed:
//
//   node scripts/admission-table.mjs --kubeconfig FILE [--kubectl FILE] [CRD.yaml | FOLDER …]
//
// The server's own /openapi/v3 gives the built-in kinds, its CustomResourceDefinitions and those of the files give the
// others. Where several define one version of a kind, as releases of an API do, what any of them takes is taken; custom
// kinds that none of them defines stay as they were. Only kinds that are decoded get in (`npm run build` first).
// docs/ADMISSION.md says which files were used.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { KIND_DECODERS } from '../dist/lib/model/decode.js';

const options = { kubectl: 'kubectl' };
const files = [];
const given = process.argv.slice(2);
while (given.length > 0) {
  const one = given.shift();
  if (one === '--kubeconfig' || one === '--kubectl') options[one.slice(2)] = given.shift();
  else files.push(one);
}
if (!options.kubeconfig) throw new Error('say --kubeconfig FILE');
const get = (path) =>
  JSON.parse(
    execFileSync(options.kubectl, ['--kubeconfig', options.kubeconfig, 'get', '--raw', path], {
      maxBuffer: 1 << 28,
    }),
  );

/** Required by the description, and left out without a refusal: a server was asked for each required field there is. */
const OPTIONAL_ALL_THE_SAME = new Set(
  `EndpointSlice.endpoints StatefulSetSpec.serviceName HTTPHeader.value PreferredSchedulingTerm.preference
  SleepAction.seconds Sysctl.value ISCSIVolumeSource.lun PodFailurePolicy.rules ForZone.name WorkloadReference.name
  WorkloadReference.podGroup PersistentVolumeClaimCondition.type PersistentVolumeClaimCondition.status
  ModifyVolumeStatus.status`.split(/\s+/),
);
/** Behind a gate that is off: the server drops them before it looks at their values. */
const DROPPED = new Set(['Lifecycle.stopSignal']);
/** What has a text form of its own, by the name of its definition. */
const SPECIAL = new Map([
  ['io.k8s.apimachinery.pkg.util.intstr.IntOrString', ['x']],
  ['io.k8s.apimachinery.pkg.api.resource.Quantity', ['q']],
  ['io.k8s.apimachinery.pkg.apis.meta.v1.Time', ['t']],
  ['io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime', ['t']],
  ['io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1', ['*']],
  ['io.k8s.apimachinery.pkg.runtime.RawExtension', ['*']],
]);

const nodes = [];
const known = new Map();
function intern(node) {
  const last = node.at(-1);
  const isBare =
    node.length > 1 && typeof last === 'object' && !Array.isArray(last) && Object.keys(last).length === 0;
  const text = JSON.stringify(isBare && node[0] !== 'o' ? node.slice(0, -1) : node);
  if (!known.has(text)) known.set(text, nodes.push(text) - 1);
  return known.get(text);
}

const decoded = (group, kind) =>
  KIND_DECODERS.some((decoder) => decoder.kind === kind && decoder.groups.includes(group));
const structOf = (name) => name.split('.').at(-1);

/** A definition of the server's, by name; its place is taken before its fields are read, as some contain themselves. */
const definitions = new Map();
function definition(name, schemas) {
  if (definitions.has(name)) return definitions.get(name);
  if (SPECIAL.has(name)) return remember(name, intern(SPECIAL.get(name)));
  const schema = schemas[name];
  if (!schema.properties) return remember(name, schema.type ? compile(schema, schemas) : intern(['*']));
  const [struct, at] = [structOf(name), remember(name, nodes.push('') - 1)];
  const required = (schema.required ?? []).filter((key) => !OPTIONAL_ALL_THE_SAME.has(`${struct}.${key}`));
  const fields = fieldsOf(schema, schemas);
  for (const key of Object.keys(fields)) if (DROPPED.has(`${struct}.${key}`)) fields[key] = intern(['s']);
  nodes[at] = JSON.stringify(['o', fields, required, { go: name.split('.').slice(-2).join('.') }]);
  return at;
}
function remember(name, index) {
  definitions.set(name, index);
  return index;
}

const fieldsOf = (schema, schemas) =>
  Object.fromEntries(Object.entries(schema.properties).map(([key, value]) => [key, compile(value, schemas)]));

/** The place of a schema among the nodes; equal ones share it. `schemas` is left out for custom kinds, which refer to nothing. */
function compile(schema, schemas) {
  const ref = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (ref) return definition(ref.split('/').at(-1), schemas);
  return intern(nodeOf(schema, schemas));
}

function nodeOf(schema, schemas) {
  const facets = facetsOf(schema);
  if (schema['x-kubernetes-int-or-string'] || schema.format === 'int-or-string') return ['x', facets];
  if (schema['x-kubernetes-embedded-resource']) return ['*'];
  switch (schema.type) {
    case 'object': {
      const open = schema['x-kubernetes-preserve-unknown-fields'] === true;
      if (schema.properties)
        return [
          'o',
          fieldsOf(schema, schemas),
          schema.required ?? [],
          open ? { ...facets, open: 1 } : facets,
        ];
      if (schema.additionalProperties && typeof schema.additionalProperties === 'object')
        return ['m', compile(schema.additionalProperties, schemas), facets];
      return open || schemas || schema.additionalProperties ? ['*'] : ['o', {}, [], facets];
    }
    case 'array':
      return ['a', schema.items ? compile(schema.items, schemas) : intern(['*']), facets];
    case 'string':
      return schema.format === 'byte' ? ['y'] : ['s', facets];
    case 'integer':
      return ['i', facets];
    case 'number':
      return ['n', facets];
    case 'boolean':
      return ['b', facets];
    default:
      return ['*'];
  }
}

/** What a value must keep besides its type. */
function facetsOf(schema) {
  const facets = {
    enum: schema.enum,
    pattern: schema.pattern,
    min: schema.minimum,
    max: schema.maximum,
    least: schema.minLength ?? schema.minItems ?? schema.minProperties,
    most: schema.maxLength ?? schema.maxItems ?? schema.maxProperties,
    long: schema.format === 'int64' ? 1 : undefined,
    keys: schema['x-kubernetes-list-type'] === 'map' ? schema['x-kubernetes-list-map-keys'] : undefined,
    set: schema['x-kubernetes-list-type'] === 'set' ? 1 : undefined,
    nullable: schema.nullable ? 1 : undefined,
    default: schema.default === undefined ? undefined : 1,
  };
  return JSON.parse(JSON.stringify(facets));
}

const keys = {};
const kinds = {};
const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

// Built-in kinds: every group and version that the server serves by itself.
const custom = get('/apis/apiextensions.k8s.io/v1/customresourcedefinitions').items;
const customGroups = new Set(custom.map(({ spec }) => spec.group));
let core;
for (const path of Object.keys(get('/openapi/v3').paths)) {
  const [, group, version] = /^(?:api|apis\/([^/]+))\/([^/]+)$/.exec(path) ?? [];
  if (version === undefined || customGroups.has(group)) continue;
  const { schemas = {} } = get(`/openapi/v3/${path}`).components ?? {};
  core ??= schemas[OBJECT_META] && schemas;
  for (const [name, schema] of Object.entries(schemas)) {
    for (const of of schema['x-kubernetes-group-version-kind'] ?? []) {
      if (
        of.group !== (group ?? '') ||
        of.version !== version ||
        !schema.properties?.metadata ||
        /List$/.test(of.kind)
      )
        continue;
      kinds[of.group] ??= {};
      kinds[of.group][of.kind] = [...(kinds[of.group][of.kind] ?? []), version];
      if (!decoded(of.group, of.kind)) continue;
      keys[`${group ? `${group}/` : ''}${version}/${of.kind}`] = definition(name, schemas);
    }
  }
}

// Custom kinds, of the server and of the files.
const fromFiles = files
  .flatMap((file) =>
    statSync(file).isDirectory() ? readdirSync(file).map((one) => join(file, one)) : [file],
  )
  .filter((file) => /\.ya?ml$/.test(file))
  .flatMap((file) => loadAll(readFileSync(file, 'utf8')).flatMap((one) => one?.items ?? [one]))
  .filter((one) => one?.kind === 'CustomResourceDefinition');
const defined = new Map();
for (const { spec } of [...custom, ...fromFiles]) {
  const { group, versions, names } = spec;
  kinds[group] ??= {};
  kinds[group][names.kind] = [
    ...new Set([...(kinds[group][names.kind] ?? []), ...versions.map(({ name }) => name)]),
  ];
  for (const { name: version, schema, served } of versions) {
    const described = schema?.openAPIV3Schema;
    if (!served || !decoded(group, names.kind) || !described?.properties) continue;
    const key = `${group}/${version}/${names.kind}`;
    defined.set(key, defined.has(key) ? either(defined.get(key), described) : described);
  }
}
for (const [key, { properties, required, ...rest }] of defined) {
  const fields = {
    apiVersion: intern(['s', {}]),
    kind: intern(['s', {}]),
    ...fieldsOf({ properties }),
    metadata: definition(OBJECT_META, core),
  };
  keys[key] = intern([
    'o',
    fields,
    required ?? [],
    rest['x-kubernetes-preserve-unknown-fields'] ? { open: 1 } : {},
  ]);
}

/** A schema that takes what one of two takes. */
function either(a, b) {
  if (!a || !b) return a ?? b;
  const merged = { ...a, ...b };
  const keep = (key, join) => {
    if (a[key] === undefined || b[key] === undefined) delete merged[key];
    else merged[key] = join(a[key], b[key]);
    if (merged[key] === undefined) delete merged[key];
  };
  const same = (one, other) => (JSON.stringify(one) === JSON.stringify(other) ? one : undefined);
  keep('required', (one, other) => one.filter((key) => other.includes(key)));
  keep('enum', (one, other) => [...new Set([...one, ...other])]);
  for (const key of ['minimum', 'minLength', 'minItems', 'minProperties']) keep(key, Math.min);
  for (const key of ['maximum', 'maxLength', 'maxItems', 'maxProperties']) keep(key, Math.max);
  for (const key of ['pattern', 'x-kubernetes-list-type', 'x-kubernetes-list-map-keys']) keep(key, same);
  if (a.properties && b.properties) {
    const names = [...new Set([...Object.keys(a.properties), ...Object.keys(b.properties)])];
    merged.properties = Object.fromEntries(
      names.map((name) => [name, either(a.properties[name], b.properties[name])]),
    );
  }
  for (const key of ['items', 'additionalProperties'])
    if (typeof a[key] === 'object' && typeof b[key] === 'object') merged[key] = either(a[key], b[key]);
  return merged;
}

/** The place among the nodes of what was compiled before, with all that it refers to. */
const table = new URL('../src/model/admission/schemas.json', import.meta.url);
const before = JSON.parse(readFileSync(table, 'utf8'));
const OLD_META = JSON.parse(before.nodes[before.keys['v1/ConfigMap']])[1].metadata;
const moved = new Map([[OLD_META, definition(OBJECT_META, core)]]);
function move(at) {
  if (moved.has(at)) return moved.get(at);
  const [type, held, ...rest] = JSON.parse(before.nodes[at]);
  const inner =
    type === 'o'
      ? Object.fromEntries(Object.entries(held).map(([key, one]) => [key, move(one)]))
      : type === 'a' || type === 'm'
        ? move(held)
        : held;
  const node = held === undefined ? [type] : [type, inner, ...rest];
  moved.set(at, intern(node));
  return moved.get(at);
}
for (const [key, at] of Object.entries(before.keys)) {
  const [group, kind] = [key.split('/').at(-3), key.split('/').at(-1)];
  if (!(key in keys) && decoded(group ?? '', kind)) keys[key] = move(at);
}
for (const [group, of] of Object.entries(before.kinds)) kinds[group] = { ...of, ...kinds[group] };

writeFileSync(table, `${JSON.stringify({ keys, kinds, nodes })}\n`);
console.log(
  `${Object.keys(keys).length} kinds, ${nodes.length} nodes, ${JSON.stringify(nodes).length} characters`,
);
