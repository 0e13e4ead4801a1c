import { describe, expect, test } from 'vitest';
import { check } from '../engine/check.ts';
import { linksOf } from '../graph/links/port-graph.ts';
import { type Finding, type Rule, runRule } from '../rules/rule.ts';
import { applyEdits } from '../text/edits.ts';
import { LineStarts, type SourceFile, textOf } from '../text/source.ts';

/** One manifest stream, or several files by path. */
export type Manifests = string | Readonly<Record<string, string>>;

export interface RuleCases {
  /** Manifests in which the rule finds nothing. */
  readonly accepts: Readonly<Record<string, Manifests>>;
  /** Manifests with a comment on each line that a finding points at: `targetPort: web # error: unresolved-target-port`. */
  readonly rejects: Readonly<Record<string, Manifests>>;
}

const EXPECTATION = /# (error|warning|info): ([a-z-]+)/g;

export const sourcesOf = (manifests: Manifests): SourceFile[] =>
  Object.entries(typeof manifests === 'string' ? { 'manifest.yaml': manifests } : manifests).map(
    ([path, text]) => ({
      path,
      text,
      kind: 'file',
      editable: true,
    }),
  );

export function findingsOf(rule: Rule, sources: readonly SourceFile[]): Finding[] {
  const { sets, errors } = check(sources, { rules: [rule] });
  expect(errors, 'a case must be readable YAML').toEqual([]);
  return sets.flatMap(({ findings }) => findings);
}

/** `path:line severity rule` of each finding's primary label, sorted. */
const shown = (findings: readonly Finding[]): string[] =>
  findings
    .map(({ labels: [{ at }], severity, rule }) => {
      const { line } = new LineStarts(at.source.text).positionOf(at.start);
      return `${at.source.path}:${line} ${severity} ${rule}`;
    })
    .sort();

const expected = (sources: readonly SourceFile[]): string[] =>
  sources
    .flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line, index) =>
          [...line.matchAll(EXPECTATION)].map(
            ([, severity, rule]) => `${path}:${index + 1} ${severity} ${rule}`,
          ),
        ),
    )
    .sort();

/** Tests a rule on real manifests, and holds it to the laws that every rule keeps. */
export function testRule(rule: Rule, { accepts, rejects }: RuleCases): void {
  describe(rule.id, () => {
    for (const [name, manifests] of Object.entries({ ...accepts, ...rejects })) {
      const sources = sourcesOf(manifests);
      test(name, () => {
        const marked = expected(sources);
        expect(marked.length > 0, 'rejected cases mark what they expect, accepted ones nothing').toBe(
          name in rejects,
        );
        expect(shown(findingsOf(rule, sources))).toEqual(marked);
      });
      test(`${name} · laws`, () => keepsTheLaws(rule, sources));
    }
    test('says what it said before', async () => {
      const said = Object.entries(rejects).map(([name, manifests]) =>
        [`== ${name}`, ...findingsOf(rule, sourcesOf(manifests)).map(wordsOf), ''].join('\n'),
      );
      await expect(said.join('\n')).toMatchFileSnapshot(`../rules/frames/${rule.id}.cases.txt`);
    });
  });
}

/** All that a finding says, and what tells it from others, without frames. */
const wordsOf = ({ message, labels, notes, help, fixes, resources, field }: Finding): string =>
  [
    message,
    ...labels.map(({ at, message }) => `  ${textOf(at).split('\n')[0]}: ${message}`),
    ...notes.map((note) => `  note: ${note}`),
    ...help.map((one) => `  help: ${one}`),
    ...fixes.map(({ title, applicability, edits }) => {
      const texts = edits.map(({ at, text }) => `${JSON.stringify(textOf(at))} → ${JSON.stringify(text)}`);
      return `  ${applicability} fix: ${title}: ${texts.join(', ')}`;
    }),
    `  ${field}: ${resources.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`).join(', ')}`,
  ].join('\n');

function keepsTheLaws(rule: Rule, sources: readonly SourceFile[]): void {
  const findings = findingsOf(rule, sources);
  const messages = (some: readonly Finding[]): string[] => some.map(({ message }) => message).sort();

  for (const { graph } of check(sources, { rules: [] }).sets) {
    const first = runRule(rule, graph);
    expect(runRule(rule, graph), 'a rule must not change what the next rule sees').toEqual(first);
    const links = new Set(linksOf(graph));
    expect(
      first.filter(({ link }) => link && !links.has(link)),
      'the link of a finding is one of the graph, so that reports show it',
    ).toEqual([]);
  }
  const reversed = sources
    .toReversed()
    .map((source) => ({ ...source, text: source.text.split(/^---$/m).toReversed().join('---') }));
  expect(messages(findingsOf(rule, reversed)), 'the order of documents must not matter').toEqual(
    messages(findings),
  );

  for (const finding of findings) {
    for (const words of [
      finding.message,
      ...finding.labels.map(({ message }) => message),
      ...finding.notes,
      ...finding.help,
    ]) {
      expect(words, 'one sentence without a full stop').not.toMatch(/[.\n]$|^\s|^$/);
    }
    expect(finding.field, 'a finding says which field it is about').not.toBe('');
    for (const { at } of finding.labels)
      expect(textOf(at).trim(), 'a label must mark something').not.toBe('');
    if (finding.link && finding.severity === 'error') {
      expect(finding.link.state, 'an error needs a broken link').toBe('broken');
    }
    for (const fix of finding.fixes) {
      const fixed = sources.map((source) => {
        const edits = fix.edits.filter(({ at }) => at.source.path === source.path);
        const text = applyEdits(
          source.text,
          edits.map(({ at: { start, end }, text }) => ({ start, end, text })),
        );
        const grown = edits.reduce((sum, { at, text }) => sum + text.length - (at.end - at.start), 0);
        expect(text.length - source.text.length, 'a fix changes only its own bytes').toBe(grown);
        return { ...source, text };
      });
      expect(findingsOf(rule, fixed).length, `fix "${fix.title}" must remove its finding`).toBeLessThan(
        findings.length,
      );
    }
  }
}
