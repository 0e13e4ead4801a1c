import { expect, test } from 'vitest';
import { withArticle } from './article.ts';

test.each([
  ['an', 'HTTPRoute'],
  ['an', 'Ingress'],
  ['an', 'Other'],
  ['an', 'Endpoints'],
  ['an', 'XListenerSet'],
  ['a', 'TLSRoute'],
  ['a', 'UDPRoute'],
  ['a', 'UniqueThing'],
  ['an', 'Upstream'],
  ['a', 'GRPCRoute'],
  ['a', 'Deployment'],
  ['a', 'HelmRelease'],
])('%s %s', (article, word) => {
  expect(withArticle(word)).toBe(`${article} ${word}`);
});
