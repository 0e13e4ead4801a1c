/**
 * The mistakes that a small share of the generated applications holds, one each: links that are proved broken.
 *
 * @typedef {import('./apps.mjs').App} App
 * @typedef {{ link: string, resource: string }} Mistake the kind of link that breaks, and the object it starts from
 */

/** @param {App} app @param {import('./random.mjs').Random} random @returns {Mistake | undefined} */
export function plantMistake(app, random) {
  const possible = MISTAKES.flatMap((mistake) => {
    const object = app.objects.find(mistake.fits);
    return object ? [{ ...mistake, object }] : [];
  });
  if (possible.length === 0) return undefined;
  const { link, plant, object } = random.pick(possible);
  plant(object.spec);
  return { link, resource: `${object.kind} ${app.namespace}/${object.metadata.name}` };
}

function isService({ kind }) {
  return kind === 'Service';
}

const MISTAKES = [
  {
    link: 'target-port',
    // A headless Service forwards nothing, so that nothing of it breaks.
    fits: ({ kind, spec }) => kind === 'Service' && spec.clusterIP !== 'None',
    plant: (spec) => {
      spec.ports[0].targetPort = 'http-web';
    },
  },
  {
    link: 'selector',
    // Where a second Service still selects the Pods, the first may be meant for others.
    fits: ({ kind }, _, objects) => kind === 'Service' && objects.filter(isService).length === 1,
    plant: (spec) => {
      spec.selector = { ...spec.selector, 'app.kubernetes.io/instance': 'staging' };
    },
  },
  {
    link: 'backend',
    fits: ({ kind }) => kind === 'Ingress',
    plant: (spec) => {
      spec.rules[0].http.paths[0].backend.service.port = { number: 8888 };
    },
  },
  {
    link: 'probe',
    fits: ({ kind, spec }) =>
      kind === 'Deployment' && spec.template.spec.containers[0].readinessProbe.httpGet,
    plant: (spec) => {
      spec.template.spec.containers[0].readinessProbe.httpGet.port = 'health';
    },
  },
];
