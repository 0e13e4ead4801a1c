import type { FrameworkFact, ImageFact } from '../../knowledge/image-fact.ts';
import type { Environment, Variable } from '../environment/environment.ts';
import { parseSetting } from '../listeners/bind-address.ts';
import type { OverriddenSetting } from '../listeners/container-process.ts';
import { settingGround } from '../listeners/grounds/ground.ts';
import { writtenVariable } from './written.ts';

/** Values of a port variable that a later source or entry writes over with another port (S-092). */
export function overwrittenVariables(
  { ports }: ImageFact | FrameworkFact,
  { overwritten, variables }: Environment,
): OverriddenSetting[] {
  const settings = ports.flatMap(({ moves }) => moves.env);
  return overwritten.flatMap((loser) => {
    const setting = settings.find(({ name }) => name === loser.name);
    const winner = variables.get(loser.name);
    if (!setting || !winner) return [];
    const portOf = ({ value }: Variable): number | undefined => parseSetting(setting, value ?? '')?.[0]?.port;
    const port = portOf(loser);
    if (port === undefined || winner.value === undefined || portOf(winner) === port) return [];
    const by = { said: writtenVariable(winner, setting), port: portOf(winner), at: winner.at };
    return [{ said: [settingGround(writtenVariable(loser, setting), loser.at)], port, at: loser.at, by }];
  });
}
