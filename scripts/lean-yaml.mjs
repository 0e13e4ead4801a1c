import { readFileSync } from 'node:fs';

/** js-yaml builds the schemas of its loader at once; said to be pure, those that nobody imports are left out. */
export const leanYaml = {
  name: 'lean-yaml',
  setup(build) {
    build.onLoad({ filter: /js-yaml\.mjs$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(
        /^(var \w+ = )(?=new Schema\(|define\w+Tag\(|\w+_SCHEMA\.withTags\()/gm,
        '$1/* @__PURE__ */ ',
      ),
    }));
  },
};
