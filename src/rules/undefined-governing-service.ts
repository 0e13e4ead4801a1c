import { describe } from '../model/describe.ts';
import type { Service, Workload } from '../model/model.ts';
import { callService } from '../model/name-edits.ts';
import { type DialledPod, dialledPods } from '../questions/services/dialled-pods.ts';
import { namelessPods } from '../questions/services/governing-services.ts';
import type { Located } from '../text/source.ts';
import { nearest } from '../text/suggest.ts';
import { asChoices, defineRule, type Fix, type Report, type Rule } from './rule.ts';

const undefinedGoverningService: Rule = defineRule({
  id: 'undefined-governing-service',
  severity: 'warning',
  summary: 'A StatefulSet takes the names of its Pods from a Service that is not there or is not headless.',

  *check({ model }) {
    const dialled = [...dialledPods(model)];
    const missed = new Set(dialled.map(({ workload }) => workload));
    for (const { workload, serviceName, service } of namelessPods(model)) {
      // A single Pod is mostly reached by another Service, and nobody misses its own name.
      if (!isCopied(workload) || missed.has(workload)) continue;
      const there = service ? [] : model.servicesIn(workload.namespace);
      const [near] = nearest(
        serviceName.value,
        there.map(({ name }) => name),
      );
      const meant = there.find(({ name }) => name === near);
      yield {
        severity: service ? 'info' : 'warning',
        message: service
          ? `${describe(workload)} takes the names of its Pods from ${describe(service)}, which is not headless`
          : `${describe(workload)} takes the names of its Pods from Service \`${serviceName.value}\`, which namespace \`${workload.namespace}\` does not have`,
        resources: service ? [workload, service] : [workload],
        field: 'spec.serviceName',
        labels: [
          { at: serviceName.at, message: service ? 'the Service of the names' : 'no Service has this name' },
          ...(service ? [{ at: service.clusterIP?.at ?? service.nameAt, message: 'has a cluster IP' }] : []),
        ],
        notes: [
          `an address of one Pod, such as \`${workload.name}-0.${serviceName.value}\`, is answered by the DNS only where that Service is headless; the Pods run all the same`,
        ],
        help: [
          service
            ? 'add a Service with `clusterIP: None` for the names, and keep this one for its port'
            : 'add the Service with `clusterIP: None`, or leave `serviceName` out where nobody asks for single Pods',
        ],
        fixes: meant ? eitherEnd(serviceName, meant) : [],
      };
    }
    const told = new Set<string>();
    for (const one of dialled) {
      const key = [one.workload.namespace, one.workload.name, one.from.field, one.from.client.name].join(
        '\0',
      );
      if (!told.has(key)) yield unanswered(one);
      told.add(key);
    }
  },
});

/** Somebody dials a Pod by a name that it does not have. */
function unanswered({ from, at, host, workload, service, lacks }: DialledPod): Report {
  const { serviceName } = workload;
  const own = serviceName?.value ? `Service \`${serviceName.value}\`` : 'no Service';
  return {
    message:
      lacks === 'other'
        ? `\`${from.name}\` of ${describe(from.client)} dials \`${host}\`, which the DNS does not have: ${describe(workload)} takes the names of its Pods from ${own}, not from \`${service.name}\``
        : `\`${from.name}\` of ${describe(from.client)} dials \`${host}\`, which the DNS does not have: ${describe(service)} is not headless, and names no Pods`,
    resources: [workload, service, from.client],
    field: `spec.serviceName: ${from.field}`,
    labels: [
      { at, message: 'no Pod has this name' },
      lacks === 'other'
        ? { at: serviceName?.at ?? workload.nameAt, message: 'the names of the Pods end in this' }
        : { at: service.clusterIP?.at ?? service.nameAt, message: 'has a cluster IP' },
    ],
    notes: [
      `a Pod of a StatefulSet has a name of its own, such as \`${workload.name}-0.${serviceName?.value || 'SERVICE'}\`, only under the Service that \`serviceName\` says, and only where that is headless`,
    ],
    help: [
      lacks === 'other'
        ? `let \`serviceName\` say \`${service.name}\`, which needs the StatefulSet made anew, or dial \`${service.name}\` alone`
        : `give it \`clusterIP: None\`, or dial \`${service.name}\` alone`,
    ],
  };
}

/** The API server lets nobody change the `serviceName` of a StatefulSet that is there, so the Service's name may be the one to give way. */
const eitherEnd = (serviceName: Located<string>, meant: Service): Fix[] =>
  asChoices([
    {
      title: `take them from Service \`${meant.name}\``,
      edits: [{ at: serviceName.at, text: meant.name }],
    },
    ...callService(meant, serviceName.value),
  ]);

/** Members of one set look for each other. */
const isCopied = ({ replicas }: Workload): boolean =>
  typeof replicas?.value === 'number' && replicas.value > 1;

export default undefinedGoverningService;
