import { expect, test } from 'vitest';
import { reportOf, VARIED } from '../../testing/report-of.ts';
import { withFinding } from '../../testing/sarif-of.ts';
import { renderPrometheus } from './prometheus.ts';

/** A line of the text format 0.0.4 (prometheus.io, "Exposition formats"). */
const LINE =
  /^(?:# HELP [a-z_]+ [^\n]+|# TYPE [a-z_]+ gauge|[a-zA-Z_:][a-zA-Z0-9_:]*(?:\{[a-zA-Z_]\w*="[^"\\\n]*"(?:,[a-zA-Z_]\w*="[^"\\\n]*")*\})? \d+)$/;

test('every line is of the format, and every sample has its type before it', () => {
  const lines = renderPrometheus(reportOf(VARIED)).split('\n');
  expect(lines.pop()).toBe('');
  const typed = new Set<string>();
  for (const line of lines) {
    expect(line).toMatch(LINE);
    const [, name] = /^# TYPE (\S+)/.exec(line) ?? [];
    if (name !== undefined) typed.add(name);
    else if (!line.startsWith('#')) expect(typed).toContain(/^\w+/.exec(line)![0]);
  }
});

test('what is counted is what counts', () => {
  const text = renderPrometheus(withFinding({ ignored: { by: 'baseline', reason: 'was there' } }));
  expect(text).toContain('portolan_findings{severity="error"} 0\n');
  expect(text).toContain('portolan_ignored_findings 1\n');
  expect(text).toContain('portolan_chains{state="broken"} 1\n');
});

test('no name of the input is a label', () => {
  expect(renderPrometheus(reportOf(VARIED))).not.toMatch(/harbour|bakery|mill|app\.yaml/);
});
