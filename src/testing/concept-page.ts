import { readFileSync } from 'node:fs';
import { fixedExample } from '../concepts/fixed-example.ts';
import { manifestsUnder } from './rule-page.ts';

export const conceptPageOf = (id: string): string =>
  readFileSync(new URL(`../concepts/${id}.md`, import.meta.url), 'utf8');

/** The manifests of a concept's page: as they stand under Broken, and with the lines changed that Fixed changes. */
export function examplesOf(page: string): { readonly broken: string; readonly fixed: string } {
  const broken = manifestsUnder('Broken', page);
  return { broken, fixed: fixedExample(broken, page) };
}

/** What a page's picture draws in the row of this name, without the spaces that align it, and the remark behind it. */
export function rowOf(
  name: 'broken' | 'fixed',
  page: string,
): { readonly drawn: string; readonly remark: string } {
  const [, row = ''] = new RegExp(`^${name} +(.+)$`, 'm').exec(page) ?? [];
  const [drawn = '', remark = ''] = row.replace(/ +/g, ' ').split(' (');
  return { drawn, remark };
}
