import type { SelectorLink } from '../graph/links/service-links.ts';
import { describe } from '../model/describe.ts';
import type { Service, Workload } from '../model/model.ts';
import { groupBy } from '../text/group-by.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

const noReplicas: Rule = defineRule({
  id: 'no-replicas',
  severity: 'info',
  summary: 'A Service selects Pods of which none is asked for.',

  *check({ selectors, model }) {
    // What scales from nothing does so when traffic comes.
    if (model.others.some(({ group }) => SCALERS.has(group))) return;
    for (const [service, links] of groupBy(selectors, (link) => link.service)) {
      const workloads = links
        .flatMap((link) => (link.workload ? { link, workload: link.workload } : []))
        .toSorted((a, b) => (a.workload.name < b.workload.name ? -1 : 1));
      const [first] = workloads;
      if (first && workloads.every(({ workload }) => asksForNone(workload)))
        yield report(service, first.workload, first.link);
    }
  },
});

const SCALERS: ReadonlySet<string> = new Set(['keda.sh', 'http.keda.sh', 'autoscaling.internal.knative.dev']);

const asksForNone = ({ replicas }: Workload): boolean => replicas?.value === 0;

function report(service: Service, workload: Workload, link: SelectorLink): Report {
  return {
    message: `${describe(service)} has no Pods to send traffic to, as ${describe(workload)} asks for none`,
    resources: [workload, service],
    field: 'spec.replicas',
    link,
    stopsTraffic: true,
    labels: [
      { at: workload.replicas!.at, message: 'no Pod runs' },
      { at: service.selectorAt, message: 'selects these Pods' },
    ],
    notes: ['a Service without Pods refuses each connection, and an Ingress before it answers 503'],
    help: [`ask for at least one: \`replicas: 1\`, or \`kubectl scale\` once it is applied`],
  };
}

export default noReplicas;
