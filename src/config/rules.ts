import ignore from 'ignore';
import { get } from '../model/reader.ts';
import { allRules } from '../rules/index.ts';
import { type InputError, inputError } from '../sources/input-error.ts';
import { LineStarts, type SourceFile } from '../text/source.ts';
import { nearest } from '../text/suggest.ts';
import type { YamlNode } from '../text/yaml-node.ts';
import type { Config, ConfigLevel } from './config.ts';
import type { ConfiguredSeverity } from './policy.ts';

/** @param path relative to the configuration's folder; undefined where it lies elsewhere */
export type SeverityOf = (rule: string, path: string | undefined) => ConfiguredSeverity | undefined;

/** What a configuration makes of the rules. @param shown the configuration's path, as people see it */
export function severitiesOf({ rules }: Pick<Config, 'rules'>, shown: string): SeverityOf {
  const byRule = new Map(
    Object.entries(rules).map(([rule, said]) => {
      const all = Array.isArray(said) ? said : [{ paths: undefined, severity: said, reason: undefined }];
      const settings = all.map(({ paths, severity, reason }) => ({
        matcher: paths && ignore().add([...paths]),
        counts: { severity: levelOf(severity), says: reason === undefined ? shown : `${shown}: ${reason}` },
      }));
      return [rule, settings.toReversed()] as const;
    }),
  );
  return (rule, path) =>
    byRule
      .get(rule)
      ?.find(
        ({ matcher }) =>
          !matcher || (path !== undefined && ignore.isPathValid(path) && matcher.ignores(path)),
      )?.counts;
}

const levelOf = (level: ConfigLevel): ConfiguredSeverity['severity'] => (level === false ? 'off' : level);

/** Rules that nobody knows: a mistake in a name would silence nothing, and nobody would notice. */
export function unknownRules(source: SourceFile, root: YamlNode | undefined): InputError[] {
  const ids = allRules.map(({ id }) => id);
  const rules = get(root, 'rules');
  if (rules?.type !== 'map') return [];
  let lines: LineStarts | undefined;
  return rules.entries.flatMap(({ key, keyNode }) => {
    if (ids.includes(key)) return [];
    lines ??= new LineStarts(source.text);
    const [near] = nearest(key, ids);
    const hint = near === undefined ? '`portolan explain` lists them' : `the nearest is \`${near}\``;
    const message = `no rule is called \`${key}\`; ${hint}`;
    return { ...inputError(source.path, message), ...lines.positionOf(keyNode.start) };
  });
}
