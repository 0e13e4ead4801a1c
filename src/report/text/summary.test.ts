import { describe, expect, test } from 'vitest';
import { draftFinding, draftReport } from '../../testing/draft-report.ts';
import type { Report, ReportError } from '../report.ts';
import { plainStyle } from './style.ts';
import { hints, summaryLine } from './summary.ts';

type Counts = Report['summary']['chains'];

const NONE: Counts = { whole: 0, broken: 0, unproved: 0 };
const unread: ReportError = { path: 'app.yaml', line: 1, column: 1, message: 'permission denied' };

function summarized(
  chains: Partial<Counts>,
  links: Partial<Counts>,
  parts: Partial<Report> = {},
  resources = 5,
): string {
  const draft = draftReport(parts);
  const summary = {
    ...draft.summary,
    resources,
    chains: { ...NONE, ...chains },
    links: { ...NONE, ...links },
  };
  return summaryLine({ ...draft, summary }, plainStyle);
}

describe('the summary', () => {
  test('tells what was proved when nothing is wrong', () => {
    expect(summarized({ whole: 3 }, { whole: 12 })).toBe(
      'nothing is broken in 5 resources · chains: 3 whole · links: 12 whole',
    );
  });

  test('claims no more than was proved', () => {
    expect(summarized({ unproved: 1 }, { whole: 1, unproved: 2 })).toBe(
      'nothing is proved broken in 5 resources · chains: 1 unproved · links: 1 whole, 2 unproved',
    );
  });

  test('with the rule switched off, a broken chain is still counted', () => {
    expect(summarized({ broken: 1 }, { broken: 1 }, {}, 1)).toBe(
      '1 broken link that no rule of this run tells in 1 resource · chains: 1 broken · links: 1 broken',
    );
  });

  test('counts findings by severity', () => {
    const findings = (['error', 'error', 'warning', 'info', 'info'] as const).map((severity) =>
      draftFinding([], { severity }),
    );
    expect(summarized({ whole: 1, broken: 1 }, { whole: 7, broken: 1, unproved: 2 }, { findings })).toBe(
      '2 errors, 1 warning, 2 info in 5 resources · chains: 1 whole, 1 broken · links: 7 whole, 1 broken, 2 unproved',
    );
  });

  test('counts input that could not be read', () => {
    expect(summarized({ whole: 1 }, { whole: 2 }, { errors: [unread] })).toBe(
      '1 input error in 5 resources · chains: 1 whole · links: 2 whole',
    );
  });

  test('says so when there is nothing', () => {
    expect(summarized({}, {}, {}, 0)).toBe('no resources found');
    expect(summarized({}, {}, { errors: [unread] }, 0)).toBe('1 input error · no resources could be read');
  });

  test('counts sets when there are several', () => {
    const sets = [
      { name: 'dev', resources: 2 },
      { name: 'prod', resources: 3 },
    ];
    expect(summarized({}, {}, { sets })).toBe(
      'nothing is broken in 5 resources and 2 sets · chains: none · links: none',
    );
  });
});

describe('the hints', () => {
  test('one set and no unproved chain need none', () => {
    expect(hints(draftReport())).toEqual([]);
  });

  test('names a handful of sets', () => {
    const sets = ['', 'a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({ name, resources: 1 }));
    expect(hints(draftReport({ sets }))).toEqual([
      '7 sets, as folders define the same objects: ., a, b, c, d and 2 more; --set-dir splits them otherwise',
    ]);
  });

  test('tells which documents passed by', () => {
    const foreign = ['values.yaml', 'ci.yaml'].map((path) => ({ path, line: 1, message: '' }));
    expect(hints(draftReport({ foreign }))).toEqual([
      '2 documents passed by as no Kubernetes object, such as values.yaml:1',
    ]);
    expect(hints(draftReport({ foreign: foreign.slice(1) }))).toEqual([
      '1 document passed by as no Kubernetes object: ci.yaml:1',
    ]);
  });

  test('tells why chains are unproved, and what would prove them, once for each kind', () => {
    const { summary } = draftReport();
    const unproved = (['image', 'object', 'file', 'variable', 'built'] as const).map((kind, at) => ({
      kind,
      links: 5 - at,
      says: `the ${kind} is not known`,
      command: `show ${kind}`,
    }));
    expect(
      hints(draftReport({ summary: { ...summary, chains: { ...NONE, unproved: 7 } }, unproved })),
    ).toEqual([
      '5 of 15 unproved links, one of them as the image is not known; to prove it: `show image`',
      '4 of 15 unproved links, one of them as the object is not known; to prove it: `show object`',
      '3 of 15 unproved links, one of them as the file is not known; to prove it: `show file`',
      '2 of 15 unproved links, one of them as the variable is not known; to prove it: `show variable`',
      '7 chains unproved: `portolan trace TARGET` shows each link of one, for a URL, svc/NAME or deploy/NAME',
    ]);
  });

  test('a single link needs no count', () => {
    const { summary } = draftReport();
    const unproved = [{ kind: 'image', links: 1, says: 'no one knows', command: 'ask' }] as const;
    expect(
      hints(draftReport({ summary: { ...summary, chains: { ...NONE, unproved: 1 } }, unproved }))[0],
    ).toBe('1 unproved link: no one knows; to prove it: `ask`');
  });
});
