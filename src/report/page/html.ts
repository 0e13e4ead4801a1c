import { jsonPieces } from '../json.ts';
import { PAGE_STYLE } from '../map/theme.ts';
import { brief } from '../map/words.ts';
import type { Report } from '../report.ts';
import { sanitizeJson } from '../sanitize.ts';
import { LONGEST, type PageData } from './page-data.ts';

/** What the page is made of besides its data. */
export interface PageFiles {
  readonly script: string;
  readonly style: string;
}

/** The style sheet as the page has it: with the colours of the picture. */
export const styleSheet = ({ style }: PageFiles): string => `${PAGE_STYLE}\n${style}`;

/** What the page is made with, which is not the same everywhere. */
export interface PageTools {
  /** SHA-256 in base64, as a Content-Security-Policy has it. */
  readonly hashOf: (text: string) => string;
  /** A stretch of text deflated, in base64: in the order of the stretches they are one stream, which `isLast` ends. */
  readonly deflate: (text: string, isLast: boolean) => string;
}

/**
 * One file that opens from disk and asks for nothing: no script runs in it but its own. Its data are deflated: a
 * report says the same names again and again, and a browser inflates a megabyte sooner than it reads thirty.
 */
export function* htmlPieces(
  data: PageData,
  files: PageFiles,
  { hashOf, deflate }: PageTools,
): Generator<string> {
  const style = styleSheet(files);
  const policy = [
    `default-src 'none'`,
    `script-src 'sha256-${hashOf(files.script)}'`,
    `style-src 'sha256-${hashOf(style)}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="generator" content="portolan">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${titleOf(data.report)}</title>
<style>${style}</style>
</head>
<body>
<div id="page"><noscript><p>This page draws what portolan found, and needs JavaScript for it. It asks for nothing from elsewhere.</p></noscript></div>
<script type="application/x-deflate" id="data">
`;
  let text = '';
  for (const piece of dataPieces(data)) {
    text += piece;
    if (text.length < STRETCH) continue;
    yield `${deflate(text, false)}\n`;
    text = '';
  }
  yield `${deflate(text, true)}
</script>
<script>${files.script}</script>
</body>
</html>
`;
}

/** Characters that are deflated at once: longer stretches come out no smaller. */
const STRETCH = 250_000;

/** The page of a server, which gives the rest: no code and no style is in it. */
export const servedHtml = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>portolan</title>
<link rel="stylesheet" href="page.css">
<script src="page.js" defer></script>
</head>
<body>
<div id="page"><noscript><p>This page draws what portolan found, and needs JavaScript for it.</p></noscript></div>
</body>
</html>
`;

/** The data as JSON, piece by piece. */
export function* dataPieces({ report, ...more }: PageData): Generator<string> {
  let before = '{';
  for (const [key, value] of Object.entries(more)) {
    yield `${before}${JSON.stringify(key)}:${sanitizeJson(JSON.stringify(value))}`;
    before = ',';
  }
  yield `${before}"report":`;
  yield* jsonPieces(report, '', briefly);
  yield '}';
}

/** Of an item that is longer than almost all are, no text is longer than what is shown of it. */
function briefly(item: unknown): string {
  const text = JSON.stringify(item);
  return text.length <= 5 * LONGEST ? text : JSON.stringify(item, cut);
}

const cut = (_: string, value: unknown): unknown =>
  typeof value === 'string' ? brief(value, LONGEST) : value;

/** Says the outcome where the name of a tab is all that is seen. */
const titleOf = ({ summary: { chains } }: Report): string => {
  const { broken, unproved, whole } = chains;
  if (broken + unproved + whole === 0) return 'portolan';
  return `${broken > 0 ? `✕ ${broken} broken` : unproved > 0 ? `? ${unproved} unproved` : '✓ whole'} · portolan`;
};
