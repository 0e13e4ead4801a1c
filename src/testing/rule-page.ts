import { readFileSync } from 'node:fs';
import type { Observation } from '../model/observation.ts';

export const pageOf = (rule: string): string =>
  readFileSync(new URL(`../rules/${rule}.md`, import.meta.url), 'utf8');

/** The manifests under a heading of a rule's page; empty where there are none, or several files. */
export const manifestsUnder = (heading: 'Broken' | 'Fixed', page: string): string =>
  Object.keys(filesUnder(heading, page)).length > 0
    ? ''
    : (new RegExp(`## ${heading}\n[^#]*?\`\`\`yaml\n(.*?)\`\`\``, 's').exec(page)?.[1] ?? '');

/** What was seen beside the manifests under a heading: its block of JSON; nothing where there is none. */
export function seenUnder(heading: 'Broken' | 'Fixed', page: string): Observation[] {
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const [, seen] = /```json\n(.*?)```/s.exec(section) ?? [];
  return seen === undefined ? [] : JSON.parse(seen);
}

/**
 * The files under a heading, of a page whose rule needs a build: each block stands below its path. None where the
 * heading has manifests.
 */
export function filesUnder(heading: 'Broken' | 'Fixed', page: string): Readonly<Record<string, string>> {
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const [first = '', ...blocks] = section.split('```yaml\n');
  let before = first;
  const files: [string, string][] = [];
  for (const block of blocks) {
    const path = /`([^`\n]+)`:\n\n$/.exec(before)?.[1];
    const [text = '', after = ''] = block.split('```\n', 2);
    if (path !== undefined) files.push([path, text]);
    before = after;
  }
  return Object.fromEntries(files);
}
