import { readFileSync } from 'node:fs';

export const pageOf = (rule: string): string =>
  readFileSync(new URL(`../rules/${rule}.md`, import.meta.url), 'utf8');

/** The manifests under a heading of a rule's page; empty where there are none. */
export const manifestsUnder = (heading: 'Broken' | 'Fixed', page: string): string =>
  new RegExp(`## ${heading}\n[^#]*?\`\`\`yaml\n(.*?)\`\`\``, 's').exec(page)?.[1] ?? '';
