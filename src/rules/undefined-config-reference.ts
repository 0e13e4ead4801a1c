import { endsOf } from '../graph/links/ends.ts';
import type { ConfigLink } from '../graph/links/pod-links.ts';
import type { PortGraph } from '../graph/links/port-graph.ts';
import { describe, qualify } from '../model/describe.ts';
import type { ConfigMap, Secret } from '../model/model.ts';
import { callConfigMap } from '../model/name-edits.ts';
import { keyReaders } from '../questions/processes/key-readers.ts';
import { keyBefore } from '../text/key-before.ts';
import type { Located } from '../text/source.ts';
import { asChoices, defineRule, type Fix, type Report, type Rule } from './rule.ts';

const undefinedConfigReference: Rule = defineRule({
  id: 'undefined-config-reference',
  severity: 'error',
  summary: 'A variable that feeds a port is read from a ConfigMap or key that does not exist.',

  *check(graph) {
    const told = new Set<string>();
    const isRead = keyReaders(graph.model);
    for (const link of graph.configs) {
      const { object, workload, container, objectName } = link;
      if (object) yield* missingKey(link, object, isRead);
      else if (link.state === 'broken') {
        // One missing object stops the container once, however many variables want it.
        const place = `${workload.source.path}\0${workload.start}\0${container.name}\0${objectName}`;
        if (told.has(place)) continue;
        told.add(place);
        yield missingObject(graph, link);
      }
    }
  },
});

function missingObject({ model, configs }: PortGraph, link: ConfigLink): Report {
  const { workload, container, objectKind, objectName, nearest } = link;
  const alike = configs.filter(
    (one) => one.container === container && one.objectKind === objectKind && one.objectName === objectName,
  );
  const meant = nearest === undefined ? undefined : model.configMap(workload.namespace, nearest);
  const fits = meant && alike.every(({ key }) => key === undefined || meant.data.has(key));
  const [first, ...more] = alike.map((one) => referenceOf(one).name);
  return {
    message: `container \`${container.name}\` of ${describe(workload)} reads ${read(link)} from ${objectKind} \`${qualify(workload.namespace, objectName)}\`, which does not exist`,
    resources: meant ? [workload, meant] : [workload],
    field: endsOf(link).from.field,
    link,
    labels: [
      { at: first!.at, message: `no ${objectKind} of namespace \`${workload.namespace}\` has this name` },
      ...more.map((name) => ({ at: name.at, message: 'read from it too' })),
      ...(meant ? [{ at: meant.nameAt, message: 'has nearly this name, and nothing refers to it' }] : []),
    ],
    notes: [
      'the container is never created: it waits in CreateContainerConfigError until the object is there',
    ],
    fixes: fits
      ? asChoices([
          {
            title: `read from \`${meant.name}\``,
            edits: [first!, ...more].map((name) => ({ at: name.at, text: meant.name })),
          },
          ...callConfigMap(meant, objectName),
        ])
      : [],
  };
}

function* missingKey(
  link: ConfigLink,
  object: ConfigMap | Secret,
  isRead: ReturnType<typeof keyReaders>,
): Generator<Report> {
  const { workload, container, key, state, nearest } = link;
  const reference = referenceOf(link);
  if (key === undefined || !reference.key || object.data.has(key)) return;
  // A key whose value is no string is there, and non-string-config-value reports it.
  if (object.misfits.some(({ field }) => field === `data.${key}` || field === `stringData.${key}`)) return;
  // Without a name that is nearly this one, an optional key was left out on purpose.
  const isOptional = state === 'unproved' && reference.optional && nearest !== undefined;
  if (state !== 'broken' && !isOptional) return;

  const isBinary = object.kind === 'ConfigMap' && object.binaryKeys.has(key);
  yield {
    severity: isOptional ? 'warning' : 'error',
    message: `container \`${container.name}\` of ${describe(workload)} reads ${read(link)} from key \`${key}\`, which ${describe(object)} does not have`,
    resources: [workload, object],
    field: endsOf(link).from.field,
    link,
    labels: [
      { at: reference.key.at, message: isBinary ? 'only binaryData has this key' : 'no such key' },
      { at: object.nameAt, message: keysOf(object) },
    ],
    notes: [
      isOptional
        ? 'the variable is optional, so it is left unset without a word and the process keeps its default'
        : 'the container is never created: it waits in CreateContainerConfigError until the key is there',
      ...(isBinary ? ['what lies in binaryData never reaches the environment'] : []),
    ],
    fixes:
      nearest === undefined
        ? []
        : asChoices([
            { title: `read key \`${nearest}\``, edits: [{ at: reference.key.at, text: nearest }] },
            // An object may hold a key in `data` or `binaryData`, not in both.
            ...(isBinary || isRead(object, nearest) ? [] : callKey(object, nearest, key)),
          ]),
  };
}

/** The other end: the object has the value under the key that is asked for. */
function callKey(
  { kind, data }: ConfigMap | Secret,
  own: string,
  key: string,
): Pick<Fix, 'title' | 'edits'>[] {
  const at = keyBefore(data.get(own)!.at, own);
  return at && /^[A-Za-z_][\w.-]*$/.test(key)
    ? [{ title: `call the key of the ${kind} \`${key}\``, edits: [{ at, text: key }] }]
    : [];
}

interface Reference {
  readonly name: Located<string>;
  readonly key: Located<string> | undefined;
  readonly optional: boolean;
}

function referenceOf({ reference }: ConfigLink): Reference {
  if (reference.list === 'envFrom') return { ...pick(reference), key: undefined };
  const from = reference.valueFrom;
  if (from?.kind === 'ConfigMap' || from?.kind === 'Secret') return { ...pick(from), key: from.key };
  return { name: reference.name, key: undefined, optional: false };
}

const pick = ({ name, optional }: { name: Located<string>; optional: boolean }): Omit<Reference, 'key'> => ({
  name,
  optional,
});

const read = ({ reference }: ConfigLink): string =>
  reference.list === 'envFrom' ? 'its environment' : `\`${reference.name.value}\``;

function keysOf({ data }: ConfigMap | Secret): string {
  const keys = [...data.keys()].toSorted().map((key) => `\`${key}\``);
  if (keys.length === 0) return 'has no keys';
  const rest = keys.length > 4 ? ` and ${keys.length - 4} more` : '';
  return `has ${keys.slice(0, 4).join(', ')}${rest}`;
}

export default undefinedConfigReference;
