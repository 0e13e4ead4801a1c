import { describe } from '../model/describe.ts';
import { type LostHealthCheck, lostHealthChecks } from '../questions/nodes/health-check-ports.ts';
import { defineRule, type Label, type Rule } from './rule.ts';

const unansweredHealthCheck: Rule = defineRule({
  id: 'unanswered-health-check',
  severity: 'warning',
  summary: 'A load balancer checks health on a port that its targets do not have.',

  *check(graph) {
    for (const lost of lostHealthChecks(graph)) {
      const { owner, annotation, port, service, targets } = lost;
      yield {
        message: `${isField(annotation) ? 'field' : 'annotation'} \`${annotation}\` of ${describe(owner)} has health checked on port \`${port.value}\`, which ${LACK_IT[targets](describe(service))}`,
        resources: owner === service ? [service] : [owner, service],
        field: isField(annotation) ? annotation : `metadata.annotations[${annotation}]`,
        labels: [
          { at: port.at, message: `asked of ${targets === 'pods' ? 'the Pods' : 'each node'}` },
          ...there(lost),
        ],
        notes: [why(lost)],
        help: [
          `leave it out${isOfAws(annotation) ? ', or write `traffic-port`' : ''}: then health is asked where the traffic goes`,
        ],
      };
    }
  },
});

const isField = (setting: string): boolean => setting.startsWith('spec.');
const isOfAws = (annotation: string): boolean => /aws-|^alb\./.test(annotation);

function why({ annotation, port }: LostHealthCheck): string {
  if (isField(annotation))
    return 'health is asked of each Pod at this number; Pods that do not answer get no traffic, and 502 is the answer';
  if (!isOfAws(annotation))
    return 'health is asked of each node, which opens nodePorts and not those of Pods; nodes that do not answer get no traffic';
  return /^\d+$/.test(port.value.trim())
    ? 'a number is taken as it is: with target type `ip` it is one of the Pods, with `instance` one of the nodes, and never that of the Service; targets that do not answer get no traffic'
    : 'a name is that of a port of the Service: without one the controller makes no target group, and says so in an event';
}

const LACK_IT: Readonly<Record<LostHealthCheck['targets'], (service: string) => string>> = {
  pods: (service) => `no Pod of ${service} has`,
  nodes: (service) => `no node opens for ${service}`,
};

const there = ({ near, service }: LostHealthCheck): Label[] =>
  near
    ? [{ at: (near.port ?? near).at, message: 'a number of the Service' }]
    : service.ports.slice(0, 4).map(({ targetPort, port, at }) => ({
        at: (targetPort ?? port ?? { at }).at,
        message: 'where traffic goes',
      }));

export default unansweredHealthCheck;
