import type { IstioGateway } from '../../model/istio.ts';
import type { Workload } from '../../model/model.ts';
import type { Model } from '../../model/resource-set.ts';
import { selects } from '../../model/selector.ts';

/**
 * The workloads that an Istio Gateway selects, in whatever namespace they are; gone through once for each selector.
 * Undefined where the budget of the input is spent.
 */
export function gatewayPods(model: Model): (gateway: IstioGateway) => readonly Workload[] | undefined {
  const known = new Map<string, readonly Workload[]>();
  return (gateway) => {
    const { selector } = gateway;
    const key = [...selector].flatMap(([name, { value }]) => [name, value]).join('\0');
    const there = known.get(key);
    if (there) return there;
    if (!model.budget.allows(model.workloads.length, gateway)) return undefined;
    const found = model.workloads.filter((workload) => selects(selector, workload));
    known.set(key, found);
    return found;
  };
}
