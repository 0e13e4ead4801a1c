/**
 * Whole trees of manifests, as iterables of files.
 *
 * @typedef {import('./layouts.mjs').File} File
 * @typedef {object} Facts
 * @property {number} resources
 * @property {number} files
 * @property {number} bytes
 * @property {import('./mistakes.mjs').Mistake[]} mistakes links that were made to break
 * @property {number} [irrelevantBytes] of documents whose kind no port rule reads
 */

import { ingressClass, namespaceObject } from './app-objects.mjs';
import { application, webApplication } from './apps.mjs';
import { alertRules, crd } from './crds.mjs';
import { anchoredFile, fileEach, helmStream, jsonList, oneFile, windowsFile, yamlList } from './layouts.mjs';
import { plantMistake } from './mistakes.mjs';
import { seeded } from './random.mjs';
import { writeYaml } from './yaml-writer.mjs';

const NAMES = [
  'cart',
  'checkout',
  'catalog',
  'ledger',
  'harbour',
  'pilot',
  'crane',
  'berth',
  'tariff',
  'manifest',
];
const TEAMS = ['shop', 'media', 'billing', 'logistics', 'identity', 'search', 'reports', 'platform'];
/** About as many objects as one namespace holds. */
const NAMESPACE_SIZE = 150;
/** One application in so many holds a mistake. */
const MISTAKE_EVERY = 30;

/** How often each layout is met; Helm streams hold several applications and weigh more than their number. */
const LAYOUTS = [
  { share: 0.2, layout: 'helm' },
  { share: 0.3, layout: fileEach },
  { share: 0.25, layout: oneFile },
  { share: 0.05, layout: yamlList },
  { share: 0.05, layout: jsonList },
  { share: 0.08, layout: anchoredFile },
  { share: 0.07, layout: windowsFile },
];

/** @returns {Facts} */
export const noFacts = () => ({ resources: 0, files: 0, bytes: 0, mistakes: [] });

/**
 * Applications of all sorts, in many namespaces and all layouts.
 *
 * @param {number} resources exactly so many objects
 * @param {number} seed
 * @param {Facts} facts filled in while the files are taken
 * @returns {Generator<File>}
 */
export function* mixedTree(resources, seed, facts) {
  const random = seeded(seed);
  let left = resources;
  let serial = 0;
  const takeApp = (namespace, upstream) => {
    const name = `${random.pick(NAMES)}-${serial++}`;
    const app =
      serial === 1 ? webApplication(random, namespace, name) : application(random, namespace, name, upstream);
    if (left < app.objects.length) app.objects.length = left;
    else if (serial % MISTAKE_EVERY === 0) {
      const mistake = plantMistake(app, random);
      if (mistake) facts.mistakes.push(mistake);
    }
    left -= app.objects.length;
    return app;
  };

  yield* count(facts, 1, [{ path: 'cluster/ingress-class.yaml', text: writeYaml(ingressClass()) }]);
  left--;
  for (let index = 0; left > 0; index++) {
    const namespace = `${random.pick(TEAMS)}-${index}`;
    const until = Math.max(0, left - NAMESPACE_SIZE);
    yield* count(facts, 1, [
      { path: `cluster/namespaces/${namespace}.yaml`, text: writeYaml(namespaceObject(namespace)) },
    ]);
    left--;
    let upstream;
    while (left > until) {
      const before = left;
      const layout = pickLayout(random);
      const apps = [];
      for (let more = layout === 'helm' ? random.int(1, 6) : 1; more > 0 && left > until; more--) {
        const app = takeApp(namespace, upstream);
        // Only whole applications are called by others.
        upstream = left > 0 ? (app.serves ?? upstream) : upstream;
        apps.push(app);
      }
      const path = `apps/${namespace}/${apps[0].name}`;
      yield* count(facts, before - left, layout === 'helm' ? helmStream(apps, path) : layout(apps[0], path));
    }
  }
}

/**
 * A repository as operators have them: most bytes are custom resource definitions and alert rules.
 *
 * @param {number} resources of the mixed kinds
 * @param {number} share of all bytes in documents whose kind no port rule reads
 * @param {number} seed
 * @param {Facts} facts
 * @returns {Generator<File>}
 */
export function* operatorTree(resources, share, seed, facts) {
  facts.irrelevantBytes = 0;
  yield* mixedTree(resources, seed, facts);
  const random = seeded(seed + 1);
  let serial = 0;
  while (facts.irrelevantBytes < share * facts.bytes) {
    const alerts = random.chance(0.3);
    const documents = Array.from({ length: alerts ? 1 : random.int(1, 8) }, () => {
      const object = alerts ? alertRules(random, serial) : crd(random, serial);
      serial++;
      return `---\n${writeYaml(object)}`;
    });
    const text = documents.join('');
    facts.irrelevantBytes += Buffer.byteLength(text);
    yield* count(facts, documents.length, [{ path: `${alerts ? 'alerts' : 'crds'}/${serial}.yaml`, text }]);
  }
}

/**
 * The worst case for matching selectors: one namespace, one label of its own for each Service, ten workloads behind
 * it, and labels that all of them share.
 *
 * @param {number} services
 * @param {Facts} facts
 * @returns {Generator<File>}
 */
export function* crowdedTree(services, facts) {
  const shared = { 'app.kubernetes.io/part-of': 'market', 'app.kubernetes.io/managed-by': 'Helm' };
  for (let index = 0; index < services; index++) {
    const selector = { 'app.kubernetes.io/name': `stall-${index}`, 'app.kubernetes.io/part-of': 'market' };
    const metadata = (name, labels) => ({ name, namespace: 'market', labels });
    const objects = [
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: metadata(`stall-${index}`, shared),
        spec: { ports: [{ name: 'http', port: 80, targetPort: 'http' }], selector },
      },
    ];
    for (let track = 0; track < 10; track++) {
      const labels = { ...shared, ...selector, 'app.kubernetes.io/instance': `stall-${index}-${track}` };
      const container = {
        name: 'stall',
        image: 'registry.example.com/market/stall:1.0.0',
        ports: [{ name: 'http', containerPort: 8080 }],
      };
      objects.push({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: metadata(`stall-${index}-${track}`, shared),
        spec: {
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [container] } },
        },
      });
    }
    const app = { name: `stall-${index}`, namespace: 'market', objects, serves: undefined };
    yield* count(
      facts,
      objects.length,
      helmStream([app], `market/${Math.floor(index / 1000)}/stall-${index}`),
    );
  }
}

function* count(facts, resources, files) {
  facts.resources += resources;
  for (const file of files) {
    const bytes = Buffer.byteLength(file.text);
    facts.files++;
    facts.bytes += bytes;
    yield file;
  }
}

function pickLayout(random) {
  const dice = random.next();
  let upTo = 0;
  for (const { share, layout } of LAYOUTS) {
    upTo += share;
    if (dice < upTo) return layout;
  }
  return LAYOUTS[0].layout;
}
