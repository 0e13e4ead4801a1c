import { expect } from 'vitest';
import { check } from '../engine/check.ts';
import { endsOf } from '../graph/links/ends.ts';
import type { LinkKind } from '../graph/links/link.ts';
import { linksOf, type PortGraph } from '../graph/links/port-graph.ts';

/** The graph of one YAML stream, which must be readable and make one set. */
export function graphOf(yaml: string, namespace?: string): PortGraph {
  const { sets, errors } = check([{ path: 'manifest.yaml', text: yaml, kind: 'file', editable: true }], {
    rules: [],
    namespace,
  });
  expect(errors).toEqual([]);
  expect(sets.length).toBe(1);
  return sets[0]!.graph;
}

/** Links of one kind as short lines, `whole http → Pod/pier:8080`, to compare with what is expected. */
export function linesOf(yaml: string, kind: LinkKind): string[] {
  return linksOf(graphOf(yaml))
    .filter((link) => link.kind === kind)
    .map((link) => {
      const { from, to } = endsOf(link);
      const asked = from.targetPort ?? from.port?.name ?? from.port?.number ?? from.resource.name;
      const port = to?.port?.number ?? to?.port?.name;
      const target = to
        ? `${to.resource.kind}/${to.resource.name}${port === undefined ? '' : `:${port}`}`
        : 'nothing';
      return `${link.state} ${asked} → ${target}`;
    });
}
