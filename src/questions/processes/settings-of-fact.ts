import type { FactPort, FrameworkFact, ImageFact, Setting } from '../../knowledge/image-fact.ts';

/** The variables or flags of a program that do something, as people write them: `` `PORT` ``, `` `--port` ``. */
export const settingsOf = (
  { ports }: ImageFact | FrameworkFact,
  kind: keyof FactPort['moves'],
  wanted: (setting: Setting) => boolean,
): string[] => [
  ...new Set(
    ports
      .flatMap(({ moves }) => moves[kind])
      .flatMap((setting) => (wanted(setting) ? `\`${setting.name}\`` : [])),
  ),
];
