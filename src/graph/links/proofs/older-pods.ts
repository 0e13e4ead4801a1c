import type { Workload } from '../../../model/model.ts';

/** Pods of another template, of which what is said of a workload is not true. */
export function wordOlder([first, ...more]: readonly Workload[]): string {
  if (!first) return '';
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  return `; Pod ${first.name}${others} still ${more.length === 0 ? 'runs' : 'run'} an older template, which differs`;
}
