import { readFileSync } from 'node:fs';

/**
 * js-yaml makes the schemas of its loader, and the options and patterns of what writes YAML, at once. Said to be pure,
 * those that nobody imports are left out: within a function, as what is copied with `...` or stands in a template
 * would be kept for the sake of the copying.
 */
export const leanYaml = {
  name: 'lean-yaml',
  setup(build) {
    build.onLoad({ filter: /js-yaml\.mjs$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(
        /^(var \w+ = )((?:new (?:Schema|RegExp)\(|define\w+Tag\(|\w+_SCHEMA\.withTags\(|\{|`)[\s\S]*?);$(?=\n\S)/gm,
        '$1/* @__PURE__ */ (() => ($2))();',
      ),
    }));
  },
};
