import { renderSarif } from '../src/report/sarif.ts';
import { renderText } from '../src/report/text/render.ts';
import { plainStyle } from '../src/report/text/style.ts';
import { reportOf } from '../src/testing/report-of.ts';

/** The whole way of a text, from what is read to what is written. */
export function pass(text: string): void {
  const report = reportOf({ 'a.yaml': text });
  renderText(report, { width: 100, style: plainStyle, textOf: () => text });
  renderSarif(report, []);
}
