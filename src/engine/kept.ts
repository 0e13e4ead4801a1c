import { KeptProcesses } from '../graph/processes/kept-processes.ts';
import { KeptTrials } from './trials/kept-trials.ts';

/**
 * What a run leaves for the next one over the same input. Each part of it names all that its answers hang on, and holds
 * only where that is what it was: decoded objects are compared as such, so that whoever runs again keeps those too.
 */
export class Kept {
  /** By the name of the set: an object that several share finds others in each. */
  readonly #processes = new Map<string, KeptProcesses>();
  readonly trials: KeptTrials;

  constructor(trials: KeptTrials = new KeptTrials()) {
    this.trials = trials;
  }

  /** For a look at part of the input, which forgets nothing of the rest and may come while a run is half done. */
  aside(): Kept {
    return new Kept(this.trials.aside());
  }

  processesOf(set: string): KeptProcesses {
    const known = this.#processes.get(set) ?? new KeptProcesses();
    this.#processes.set(set, known);
    return known;
  }
}
