import type { YamlNode } from '../../text/yaml-node.ts';
import type { Schema } from './schema.ts';

// What Go makes of what is left out or left empty, and how the server tells it.

/** Fields and lists in which a text that is left empty is not taken for one that is left out: Go holds a pointer there. */
export const KEPT_EMPTY: ReadonlySet<string> = new Set(
  [
    'EndpointSlice:EndpointPort.protocol',
    'HTTPIngressPath.pathType',
    'JobSpec.completionMode',
    'JobSpec.podReplacementPolicy',
    'NetworkPolicyPort.protocol',
    'NetworkPolicySpec.policyTypes',
    'PersistentVolumeClaimSpec.accessModes',
    'PodSecurityContext.fsGroupChangePolicy',
    'PodSecurityContext.supplementalGroupsPolicy',
    'RuleWithOperations.operations',
    'RuleWithOperations.scope',
    'SecurityContext.procMount',
    'ServiceSpec.internalTrafficPolicy',
    'ServiceSpec.ipFamilyPolicy',
    'TopologySpreadConstraint.nodeAffinityPolicy',
    'TopologySpreadConstraint.nodeTaintsPolicy',
    'TopologySpreadConstraint.whenUnsatisfiable',
    'VolumeMount.mountPropagation',
  ].concat(
    ['Validating', 'Mutating'].flatMap((kind) =>
      ['failurePolicy', 'matchPolicy', 'sideEffects', 'reinvocationPolicy'].map(
        (key) => `${kind}Webhook.${key}`,
      ),
    ),
  ),
);

/** Go has a 0 or an empty text where nothing is said, and the server tells what is wrong with those. */
export function reasonForNothing(key: string, struct: string): string {
  if (struct !== '' && key === 'port') return 'Invalid value: 0: must be between 1 and 65535, inclusive';
  const words = NOTHING.get(`${struct}.${key}`);
  if (words) return words;
  if (struct !== 'HTTPIngressPath') return 'Required value';
  return key === 'pathType'
    ? 'Required value: pathType must be specified'
    : 'Invalid value: "": resource or service backend is required';
}

const NO_IP = 'Invalid value: "": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
const NO_OPERATOR = 'Invalid value: "": not a valid selector operator';
const NO_WEIGHT = 'Invalid value: 0: must be in the range 1-100';
const NO_KEY = 'Invalid value: "": name part must be non-empty';

const NOTHING: ReadonlyMap<string, string> = new Map([
  ['Endpoint.addresses', 'Required value: must contain at least 1 address'],
  ['EndpointAddress.ip', NO_IP],
  ['HostAlias.ip', NO_IP],
  ['LabelSelectorRequirement.operator', NO_OPERATOR],
  ['LabelSelectorRequirement.key', NO_KEY],
  ['NodeSelectorRequirement.operator', NO_OPERATOR],
  ['NodeSelectorRequirement.key', NO_KEY],
  ['TopologySpreadConstraint.maxSkew', 'Invalid value: 0: must be greater than zero'],
  ['TopologySpreadConstraint.topologyKey', 'Required value: can not be empty'],
  [
    'TopologySpreadConstraint.whenUnsatisfiable',
    'Unsupported value: "": supported values: "DoNotSchedule", "ScheduleAnyway"',
  ],
  ['DaemonSetSpec.selector', 'Invalid value: null: `selector` does not match template `labels`'],
  ['SeccompProfile.type', 'Required value: type is required when seccompProfile is set'],
  ['AppArmorProfile.type', 'Required value: type is required when appArmorProfile is set'],
  ['PreferredSchedulingTerm.weight', NO_WEIGHT],
  ['WeightedPodAffinityTerm.weight', NO_WEIGHT],
  ['PodReadinessGate.conditionType', NO_KEY],
  ['NodeSelector.nodeSelectorTerms', 'Required value: must have at least one node selector term'],
]);

/** Required by the description, and told by the code of what holds it. */
export const TOLD_BY_CODE: ReadonlySet<string> = new Set(['HTTPHeader.name', 'PodSchedulingGate.name']);

/** What Go makes of a null in a list: a struct without fields, an empty text. */
export function itemOfNull({ start, end }: YamlNode, { type }: Schema): YamlNode | undefined {
  if (type === 'o') return { type: 'map', start, end, entries: [] };
  return type === 's' ? { type: 'scalar', start, end, value: '', text: '', quoted: false } : undefined;
}
