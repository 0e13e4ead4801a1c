import { nounOf } from '../knowledge/noun.ts';
import { isRemembered } from '../knowledge/remembered.ts';
import { describe } from '../model/describe.ts';
import type { Container, PodTemplate, Workload } from '../model/model.ts';
import type { ContainerProcess, InjectedVariable } from '../process/listeners/container-process.ts';
import { type LeftToLink, leftToLinks, namesHost } from '../questions/processes/left-to-links.ts';
import { mayGive } from '../questions/processes/may-hold.ts';
import { sourceNote } from '../questions/processes/process-end.ts';
import { insertField } from '../text/insert-field.ts';
import { defineRule, type Fix, type Report, type Rule } from './rule.ts';

type Effect = InjectedVariable['collision']['effect'];

const serviceLinkCollision: Rule = defineRule({
  id: 'service-link-collision',
  severity: 'warning',
  summary:
    'A Service gives Pods of its namespace a variable that one of their images reads as its own setting.',

  *check(graph) {
    for (const workload of graph.model.workloads) {
      for (const container of workload.template.containers) {
        const process = graph.processOf(workload, container);
        for (const injected of process.serviceLinks) {
          if (injected.collision.effect !== 'handled') yield report(workload, container, process, injected);
        }
        if (!mayGive(graph.model, workload, container, namesHost)) continue;
        const known = new Set(process.serviceLinks.map(({ collision }) => collision.variable));
        for (const left of leftToLinks(graph.environmentOf(workload, container))) {
          if (!known.has(left.variable)) yield half(workload, container, left);
        }
      }
    }
  },
});

function report(
  workload: Workload,
  container: Container,
  { fact }: ContainerProcess,
  { collision, service, value }: InjectedVariable,
): Report {
  const { variable, effect, source, note } = collision;
  const isDocumented = effect === 'crash' && source !== undefined && !(fact && isRemembered(fact));
  const noun = fact ? nounOf(fact) : 'the image';
  return {
    severity: isDocumented ? 'error' : 'warning',
    message: `${describe(service)} puts ${variable}=${value} into container \`${container.name}\` of ${describe(workload)}, and ${noun} reads ${variable} as a setting of its own`,
    resources: [service, workload],
    field: `containers[${container.name}].env[${variable}]`,
    labels: [
      { at: service.nameAt, message: `is why there is a ${variable}` },
      { at: container.image?.at ?? container.nameAt, message: `reads ${variable}` },
    ],
    notes: [
      note ? `what ${noun} says then: ${note}` : CONSEQUENCES[effect],
      ...(source ? [`source: ${source}`] : sourceNote(fact)),
      'the kubelet sets it in Pods that start while the Service is there, unless env or envFrom has the name',
    ],
    help: [`set ${variable} in env, call the Service something else, or set enableServiceLinks to false`],
    fixes: withoutLinks(workload.template),
  };
}

/** A host that is set by hand, beside a port that a Service's link sets to a URL. */
function half(
  workload: Workload,
  container: Container,
  { host, variable, service, value }: LeftToLink,
): Report {
  return {
    message: `container \`${container.name}\` of ${describe(workload)} is given ${host.name}, and ${describe(service)} puts ${variable}=${value} beside it`,
    resources: [service, workload],
    field: `containers[${container.name}].env[${variable}]`,
    labels: [
      { at: host.at, message: `${host.name} is set by hand, and ${variable} is not` },
      { at: service.nameAt, message: `is why there is a ${variable}` },
    ],
    notes: [
      `a program that reads ${host.name} in most cases reads ${variable}, too, and finds a URL where it looks for a number`,
      'the kubelet sets it in Pods that start while the Service is there, unless env or envFrom has the name',
    ],
    help: [`set ${variable} in env as well, or set enableServiceLinks to false`],
    fixes: withoutLinks(workload.template),
  };
}

const CONSEQUENCES: Readonly<Record<Effect, string>> = {
  crash: 'the program takes the URL for a port number and does not start',
  'wrong-port': 'the program listens on another port than without the Service',
  'wrong-target': 'the program looks for another server in the wrong place',
  handled: 'the program knows such values and passes over them',
  unknown: 'what the program makes of a URL where a setting of its own belongs is not known',
};

/** Where the containers stand on a line of their own, and nobody has said it yet. */
function withoutLinks({ containersAt: at }: PodTemplate): Fix[] {
  const { text } = at.source;
  const before = text.slice(text.lastIndexOf('\n', at.start - 1) + 1, at.start);
  if (/\S/.test(before) || text.includes('enableServiceLinks')) return [];
  return [
    {
      title: 'set enableServiceLinks to false',
      applicability: 'unsafe',
      edits: [insertField(at, 'enableServiceLinks', 'false')],
    },
  ];
}

export default serviceLinkCollision;
