import { describe, expect, test } from 'vitest';
import { tree } from '../bench/generate.mjs';
import { check } from '../src/engine/check.ts';
import { endsOf } from '../src/graph/links/ends.ts';
import { linksOf } from '../src/graph/links/port-graph.ts';
import type { SourceFile } from '../src/text/source.ts';

interface Generated {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly facts: {
    readonly resources: number;
    readonly bytes: number;
    readonly irrelevantBytes?: number;
    readonly mistakes: readonly { readonly link: string; readonly resource: string }[];
  };
}

function generate(name: string): Generated {
  const { files, facts } = tree(name);
  return { files: [...files], facts };
}

function run({ files }: Generated, strict = false) {
  const sources = files.map(({ path, text }): SourceFile => ({ path, text, kind: 'file', editable: true }));
  return check(sources, { rules: [], strict });
}

/** The first end of each broken link, as the generator words its mistakes. */
function brokenIn(generated: Generated): string[] {
  const links = run(generated).sets.flatMap(({ graph }) => linksOf(graph));
  return links
    .filter(({ state }) => state === 'broken')
    .map((link) => {
      const { kind, namespace, name } = endsOf(link).from.resource;
      return `${link.kind} of ${kind} ${namespace}/${name}`;
    })
    .sort();
}

test.each(['mixed-400', 'operator-60', 'crowded-100', 'grown-names-20', 'grown-aliases-20'])(
  '%s is the same bytes each time',
  (name) => {
    expect(generate(name)).toEqual(generate(name));
  },
);

test.each([1, 2, 9, 10, 151, 1000])(
  'mixed-%i holds so many resources, and nothing that cannot be read',
  (size) => {
    const generated = generate(`mixed-${size}`);
    for (const strict of [false, true]) {
      const { sources, errors, foreign, sets } = run(generated, strict);
      expect(sources.reduce((sum, { resources }) => sum + resources, 0)).toBe(size);
      expect([...errors, ...foreign]).toEqual([]);
      expect(sets).toHaveLength(1);
    }
    expect(generated.facts.resources).toBe(size);
  },
);

test('paths are unique', () => {
  const paths = generate('mixed-3000').files.map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
});

describe('chains', () => {
  test('break where a mistake was planted, and nowhere else', () => {
    const generated = generate('mixed-3000');
    const { mistakes } = generated.facts;
    expect(new Set(mistakes.map(({ link }) => link)).size).toBe(4);
    expect(new Set(brokenIn(generated))).toEqual(
      new Set(mistakes.map(({ link, resource }) => `${link} of ${resource}`)),
    );
  });

  test('of the crowded tree: every Service reaches its own ten workloads', () => {
    const { sets } = run(generate('crowded-200'));
    const selectors = sets.flatMap(({ graph }) => linksOf(graph)).filter(({ kind }) => kind === 'selector');
    expect(selectors).toHaveLength(200);
    expect(selectors.every(({ state }) => state === 'whole')).toBe(true);
  });
});

test('the operator tree is 91 % irrelevant bytes', () => {
  const { bytes, irrelevantBytes } = generate('operator-300').facts;
  expect(irrelevantBytes! / bytes).toBeGreaterThan(0.91);
  expect(irrelevantBytes! / bytes).toBeLessThan(0.96);
});
