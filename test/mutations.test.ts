import fc from 'fast-check';
import { expect, test } from 'vitest';
import { check } from '../src/engine/check.ts';
import { linksOf } from '../src/graph/links/port-graph.ts';
import { allRules } from '../src/rules/index.ts';
import {
  brokenLinks,
  cranes,
  mutation,
  type Shop,
  type Written,
  wholeShop,
  yamlOf,
} from './mutations/shop.ts';

/** grafana listens on 3000 unless GF_SERVER_HTTP_PORT moves it. */
const GRAFANA: Written = {
  id: '',
  namespaces: { shop: 'shop', yard: 'yard' },
  image: 'grafana/grafana:11.2.0',
  variable: 'GF_SERVER_HTTP_PORT',
};

const yaml = (shop: Shop): string =>
  `${yamlOf(shop, GRAFANA)}---${cranes(['shop', 'yard'], 'example.com/crane')}`;

/** The kinds of the broken links; each must be told by an error of its own. */
function foundBroken(shop: Shop): string[] {
  const text = yaml(shop);
  const { sets, errors } = check([{ path: 'shop.yaml', text, kind: 'file', editable: true }], {
    rules: allRules,
  });
  expect(errors).toEqual([]);
  return sets.flatMap(({ graph, findings }) => {
    const told = new Set(findings.flatMap(({ severity, link }) => (severity === 'error' ? [link] : [])));
    return linksOf(graph)
      .filter(({ state }) => state === 'broken')
      .map((link) => `${link.kind}${told.has(link) ? '' : ', told by no rule'}`);
  });
}

test('a whole chain has no broken link', () => {
  fc.assert(
    fc.property(wholeShop, (shop) => {
      expect(foundBroken(shop)).toEqual([]);
    }),
  );
});

test('200 random mutations break exactly the links that really break', () => {
  const seed = Math.floor(Math.random() * 0x7fffffff);
  console.info(`mutations: seed ${seed}`);
  fc.assert(
    fc.property(wholeShop, mutation, (shop, { change }) => {
      const mutant = change(shop);
      expect(foundBroken(mutant).toSorted()).toEqual(brokenLinks(mutant).toSorted());
    }),
    { numRuns: 200, seed },
  );
});
