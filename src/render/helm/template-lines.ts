/** A part of a template that is worked out when it is rendered. */
export interface Action {
  readonly start: number;
  readonly end: number;
  /** It puts something where it stands, as opposed to `if`, `end` and their like. */
  readonly prints: boolean;
}

/** What one line of a template can become. */
export interface TemplateLine {
  readonly start: number;
  readonly end: number;
  /** The text around its actions, in order, one more than there are actions. */
  readonly literals: readonly string[];
  readonly actions: readonly Action[];
  /** `nothing`: control flow and blank lines. `any`: an action alone, which may print many lines. */
  readonly becomes: 'nothing' | 'itself' | 'filled-in' | 'any';
}

const CONTROL: ReadonlySet<string> = new Set([
  ...['if', 'else', 'end', 'range', 'with', 'define', 'block', 'break', 'continue'],
]);

/** Whether an action puts something where it stands; `inner` is what stands between its braces. */
function prints(inner: string): boolean {
  const code = inner.replace(/^-/, '').trimStart();
  if (code.startsWith('/*') || /^\$\w*\s*(?:,|:?=)/.test(code)) return false;
  return !CONTROL.has(/^[a-z]*/.exec(code)![0]);
}

/** Reads a template line by line. An action that goes on for several lines belongs to its first. */
export function templateLines(text: string): TemplateLine[] {
  const actions = actionsOf(text);
  const lines: TemplateLine[] = [];
  let next = 0;
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf('\n', start);
    let end = newline < 0 ? text.length : newline;
    const own: Action[] = [];
    const literals: string[] = [];
    let from = start;
    for (; next < actions.length && actions[next]!.start < end; next++) {
      const action = actions[next]!;
      literals.push(text.slice(from, action.start));
      own.push(action);
      from = action.end;
      if (action.end > end) {
        const after = text.indexOf('\n', action.end);
        end = after < 0 ? text.length : after;
      }
    }
    literals.push(text.slice(from, end).replace(/\r$/, ''));
    lines.push({ start, end, literals, actions: own, becomes: becomes(literals, own) });
    start = end + 1;
  }
  return lines;
}

function becomes(literals: readonly string[], actions: readonly Action[]): TemplateLine['becomes'] {
  const isBlank = literals.every((text) => text.trim() === '');
  const isPrinting = actions.some((action) => action.prints);
  if (isBlank) return isPrinting ? 'any' : 'nothing';
  return isPrinting ? 'filled-in' : 'itself';
}

function actionsOf(text: string): Action[] {
  const actions: Action[] = [];
  for (let at = text.indexOf('{{'); at >= 0; ) {
    const end = endOfAction(text, at + 2);
    actions.push({ start: at, end, prints: prints(text.slice(at + 2, end)) });
    at = text.indexOf('{{', end);
  }
  return actions;
}

/** Behind the `}}`; one within a text or a comment ends nothing. */
function endOfAction(text: string, from: number): number {
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const char = text[at]!;
    if (quote !== '') {
      if (char === '\\' && quote === '"') at += 1;
      else if (char === quote || (char === '\n' && quote === '"')) quote = '';
    } else if (char === '"' || char === '`') quote = char;
    else if (text.startsWith('/*', at)) {
      const close = text.indexOf('*/', at + 2);
      at = close < 0 ? text.length : close + 1;
    } else if (text.startsWith('}}', at)) return at + 2;
  }
  return text.length;
}
