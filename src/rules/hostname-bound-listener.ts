import type { BindLink } from '../graph/links/pod-links.ts';
import type { FrameworkFact, ImageFact } from '../knowledge/image-fact.ts';
import { nounOf } from '../knowledge/noun.ts';
import { describe } from '../model/describe.ts';
import type { KnownListener } from '../process/listeners/container-process.ts';
import { howKnown, sourceNote } from '../questions/processes/process-end.ts';
import { sendersOf, sentFrom } from '../questions/services/senders.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

const VARIABLE = 'HOSTNAME';

const hostnameBoundListener: Rule = defineRule({
  id: 'hostname-bound-listener',
  severity: 'warning',
  summary: "A process binds the address of HOSTNAME, which Kubernetes sets to the Pod's name.",

  *check(graph) {
    for (const link of graph.binds) {
      const { listener, process } = link;
      if (link.state === 'whole' && listener?.bind === 'hostname' && process?.fact && reads(process.fact)) {
        yield report(link, listener, process.fact);
      }
    }
  },
});

/** Others bind the Pod's address because they are told to, and mean it. */
const reads = ({ ports }: ImageFact | FrameworkFact): boolean =>
  ports.some(({ moves }) => moves.env.some(({ name, form }) => name === VARIABLE && form === 'host'));

function report(link: BindLink, listener: KnownListener, fact: ImageFact | FrameworkFact): Report {
  const { workload, number, container } = link;
  const senders = sendersOf(link);
  const place = listener.boundAt ?? container?.command?.[0] ?? container?.image ?? container?.nameAt;
  return {
    message: `${describe(workload)} listens on ${number} only at the address that ${VARIABLE} stands for, as ${nounOf(fact)} has it`,
    resources: [workload, ...new Set(senders.map(({ service }) => service))],
    field: `containers[${container?.name ?? ''}].env[${VARIABLE}]`,
    link,
    labels: [
      { at: place ?? workload.nameAt, message: `binds what ${VARIABLE} says, and nothing here sets it` },
      ...senders.map((sender) => ({ at: sentFrom(sender), message: 'traffic is sent there from here' })),
    ],
    notes: [
      howKnown(listener),
      ...sourceNote(fact),
      "the Pod's address answers, localhost does not: kubectl port-forward, exec probes and sidecars are refused",
      `an image whose ENV has ${VARIABLE} binds what that says`,
    ],
    help: [`set ${VARIABLE} to 0.0.0.0 in env, or to :: where the Pods have IPv6`],
  };
}

export default hostnameBoundListener;
