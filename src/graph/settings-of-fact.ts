import type { FrameworkFact, ImageFact, Setting } from '../knowledge/image-fact.ts';

/** The variables and flags of a program that do something, as people write them: `` `PORT` ``, `` `--port` ``. */
export const settingsOf = (
  { ports }: ImageFact | FrameworkFact,
  wanted: (setting: Setting) => boolean,
): string[] => [
  ...new Set(
    ports
      .flatMap(({ moves }) => [...moves.env, ...moves.flags])
      .flatMap((setting) => (wanted(setting) ? `\`${setting.name}\`` : [])),
  ),
];
