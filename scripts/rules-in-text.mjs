import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** What only a build, a compose file or a cluster shows: these rules and their examples say nothing in a text alone. */
export const NOT_IN_TEXT = new Set([
  'appended-port',
  'compose-host-port',
  'contradicted-manifest',
  'coupled-chart-port',
  'stale-kustomize-reference',
]);

/** Only lists of rules show it, and a page in a browser has none. */
const SUMMARY = /^ {2}summary:\s*(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"),$/m;

/** Of a rule that can find something in a text, all but its summary; nothing of any other. */
export const rulesInText = {
  name: 'rules-in-text',
  setup(build) {
    build.onLoad({ filter: /\/rules\/[a-z]+(?:-[a-z]+)+\.ts$/ }, ({ path }) => {
      const id = basename(path, '.ts');
      if (NOT_IN_TEXT.has(id))
        return {
          contents: `export default { id: '${id}', severity: 'info', summary: '', check: () => [] };`,
        };
      return { contents: readFileSync(path, 'utf8').replace(SUMMARY, "  summary: '',"), loader: 'ts' };
    });
  },
};
