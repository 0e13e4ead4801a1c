import type { ClusterSettings } from '../cluster/bring.ts';
import type { Kinds } from '../model/kind.ts';
import type { Brought } from './input.ts';
import { Writers } from './writers.ts';

/** What a cluster has and what was seen of it. Loaded only where one is asked. */
export async function bringFromCluster(
  settings: ClusterSettings,
  context: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly kinds: Kinds | undefined },
): Promise<Brought> {
  const { bringCluster } = await import('../cluster/bring.ts');
  const writers = new Writers();
  const { cwd, env, kinds } = context;
  const writtenAt = writers.placeOf;
  const gathered = await bringCluster({ cwd, env, ...settings }, { kinds, writtenAt });
  return { ...gathered, loaded: (resources) => writers.learn(resources) };
}
