import { describe } from '../model/describe.ts';
import type { Workload } from '../model/model.ts';
import { portNumber } from '../model/ports.ts';
import { wordDoubt } from '../process/listeners/doubts/doubt.ts';
import { areAlike } from '../process/listeners/grounds/ground.ts';
import { wordListener } from '../process/listeners/grounds/listener-words.ts';
import { type Claim, collidingClaims } from '../questions/processes/colliding-claims.ts';
import { type Collision, collidingListeners } from '../questions/processes/colliding-listeners.ts';
import { howToMove } from '../questions/processes/how-to-move.ts';
import { sourceNote } from '../questions/processes/process-end.ts';
import { defineRule, type Note, type Report, type Rule } from './rule.ts';

const containerPortConflict: Rule = defineRule({
  id: 'container-port-conflict',
  severity: 'error',
  summary: 'Two containers of one Pod listen on the same port.',

  *check(graph) {
    for (const workload of graph.model.workloads) {
      for (const collision of collidingListeners(graph, workload)) yield report(workload, collision);
      for (const { first, second } of collidingClaims(graph, workload))
        yield claimed(workload, first, second);
    }
  },
});

function report(workload: Workload, { first, second, certain }: Collision): Report {
  const { port, protocol } = second.listener;
  const [lacking] = [second, first].flatMap(({ process }) => process.missing);
  const { fact } = second.process;
  return {
    severity: certain ? 'error' : 'warning',
    message: `containers \`${first.container.name}\` and \`${second.container.name}\` of ${describe(workload)} both listen on ${port}/${protocol}`,
    resources: [workload],
    field: `containers[${second.container.name}].listeners[${port}/${protocol}]`,
    labels: [
      { at: placeOf(second), message: `listens on ${port} too` },
      { at: placeOf(first), message: `listens on ${port}` },
    ],
    notes: [
      ...howKnown(first, second),
      ...(certain || !lacking ? [] : [`this is likely and not proved, as ${wordDoubt(lacking.doubt)}`]),
      'the containers of a Pod share one network, so the one that starts second finds the port in use and ends',
      ...(declaresAnother(second) || declaresAnother(first)
        ? ['containerPort moves no process: it only says where one is thought to listen']
        : []),
    ],
    help: fact ? [howToMove(fact)] : [],
  };
}

/** Neither process is known, and what is said of both cannot be true of both. */
function claimed(workload: Workload, first: Claim, second: Claim): Report {
  const { port, protocol } = second;
  return {
    severity: 'warning',
    message: `containers \`${first.container.name}\` and \`${second.container.name}\` of ${describe(workload)} are both said to listen on ${port}/${protocol}`,
    resources: [workload],
    field: `containers[${second.container.name}].listeners[${port}/${protocol}]`,
    labels: [
      { at: second.at, message: `\`${second.container.name}\` ${second.says}` },
      { at: first.at, message: `\`${first.container.name}\` ${first.says}` },
    ],
    notes: [
      'the containers of a Pod share one network, so where both listen there the one that starts second finds the port in use and ends',
    ],
    help: ['let one of them listen elsewhere, or take out the declaration that is not true'],
  };
}

type Holder = Collision['first'];

/** Two containers of one image are known alike, which is said once. */
function howKnown(first: Holder, second: Holder): Note[] {
  const say = (which: string, { process, listener }: Holder): Note[] => [
    { known: `how ${which} known: ${wordListener(listener)}` },
    ...sourceNote(process.fact),
  ];
  const isAlike =
    first.process.fact === second.process.fact && areAlike(first.listener.grounds, second.listener.grounds);
  if (isAlike) return say('both ports are', first);
  return [first, second].flatMap((one) => say(`the port of \`${one.container.name}\` is`, one));
}

const placeOf = ({ container, listener }: Holder): Report['labels'][0]['at'] =>
  listener.at ?? container.image?.at ?? container.nameAt;

const declaresAnother = ({ container, listener }: Holder): boolean =>
  container.ports.length > 0 && container.ports.every(({ number }) => portNumber(number) !== listener.port);

export default containerPortConflict;
