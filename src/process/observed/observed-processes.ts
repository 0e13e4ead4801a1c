import type { Container, Workload } from '../../model/model.ts';
import type { Observation, SeenLog } from '../../model/observation.ts';
import { portNumber } from '../../model/ports.ts';
import { type Protocol, protocolOf } from '../../model/protocol.ts';
import type { ContainerProcess, ProcessOf } from '../listeners/container-process.ts';
import { listeningPorts } from '../logs/log-lines.ts';
import { type ContainerLog, withLog } from '../logs/observed-in-logs.ts';
import { type PodPorts, podPortsOf } from './pod-ports.ts';
import { shareOut } from './share-out.ts';

/** What was seen of a workload: of itself, and of the Pods and the like that it made. */
export type ObservationsOf = (workload: Workload) => readonly Observation[];

/** What is known of each container, with what was seen of it. This is where observations enter. */
export function withObservations(processOf: ProcessOf, observationsOf: ObservationsOf): ProcessOf {
  const read = logReader();
  const known = new Map<Container, ContainerProcess>();
  const logged: ProcessOf = (workload, container) => {
    const there = known.get(container);
    if (there) return there;
    const made = observationsOf(workload)
      .flatMap((one) => logOf(one, container, read))
      .reduce<ContainerProcess>(
        (process, log) => withLog(process, log, declaredPorts(container)),
        processOf(workload, container),
      );
    known.set(container, made);
    return made;
  };
  const ports = new Map<Workload, PodPorts | undefined>();
  return (workload, container) => {
    if (!ports.has(workload)) ports.set(workload, podPortsOf(observationsOf(workload)));
    const seen = ports.get(workload);
    if (!seen || container.role === 'init') return logged(workload, container);
    return shareOut(seen, workload, container, logged);
  };
}

const declaredPorts = ({ ports }: Container): { port: number; protocol: Protocol }[] =>
  ports.flatMap(({ number, protocol }) => {
    const port = portNumber(number);
    return port === undefined ? [] : [{ port, protocol: protocolOf(protocol) }];
  });

type Read = (log: SeenLog) => ContainerLog;

/** A log that fits several containers is read once. */
function logReader(): Read {
  const known = new Map<SeenLog, ContainerLog>();
  return (log) => {
    const there = known.get(log);
    if (there) return there;
    const said = listeningPorts(log.text);
    // What a run that ended listened on is closed.
    const observations = log.previous ? { ...said, listeners: [] } : said;
    const made = { path: log.path, observations };
    known.set(log, made);
    return made;
  };
}

function logOf(
  { subject, what, at, command }: Observation,
  container: Container,
  read: Read,
): ContainerLog[] {
  if (what.kind !== 'log' || (subject.container ?? container.name) !== container.name) return [];
  return [{ ...read(what), time: at, command }];
}
