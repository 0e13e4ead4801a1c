import { KeptProcesses } from '../graph/processes/kept-processes.ts';
import { KeptTrials } from './trials/kept-trials.ts';

/**
 * What a run leaves for the next one over the same input. Each part of it names all that its answers hang on, and holds
 * only where that is what it was: decoded objects are compared as such, so that whoever runs again keeps those too.
 */
export class Kept {
  /** By the name of the set: an object that several share finds others in each. */
  readonly #processes: Map<string, KeptProcesses>;
  readonly trials: KeptTrials = new KeptTrials();

  /** @param processes those of another, where part of its input is looked at */
  constructor(processes: Map<string, KeptProcesses> = new Map()) {
    this.#processes = processes;
  }

  /** For a look at part of the input: whatever is known of processes, and nothing of fixes. */
  aside(): Kept {
    return new Kept(this.#processes);
  }

  processesOf(set: string): KeptProcesses {
    const known = this.#processes.get(set) ?? new KeptProcesses();
    this.#processes.set(set, known);
    return known;
  }
}
