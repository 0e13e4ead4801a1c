import type { FrameworkFact, ImageFact } from '../../knowledge/image-fact.ts';
import type { Environment } from '../environment/environment.ts';
import type { Variable } from '../environment/variables.ts';
import { parseSetting } from '../listeners/bind-address.ts';
import type { OverriddenSetting } from '../listeners/container-process.ts';
import { settingGround } from '../listeners/grounds/ground.ts';
import { writtenVariable } from './written.ts';

/** Values of a port variable that a later source or entry writes over with another port (S-092). */
export function overwrittenVariables(
  { ports }: ImageFact | FrameworkFact,
  { overwritten, variables }: Environment,
): OverriddenSetting[] {
  const settings = new Map(
    ports.flatMap(({ moves }) => moves.env.map((setting) => [setting.name, setting] as const)).toReversed(),
  );
  const losers = [...settings.values()].flatMap((setting) =>
    overwritten(setting.name).map((loser) => ({ loser, setting })),
  );
  return losers.flatMap(({ loser, setting }) => {
    const winner = variables.get(loser.name);
    if (!winner) return [];
    const portOf = ({ value }: Variable): number | undefined => parseSetting(setting, value ?? '')?.[0]?.port;
    const port = portOf(loser);
    if (port === undefined || winner.value === undefined || portOf(winner) === port) return [];
    const by = { said: writtenVariable(winner, setting), port: portOf(winner), at: winner.at };
    return [{ said: [settingGround(writtenVariable(loser, setting), loser.at)], port, at: loser.at, by }];
  });
}
