import { readFileSync } from 'node:fs';

/**
 * A page in a browser is about the chain: what the API server asks of schedules, volumes, places, resources,
 * privileges, owners, updates, keys of ConfigMaps and Secrets, labels of Jobs and what a route does to headers and paths
 * hangs on no port, and is left to the command line. Unknown fields and wrong types of theirs are told.
 */
const FAR = [
  'claims',
  'config',
  'job-labels',
  'job-policies',
  'jobs',
  'network-volumes',
  'resources',
  'scheduling',
  'security',
  'volume-sources',
  'volume-files',
  'pod-annotations',
  'pod-members',
  'pod-references',
  'pod-settings',
  'route-filters',
  'lifecycle',
  'rolling-update',
  'webhook',
];

export const chainAlone = {
  name: 'chain-alone',
  setup(build) {
    build.onLoad({ filter: new RegExp(`/model/admission/values/(?:${FAR.join('|')})\\.ts$`) }, ({ path }) => {
      const checks = readFileSync(path, 'utf8').matchAll(/^export (?:const|function) (check\w+)/gm);
      const names = Array.from(checks, ([, name]) => `passes as ${name}`);
      return { contents: `const passes = () => {}; export { ${names.join(', ')} };` };
    });
  },
};
