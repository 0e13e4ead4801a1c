import { allRules } from '../rules/index.ts';
import { VERSION } from '../version.ts';

/** What a report of a fault should say of the program, as JSON; `report` is the schema that `-o json` follows. */
export const versionJson = (): string =>
  `${JSON.stringify(
    {
      version: VERSION,
      report: 'portolan/v1',
      rules: allRules.length,
      node: process.versions.node,
      platform: `${process.platform}/${process.arch}`,
    },
    undefined,
    2,
  )}\n`;
