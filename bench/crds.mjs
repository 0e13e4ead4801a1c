/** Custom resource definitions as controller-gen writes them: deep schemas, a description on most properties. */

/** @typedef {import('./random.mjs').Random} Random */

const NOUNS = [
  'backup',
  'certificate',
  'cluster',
  'gateway',
  'issuer',
  'monitor',
  'pipeline',
  'policy',
  'queue',
  'route',
];
const FIELDS = [
  'selector',
  'template',
  'strategy',
  'replicas',
  'port',
  'targetPort',
  'ports',
  'backend',
  'kind',
  'metadata',
  'spec',
  'resources',
  'tolerations',
  'affinity',
  'matchLabels',
  'containers',
  'volumes',
  'conditions',
  'endpoint',
  'secretRef',
];
const PROSE = [
  'is the name of the object that this one refers to, in the same namespace',
  'lists what the controller has observed, most recent first',
  'defaults to the value of the enclosing object when it is left out',
  'must be a DNS label and unique within its list',
  'is only read when the object is created; later changes are ignored',
  'selects the Pods whose labels match all of these requirements',
];

/** @param {Random} random @param {number} index makes the name unique */
export function crd(random, index) {
  const singular = `${random.pick(NOUNS)}${index}`;
  const plural = `${singular}s`;
  const kind = singular[0].toUpperCase() + singular.slice(1);
  const group = `${random.pick(NOUNS)}.example.io`;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      annotations: { 'controller-gen.kubebuilder.io/version': 'v0.16.1' },
      name: `${plural}.${group}`,
    },
    spec: {
      group,
      names: { kind, listKind: `${kind}List`, plural, singular },
      scope: 'Namespaced',
      versions: [
        {
          additionalPrinterColumns: [{ jsonPath: '.metadata.creationTimestamp', name: 'Age', type: 'date' }],
          name: 'v1alpha1',
          schema: { openAPIV3Schema: objectSchema(random, random.int(3, 5)) },
          served: true,
          storage: true,
          subresources: { status: {} },
        },
      ],
    },
  };
}

function objectSchema(random, depth) {
  /** @type {Record<string, object>} */
  const properties = {};
  for (let more = random.int(3, 6); more > 0; more--) {
    properties[random.pick(FIELDS)] = { ...described(random), ...schema(random, depth - 1) };
  }
  return { properties, required: [Object.keys(properties)[0]], type: 'object' };
}

function schema(random, depth) {
  if (depth > 0 && random.chance(0.75)) {
    const nested = objectSchema(random, depth);
    return random.chance(0.3) ? { items: nested, type: 'array' } : nested;
  }
  return random.pick([
    { type: 'string' },
    { format: 'int32', type: 'integer' },
    { anyOf: [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true },
    { additionalProperties: { type: 'string' }, type: 'object' },
    { default: 'Always', enum: ['Always', 'Never', 'OnFailure'], type: 'string' },
  ]);
}

const described = (random) => (random.chance(0.6) ? { description: prose(random) } : {});

function prose(random) {
  const sentences = Array.from({ length: random.int(1, 2) }, () => `This field ${random.pick(PROSE)}.`);
  return random.chance(0.4) ? sentences.join('\n') : sentences.join(' ');
}

/** An object of a kind that no port rule reads, of the size of an alert rule file. @param {Random} random */
export const alertRules = (random, index) => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PrometheusRule',
  metadata: { name: `alerts-${index}`, namespace: 'monitoring' },
  spec: {
    groups: Array.from({ length: random.int(1, 6) }, (_, group) => ({
      name: `group-${group}`,
      rules: Array.from({ length: random.int(1, 8) }, () => ({
        alert: `${random.pick(NOUNS)}Unhealthy`,
        annotations: { description: prose(random), summary: prose(random) },
        expr: `sum(rate(${random.pick(NOUNS)}_errors_total[5m])) by (namespace)\n  > ${random.int(1, 9)}`,
        for: `${random.int(1, 15)}m`,
        labels: { severity: random.pick(['warning', 'critical']) },
      })),
    })),
  },
});
