import type { Denied } from '../../sources/denied.ts';
import type { Served } from './discover.ts';

/** One list or object that the user may not have. */
export interface Denial {
  readonly served: Served;
  readonly verb: 'list' | 'get';
  /** Undefined where no Role of a namespace can allow it. */
  readonly namespace: string | undefined;
}

/** The rules that would allow them: one for each API group and verb, those of Roles first. */
export function rulesFor(denials: readonly Denial[]): Denied[] {
  const rules = new Map<string, { readonly rule: Denied; readonly resources: Set<string> }>();
  for (const { served, verb, namespace } of denials) {
    const { group, plural } = served;
    const key = [verb, group, namespace].join('\0');
    const resources = rules.get(key)?.resources ?? new Set<string>();
    resources.add(plural);
    const rule = { apiGroups: [group], resources: [], verbs: [verb] };
    rules.set(key, { rule: namespace === undefined ? rule : { ...rule, namespace }, resources });
  }
  const order = ({ namespace, verbs, apiGroups }: Denied): string =>
    [namespace === undefined, verbs.join(), apiGroups.join()].join('\0');
  return [...rules.values()]
    .map(({ rule, resources }) => ({ ...rule, resources: [...resources].sort() }))
    .sort((a, b) => (order(a) < order(b) ? -1 : 1));
}
