import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { check } from '../../engine/check.ts';
import { endsOf } from './ends.ts';
import { resourcesOf } from './joined.ts';
import { linksOf } from './port-graph.ts';

const rules = new URL('../../rules/', import.meta.url);
const PAGES = readdirSync(rules).filter((file) => file.endsWith('.md'));

test('every link of every page joins the resources of its ends', () => {
  const kinds = new Set<string>();
  for (const file of PAGES) {
    const blocks = readFileSync(new URL(file, rules), 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g);
    for (const [, text = ''] of blocks) {
      const source = { path: file, text, kind: 'file', editable: true } as const;
      for (const link of check([source], { rules: [] }).sets.flatMap(({ graph }) => linksOf(graph))) {
        kinds.add(link.kind);
        const { from, to } = endsOf(link);
        expect(resourcesOf(link)).toEqual(to ? [from.resource, to.resource] : [from.resource]);
      }
    }
  }
  expect(kinds.size).toBe(12);
});
