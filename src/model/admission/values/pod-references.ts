import type { YamlNode } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import type { Site } from '../site.ts';
import type { Step } from '../step.ts';
import { checkListed, has, labelFor, textIn } from './fields.ts';
import { qualifiedFault } from './names.ts';
import { amountIn, amountOf } from './quantity.ts';

// What a variable or a file is given of its Pod (the downward API): pkg/apis/core/validation.

/** pkg/apis/core/pods ConvertDownwardAPIFieldLabel: what can be asked of a Pod at all. */
const FIELDS_OF_PODS =
  /^(?:metadata\.(?:annotations|labels|name|namespace|uid)|spec\.(?:nodeName|restartPolicy|serviceAccountName|schedulerName|host)|status\.(?:phase|hostIPs?|podIPs?))$/;

interface FieldFault {
  readonly words: string;
  readonly label: string;
  /** It is told of the reference, as the key that the path names is wrong. */
  readonly isOfKey?: true;
}

/**
 * validateObjectFieldSelector.
 * @param listed what can be held where this stands, without its keys
 * @param holder what holds it, as the server writes it, which leaves out places in lists of files
 */
export function checkFieldRef(
  ref: YamlNode | undefined,
  site: Site,
  steps: readonly Step[],
  listed: readonly string[],
  holder?: string,
): void {
  const [path, version] = [textIn(ref, 'fieldPath'), textIn(ref, 'apiVersion')];
  if (!path) return;
  const isForeign = version && version.text !== '' && version.text !== 'v1';
  const fault = isForeign ? versionFault(path.text, version.text) : pathFaultOf(path.text, listed);
  if (!fault) return;
  const place = holder === undefined ? site.field(...steps) : `${holder}.fieldRef`;
  site.refuses(isForeign ? version : path, [...steps, 'fieldPath'], '', {
    label: fault.label,
    reason: `${place}${fault.isOfKey ? '' : '.fieldPath'}: ${fault.words}`,
  });
}

const converting = (path: string): string =>
  `Invalid value: ${JSON.stringify(path)}: error converting fieldPath:`;

const versionFault = (path: string, version: string): FieldFault => ({
  words: `${converting(path)} unsupported pod version: ${version}`,
  label: 'Pods are `v1`',
});

function pathFaultOf(path: string, listed: readonly string[]): FieldFault | undefined {
  if (path === '') return { words: 'Required value', label: 'empty' };
  // SplitMaybeSubscriptedPath.
  const bracket = path.endsWith("']") ? path.slice(0, -2).indexOf("['") : -1;
  if (bracket < 1) return plainFault(path, listed);
  const [name, key] = [path.slice(0, bracket), path.slice(bracket + 2, -2)];
  if (!/^metadata\.(?:annotations|labels)$/.test(name))
    return {
      words: `${converting(path)} field label does not support subscript: ${path}`,
      label: 'takes no key',
    };
  const fault = qualifiedFault(name === 'metadata.labels' ? key : key.toLowerCase());
  return fault
    ? { words: `Invalid value: ${JSON.stringify(key)}: ${fault}`, label: labelFor(fault), isOfKey: true }
    : undefined;
}

function plainFault(path: string, listed: readonly string[]): FieldFault | undefined {
  if (!FIELDS_OF_PODS.test(path))
    return {
      words: `${converting(path)} field label not supported: ${path}`,
      label: 'no field of a Pod that is handed on',
    };
  if (listed.includes(path === 'spec.host' ? 'spec.nodeName' : path)) return undefined;
  const supported = listed.map((one) => JSON.stringify(one)).join(', ');
  return {
    words: `Unsupported value: ${JSON.stringify(path)}: supported values: ${supported}`,
    label: 'not on the list of what is taken',
  };
}

/** validateContainerResourceFieldSelector. */
const RESOURCES = ['limits', 'requests'].flatMap((list) =>
  ['cpu', 'ephemeral-storage', 'memory'].map((resource) => `${list}.${resource}`),
);
const OF_BYTES = [
  '1',
  ...['k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((unit) => `1${unit}`),
];

/** @param holder where it stands, as the server writes it, which leaves out places in lists of files */
export function checkResourceRef(
  ref: YamlNode | undefined,
  site: Site,
  steps: readonly Step[],
  holder?: string,
): void {
  if (ref?.type !== 'map') return;
  const resource = textIn(ref, 'resource');
  const asked = resource?.text ?? '';
  if (holder !== undefined && !has(ref, 'containerName'))
    site.refuses(ref.entries[0]?.keyNode ?? ref, steps, '', {
      says: `names no container in \`${site.field(...steps)}\``,
      label: 'needs `containerName`',
      reason: `${holder}.resourceFieldRef.containerName: Required value`,
    });
  else if (resource?.text === '')
    site.refuses(resource, [...steps, 'resource'], 'Required value', { label: 'empty' });
  else if (resource && !/^(?:limits|requests)\.hugepages-/.test(resource.text))
    checkListed(site, resource, [...steps, 'resource'], RESOURCES);
  const divisor = get(ref, 'divisor');
  const amount = amountOf(divisor);
  if (!divisor || amount === undefined || amount === 0 || asked === '') return;
  const [kind, among] = asked.endsWith('.cpu')
    ? ['cpu', ['1m', '1']]
    : [
        asked.includes('.hugepages-')
          ? 'hugepages'
          : asked.endsWith('.memory')
            ? 'memory'
            : 'local ephemeral storage',
        OF_BYTES,
      ];
  if (among.some((one) => amountIn(one) === amount)) return;
  site.refuses(
    divisor,
    [...steps, 'divisor'],
    `Invalid value: ${JSON.stringify(asked)}: only divisor's values ${asked.endsWith('.cpu') ? among.join(' and ') : among.join(', ')} are supported with the ${kind} resource`,
    { label: `not a unit of ${kind}` },
  );
}
