import type { ContainerProcess, KnownListener } from '../listeners/container-process.ts';
import { keyOfDoubt } from '../listeners/doubts/doubt.ts';
import { type MissingProof, missing } from '../listeners/missing-proof.ts';
import type { Supervised } from './supervised.ts';

/** What is known of a container that runs several programs: a port that one of them opens is open. */
export function together(
  processes: readonly ContainerProcess[],
  { listeners: own, doubts }: Omit<Supervised, 'programs'>,
  remaining: readonly MissingProof[],
): ContainerProcess {
  const lacking = [...missing('file', doubts), ...remaining, ...processes.flatMap((one) => one.missing)];
  const [only] = new Set(processes.map(({ fact }) => fact)).size === 1 ? processes : [];
  const isAlone = processes.length === 1;
  const isComplete = doubts.length + remaining.length === 0 && processes.every(({ complete }) => complete);
  return {
    fact: only?.fact,
    listeners: distinct([...own, ...processes.flatMap(({ listeners }) => listeners)]).map((one) =>
      isAlone ? one : withOthers(one),
    ),
    complete: isComplete,
    possible: processes.flatMap(({ possible }) => possible),
    mayOpenMore: processes.find(({ mayOpenMore }) => mayOpenMore)?.mayOpenMore,
    missing: [...new Map(lacking.map((one) => [keyOfDoubt(one.doubt), one])).values()],
    faults: processes.flatMap(({ faults = [] }) => faults),
    // What one does not read may be another's.
    ignoredPortVariables: isAlone ? processes[0]!.ignoredPortVariables : [],
    misunderstood: isAlone ? processes[0]!.misunderstood : [],
    overridden: processes.flatMap(({ overridden }) => overridden),
    serviceLinks: processes.flatMap(({ serviceLinks }) => serviceLinks),
  };
}

/** Whatever is not known of one program, another one may open the port that it leaves closed. */
const withOthers = (listener: KnownListener): KnownListener =>
  listener.neverOpen ? { ...listener, neverOpen: undefined } : listener;

function distinct(listeners: readonly KnownListener[]): KnownListener[] {
  return [...new Map(listeners.map((one) => [`${one.port}/${one.protocol} ${one.bind}`, one])).values()];
}
