import type { ConnectOptions } from '../cluster/cluster.ts';
import { connect } from '../cluster/connect.ts';
import type { Observation } from '../model/observation.ts';
import type { Edge } from '../session/options.ts';
import type { Result, Session } from '../session/session.ts';
import { type Verified, type VerifyOptions, verify } from './verify.ts';

/** What a session is verified with; the rest comes of how its cluster is reached. */
export interface VerifySessionOptions extends Omit<VerifyOptions, 'cluster' | 'keeper' | 'check'> {
  readonly reached: ConnectOptions;
  /** Opens the session; the edge brings what was seen. */
  readonly open: (seen: Edge) => Session;
  /** What a run found; throws where it could not begin. */
  readonly found: (result: Result) => NonNullable<Result['found']>;
}

/**
 * Verifies what a session brings: each of its runs judges with what was seen by then.
 *
 * @throws ClusterError where no cluster is meant
 */
export async function verifySession(options: VerifySessionOptions): Promise<Verified> {
  const { reached, open, found, ...asked } = options;
  const cluster = connect({ ...reached, signal: asked.signal });
  // What was made has to be removed, also when all else is stopped.
  const keeper = connect({ ...reached, signal: undefined });
  try {
    let seen: readonly Observation[] = [];
    const session = open(async () => ({ sources: [], errors: [], observations: seen }));
    return await verify({
      ...asked,
      cluster,
      keeper,
      check: async (observations) => {
        seen = observations;
        return found(await session.check());
      },
    });
  } finally {
    cluster.close();
    keeper.close();
  }
}
