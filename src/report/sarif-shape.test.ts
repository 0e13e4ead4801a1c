import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { reportOf, VARIED } from '../testing/report-of.ts';
import { dock, listedRules } from '../testing/sarif-of.ts';
import type { Report } from './report.ts';
import { renderSarif, type SarifRule } from './sarif.ts';

describe('the shape', () => {
  /**
   * The part of SARIF 2.1.0 in use here, with what GitHub requires on top (docs.github.com, "SARIF support for code
   * scanning"): it takes no empty text, and needs all four numbers of a result's region.
   */
  const filled = { type: 'string', minLength: 1 };
  const exactly = (properties: Record<string, unknown>, optional: string[] = []): object => ({
    type: 'object',
    properties,
    required: Object.keys(properties).filter((key) => !optional.includes(key)),
    additionalProperties: false,
  });
  const some = (items: unknown, maxItems?: number): object => ({
    type: 'array',
    minItems: 1,
    items,
    ...(maxItems ? { maxItems } : {}),
  });
  const message = exactly({ text: filled });
  const positive = { type: 'integer', minimum: 1 };
  const region = exactly({
    startLine: positive,
    startColumn: positive,
    endLine: positive,
    endColumn: positive,
  });
  const artifactLocation = exactly(
    { uri: { ...filled, pattern: '^[^/\\\\ ][^\\\\ #]*$' }, uriBaseId: { const: '%SRCROOT%' } },
    ['uriBaseId'],
  );
  const physicalLocation = exactly({ artifactLocation, region });
  const description = exactly({ text: { ...filled, maxLength: 1024 } });
  const level = { enum: ['error', 'warning', 'note'] };
  const rule = exactly({
    id: filled,
    name: { ...filled, maxLength: 255, pattern: '^([A-Z][a-z0-9]*)+$' },
    shortDescription: description,
    fullDescription: description,
    helpUri: { ...filled, pattern: '^https://' },
    help: exactly({ text: filled, markdown: filled }),
    defaultConfiguration: exactly({ level }),
    properties: exactly({
      tags: some(filled, 20),
      precision: { enum: ['very-high', 'high', 'medium', 'low'] },
      'problem.severity': { enum: ['error', 'warning', 'recommendation'] },
    }),
  });
  const notification = exactly(
    {
      level,
      message,
      locations: some(
        exactly({
          physicalLocation: exactly({
            artifactLocation,
            region: exactly({ startLine: positive, startColumn: positive }),
          }),
        }),
      ),
    },
    ['locations'],
  );
  const fix = exactly({
    description: message,
    artifactChanges: some(
      exactly({
        artifactLocation,
        replacements: some(
          exactly({ deletedRegion: region, insertedContent: exactly({ text: { type: 'string' } }) }),
        ),
      }),
    ),
    properties: exactly({ applicability: { enum: ['safe', 'unsafe'] } }),
  });
  const result = exactly(
    {
      ruleId: filled,
      ruleIndex: { type: 'integer', minimum: 0 },
      level,
      message,
      locations: some(exactly({ physicalLocation, message }), 1),
      relatedLocations: some(exactly({ id: positive, physicalLocation, message }), 99),
      codeFlows: some(
        exactly({
          threadFlows: some(
            exactly({ locations: some(exactly({ location: exactly({ physicalLocation, message }) })) }),
            1,
          ),
        }),
        1,
      ),
      partialFingerprints: exactly({ 'portolan/v1': { ...filled, pattern: '^[0-9a-f]{16}$' } }),
      fixes: some(fix),
    },
    ['ruleIndex', 'relatedLocations', 'codeFlows', 'fixes'],
  );
  const run = exactly({
    tool: exactly({
      driver: exactly({
        name: { const: 'portolan' },
        version: filled,
        semanticVersion: { ...filled, pattern: '^\\d+\\.\\d+\\.\\d+' },
        informationUri: { const: 'https://github.com/portolan-dev/portolan' },
        rules: { type: 'array', items: rule },
      }),
    }),
    columnKind: { const: 'utf16CodeUnits' },
    invocations: some(
      exactly({
        executionSuccessful: { type: 'boolean' },
        toolExecutionNotifications: { type: 'array', items: notification },
      }),
      1,
    ),
    results: { type: 'array', items: result, maxItems: 25_000 },
  });
  const isSarif = new Ajv2020().compile(
    exactly({
      $schema: { const: 'https://json.schemastore.org/sarif-2.1.0.json' },
      version: { const: '2.1.0' },
      runs: some(run, 1),
    }),
  );

  test.each<[string, Report, readonly SarifRule[]]>([
    ['everything', reportOf(VARIED), listedRules],
    ['nothing', reportOf({}), listedRules],
    ['rules without a page', dock(), listedRules.map((one) => ({ ...one, page: '' }))],
    ['no list of rules', dock(), []],
    ['a file with a difficult name', dock('my charts\\app #1 ü.yaml'), listedRules],
    ['a file far away', dock('/srv/app.yaml'), listedRules],
    ['standard input', dock('-'), listedRules],
  ])('a report of %s', (_, report, listed) => {
    expect(isSarif(JSON.parse(renderSarif(report, listed))), JSON.stringify(isSarif.errors)).toBe(true);
  });
});
