import { meshHostOf } from '../graph/routes/istio/istio-hosts.ts';
import { describe } from '../model/describe.ts';
import { type DestinationRule, isDestinationRule } from '../model/istio.ts';
import { isPlaceholder } from '../model/ports.ts';
import { subsetPods } from '../questions/mesh/subset-pods.ts';
import { defineRule, type Rule } from './rule.ts';

const unmatchedSubset: Rule = defineRule({
  id: 'unmatched-subset',
  severity: 'warning',
  summary: 'A route of Istio sends traffic to a subset whose labels no Pod of the Service has.',

  *check({ backends, model, workloadsOf }) {
    const rules = model.routes.filter(isDestinationRule);
    if (rules.length === 0) return;
    const definitions = new Map<string, DestinationRule>();
    for (const rule of rules.toReversed()) {
      if (!rule.host) continue;
      const { fqdn } = meshHostOf(rule.host, rule.namespace);
      for (const subset of rule.subsetLabels.keys()) definitions.set(`${fqdn}\0${subset}`, rule);
    }
    const podsOf = subsetPods({ workloadsOf });
    const told = new Set<unknown>();
    for (const link of backends) {
      const { route, service, backend } = link;
      const { subset } = backend;
      if (!subset || !service || told.has(subset) || link.state === 'broken') continue;
      const { workloads, isSettled, mayHave } = podsOf(service);
      if (workloads.length === 0 || !isSettled) continue;
      const fqdn = `${service.name}.${service.namespace}.svc.cluster.local`;
      const rule = definitions.get(`${fqdn}\0${subset.value}`);
      const labels = [...(rule?.subsetLabels.get(subset.value) ?? [])];
      if (!rule || labels.length === 0 || labels.some(([, value]) => isPlaceholder(value))) continue;
      if (mayHave(labels)) continue;
      told.add(subset);
      const [[key, wanted]] = labels as [(typeof labels)[number]];
      const [near] = workloads;
      const there = near!.template.labels.get(key);
      yield {
        message: `${describe(route)} sends traffic to subset \`${subset.value}\` of ${describe(service)}, and none of its Pods has \`${labels.map(([name, { value }]) => `${name}: ${value}`).join(', ')}\``,
        resources: [route, rule, service, near!],
        field: `${backend.field ?? 'spec.http'}.subset`,
        link,
        // A share of the traffic is not all of it.
        ...(backend.weight ? {} : { stopsTraffic: true as const }),
        labels: [
          { at: subset.at, message: 'a subset of no Pods' },
          { at: wanted.at, message: 'what its Pods would have' },
          there
            ? { at: there.at, message: `what the Pods of ${near!.name} have` }
            : { at: near!.template.labelsAt, message: `the labels of ${near!.name}` },
        ],
        notes: ['Istio answers 503, as the subset has no endpoint; `istioctl analyze` reports it as IST0173'],
        help: ['select what the Pods have, or give the manifest of the Pods of this version as input too'],
      };
    }
  },
});

export default unmatchedSubset;
