import pc from 'picocolors';
import { plainStyle, type Style } from '../report/text/style.ts';
import { isTerminal, STDOUT } from './is-terminal.ts';

export type ColorChoice = 'auto' | 'always' | 'never';

const MOST_COLUMNS = 120;

/** Colour and width as the terminal has them; plain when piped, unless the user asks (NO_COLOR, FORCE_COLOR, --color). */
export function styleFor(choice: ColorChoice): Style {
  const colored = choice === 'always' || (choice === 'auto' && isTerminal(STDOUT) && pc.isColorSupported);
  if (!colored) return plainStyle;
  const colors = pc.createColors(true);
  return {
    error: (text) => colors.bold(colors.red(text)),
    warning: (text) => colors.bold(colors.yellow(text)),
    info: (text) => colors.bold(colors.blue(text)),
    accent: colors.cyan,
    dim: colors.dim,
    bold: colors.bold,
  };
}

export const widthOfTerminal = (): number =>
  Math.min((isTerminal(STDOUT) && process.stdout.columns) || 100, MOST_COLUMNS);
