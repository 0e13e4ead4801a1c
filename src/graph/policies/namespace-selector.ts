import { type LabelSelector, matches } from '../../model/label-selector.ts';
import { isNamespace } from '../../model/policy.ts';
import type { Model } from '../../model/resource-set.ts';
import { groupBy } from '../../text/group-by.ts';

/** Whether a selector means a namespace; undefined where only the Namespace's own labels would tell. */
export type NamespaceSelector = (selector: LabelSelector, namespace: string) => boolean | undefined;

/** Every namespace carries its name as a label; its other labels are known where the input has its Namespace. */
export function namespaceSelector(model: Model): NamespaceSelector {
  const namespaces = groupBy(model.others.filter(isNamespace), ({ name }) => name);
  return (selector, namespace) => {
    const own = new Map<string, { readonly value: string }>([
      ...(namespaces.get(namespace) ?? []).flatMap(({ labels }) => [...labels]),
      ['kubernetes.io/metadata.name', { value: namespace }],
    ]);
    return matches(selector, own, () => namespaces.has(namespace));
  };
}
