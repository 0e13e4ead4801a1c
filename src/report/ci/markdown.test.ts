import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { reportOf, VARIED } from '../../testing/report-of.ts';
import { dock, withFinding } from '../../testing/sarif-of.ts';
import { renderMarkdown } from './markdown.ts';
import { markdownText } from './markdown-text.ts';

const rendered = (text: string): string => marked.parse(text, { async: false, gfm: true });

test('every finding is a row of one table, the gravest first', () => {
  const unread = { path: 'bad.yaml', line: 2, column: 1, message: 'a tab' };
  const report = { ...reportOf(VARIED), errors: [unread] };
  const html = rendered(renderMarkdown(report));
  expect(html.match(/<tr>/g)).toHaveLength(report.findings.length + 1);
  const order = [...html.matchAll(/<td>(?:❌|⚠️|ℹ️) (error|warning|note)<\/td>/g)].map(([, word]) => word!);
  expect(order).toEqual(order.toSorted((a, b) => RANK.indexOf(a) - RANK.indexOf(b)));
  expect(html).toContain('Not checked: 1');
});

const RANK = ['error', 'warning', 'note'];

test('both ends are in the row', () => {
  expect(renderMarkdown(dock(), { folder: 'deploy' })).toMatch(
    /<code>deploy&#47;app&#46;yaml&#58;16<\/code><br><code>deploy&#47;app&#46;yaml&#58;25<\/code>/,
  );
});

test('what does not fit into a comment is counted', () => {
  const report = dock();
  const findings = Array.from({ length: 2000 }, () => report.findings[0]!);
  const text = renderMarkdown({ ...report, findings });
  expect(text.length).toBeLessThan(65_536);
  const rows = text.split('\n').filter((line) => line.startsWith('| ❌')).length;
  expect(text).toContain(`\n${2000 - rows} more would not fit here.\n`);
});

test('what is ignored is counted and not listed', () => {
  const text = renderMarkdown(withFinding({ ignored: { by: 'baseline', reason: 'was there' } }));
  expect(text).toContain('### portolan: no findings');
  expect(text).toContain('1 ignored');
  expect(text).not.toContain('unresolved');
});

describe('text of the input', () => {
  test.each([
    ['a link', '[x](https://evil.example)'],
    ['an address', 'https://evil.example www.evil.example'],
    ['a picture', '![x](https://evil.example/x.png)'],
    ['a tag', '<script>alert(1)</script><img src=x onerror=y>'],
    ['a table', 'a | b |\n|---|'],
    ['a heading', '\n# x'],
    ['emphasis', '**x** __y__ ~~z~~'],
    ['a comment', '<!-- portolan -->'],
    ['code', '`x` ``y`` ```'],
    ['an end of code', '`a</code><b>`'],
  ])('%s stays text', (_, text) => {
    const html = rendered(markdownText(text));
    expect(html.replace(/<\/?(?:p|code)>/g, '')).not.toMatch(/[<>]/);
  });

  test.each(['@someone', '#12', 'GH-12', 'owner/name#12', '!12', '$3', '~label', '%5', '&epic'])(
    '%s is code, where nobody looks for names and numbers',
    (text) => {
      expect(rendered(markdownText(`see ${text} there`))).toMatch(
        /^<p>see <code>[^<]+<\/code> there<\/p>\n$/,
      );
    },
  );

  test('is read back letter by letter', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab`*_[]()<>|\\&#@!: \t~-'.split('')) }), (text) => {
        const spoken = rendered(markdownText(`x${text}x`))
          .replace(/<[^>]+>/g, '')
          .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
          .replace(
            /&(amp|lt|gt|quot);/g,
            (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name]!,
          );
        expect(spoken.replace(/\s+/g, ' ').trim()).toBe(
          `x${text}x`.replaceAll('`', '').replaceAll('\t', '␉').replace(/\s+/g, ' ').trim(),
        );
      }),
    );
  });
});
