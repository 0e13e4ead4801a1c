/**
 * A page in a browser is given one text of manifests alone: what reads logs, whatever else was seen, what was there
 * before, and what builds other files is left out of it.
 */
export const nothingSeen = {
  name: 'nothing-seen',
  setup(build) {
    build.onLoad({ filter: /\/process\/logs\/[\w-]+\.ts$/ }, () => ({
      contents: `
        const never = () => { throw new Error('no logs are read here'); };
        export { never as listeningPorts, never as withLog };`,
    }));
    for (const [path, contents] of Object.entries(UNSEEN))
      build.onLoad({ filter: new RegExp(`/${path}\\.ts$`) }, () => ({ contents }));
  },
};

/** What each says where nothing was seen, and nothing is compared. */
const UNSEEN = {
  'graph/observed/settle': 'export const settleObserved = () => (links) => links;',
  'graph/observed/backends': 'export const seeBackends = (_, links) => links;',
  'process/observed/observed-processes': 'export const withObservations = (processOf) => processOf;',
  'questions/observed/witnesses': 'export const witnessesIn = () => new Map();',
  'questions/observed/said-of-link': "export const saidOf = () => '';",
  'grounds/seen-words':
    "const word = () => ''; export { word as wordState, word as wordEvent, word as wordSlice };",
  'doubts/seen-doubts': 'export const SEEN_DOUBTS = {};',
  'model/observed':
    'export const observedIn = () => ({ isEmpty: true, about: () => [], aboutWorkload: () => [] });',
  'report/trace/contradictions': 'export const contradictionsIn = () => [];',
  'report/baseline': 'export const applyBaseline = (findings) => ({ findings });',
  // A kustomization changes what lies in other files.
  'model/kustomized': 'export const settleKustomized = (resources) => resources;',
  'model/kustomization': `
    const read = (path) => ({ path, folder: '', by: 'kustomize', takes: [], components: [], patchFiles: [], dataFiles: [], changes: [] });
    export { read as readKustomization, read as readFluxKustomization };
    export const readArgoApplication = () => [];`,
  // What one provider's load balancers ask lies beside the chain that a page in a browser shows.
  'model/kinds/gke': 'export const GKE = [];',
  'engine/changed-since': 'export const onlyChanged = (findings) => findings;',
};
