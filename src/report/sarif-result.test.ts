import { describe, expect, test } from 'vitest';
import { reportOf, VARIED } from '../testing/report-of.ts';
import { DOCK, dock, type Place, runOf, withFinding } from '../testing/sarif-of.ts';
import type { Report } from './report.ts';

test('every link in a message leads to exactly one other place', () => {
  for (const { message, relatedLocations = [] } of runOf(reportOf(VARIED)).results) {
    const linked = [...message.text.matchAll(/\]\((\d+)\)/g)].map(([, id]) => Number(id));
    expect(linked).toEqual(relatedLocations.map(({ id }) => id));
  }
});

test('the message says what is, links the other end, then says why and what to do', () => {
  const [result] = runOf(withFinding({ notes: ['a note'], help: ['some help'] })).results;
  expect(result!.message.text).toBe(
    'Service `harbour/dock` forwards port 80 to `htpt`, which Deployment `harbour/dock` does not declare: ' +
      'no TCP port has this name; [names 8080/TCP](1).\na note.\nsome help.',
  );
});

test('a place is marked by line and column, as an editor counts them', () => {
  const lines = DOCK.split('\n');
  const marked = ({ physicalLocation: { region } }: Place): string => {
    expect(region.endLine).toBe(region.startLine);
    return lines[region.startLine - 1]!.slice(region.startColumn - 1, region.endColumn - 1);
  };
  const [result] = runOf(dock()).results;
  expect(marked(result!.locations[0])).toBe('htpt');
  expect(result!.relatedLocations!.map(marked)).toEqual(['http']);
});

describe('the code flow', () => {
  const stepsOf = (report: Report): string[] => {
    const [flow] = runOf(report).results[0]!.codeFlows!;
    return flow!.threadFlows[0]!.locations.map(({ location }) => location.message.text);
  };

  test('is the whole way in, outside in', () => {
    expect(stepsOf(dock())).toEqual([
      'backend: Ingress harbour/dock:80 → Service harbour/dock:80 (whole: the Service has this port)',
      'selector: Service harbour/dock → Deployment harbour/dock (whole: the Pod template has every label of the selector)',
      'target-port: Service harbour/dock:80 targetPort htpt → Deployment harbour/dock (broken: no TCP port of the Pod is called htpt)',
      'Deployment harbour/dock',
    ]);
  });

  test('passes over ends that no text says, and goes on to where the last hop ends', () => {
    const report = dock();
    const [backend, ...links] = report.links;
    const to = { ...backend!.from, port: { name: 'dial' } };
    const changed = [
      { ...backend!, from: { ...backend!.from, location: null } },
      ...links.map((link) => ({ ...link, to })),
    ];
    const steps = stepsOf({ ...report, links: changed });
    expect(steps.map((step) => step.split(' ')[0])).toEqual(['selector:', 'target-port:', 'Ingress']);
    expect(steps.at(-1)).toBe('Ingress harbour/dock:dial');
  });

  test('is left out where the finding is about no link', () => {
    expect(runOf(withFinding({ link: null })).results[0]).not.toHaveProperty('codeFlows');
  });
});

test('a fix says which text makes way for which', () => {
  expect(runOf(dock()).results[0]!.fixes).toMatchObject([
    {
      description: { text: 'point targetPort at `http`' },
      artifactChanges: [
        {
          artifactLocation: { uri: 'app.yaml', uriBaseId: '%SRCROOT%' },
          replacements: [
            {
              deletedRegion: { startLine: 16, startColumn: 19, endLine: 16, endColumn: 23 },
              insertedContent: { text: 'http' },
            },
          ],
        },
      ],
      properties: { applicability: 'unsafe' },
    },
    { description: { text: "call the container's port `htpt`" } },
  ]);
});

test('a fix in two files changes each of them once', () => {
  const edit = (path: string, line: number) => ({
    path,
    start: { line, column: 1 },
    end: { line, column: 2 },
    text: '',
  });
  const edits = [edit('a.yaml', 1), edit('b.yaml', 2), edit('a.yaml', 3)];
  const [result] = runOf(
    withFinding({ fixes: [{ title: 't', applicability: 'safe', end: 'service', edits }] }),
  ).results;
  const line = (startLine: number) => ({ deletedRegion: { startLine } });
  expect(result!.fixes).toMatchObject([
    {
      artifactChanges: [
        { artifactLocation: { uri: 'a.yaml' }, replacements: [line(1), line(3)] },
        { artifactLocation: { uri: 'b.yaml' }, replacements: [line(2)] },
      ],
    },
  ]);
});

test('the fingerprint is ours, and leaves the place of the one that GitHub makes free', () => {
  const report = dock();
  expect(runOf(report).results[0]!.partialFingerprints).toEqual({
    'portolan/v1': report.findings[0]!.fingerprint,
  });
});

describe('words from a manifest', () => {
  const textOf = (message: string): string => runOf(withFinding({ message })).results[0]!.message.text;
  const labelled = (message: string): string => {
    const { findings } = dock();
    const labels = findings[0]!.labels.map((label) => ({ ...label, message }));
    return runOf(withFinding({ labels })).results[0]!.message.text;
  };

  test.each([
    ['spec.ports[http]', 'spec.ports[http]'],
    ['/v[0-9](1)', '/v[0-9] (1)'],
    ['a\\](https://example.com/)', 'a\\] (https://example.com/)'],
    ['/x{2}', '/x{{2}}'],
    ['${PORT}', '${PORT}'],
  ])('%s in a message is no link and no placeholder', (message, text) => {
    expect(textOf(message).split(': ')[0]).toBe(text);
  });

  test('brackets in the text of a link do not end it', () => {
    expect(labelled('a\\b[c]{0}')).toContain('; [a\\\\b\\[c\\]{{0}}](1).');
  });
});
